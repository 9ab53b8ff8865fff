"""What two of the staff said of equal lines where the files leave it open."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Approval
from payments.models.lines import StatementLine


class Verdict(models.TextChoices):
    PAYMENT = "payment", _("an honest payment")
    COPY = "copy", _("a copy of another line")


class RepeatDecisionQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_by__isnull=True)

    def of_likeness(self, digests):
        return self.standing().filter(line__digest__in=digests)


class RepeatDecision(models.Model):
    """Remembered against the next file: it stands while the files leave the question open in the
    same way, and gives way to a statement of the whole day that shows the line."""

    line = models.ForeignKey(
        StatementLine, models.PROTECT, related_name="repeat_decisions", verbose_name=_("line")
    )
    verdict = models.CharField(_("what it is"), max_length=7, choices=Verdict)
    denied = models.BooleanField(
        _("decided with the statement of the whole day, which does not show it")
    )
    beside = models.PositiveIntegerField(
        _("equal lines that counted without decisions of staff"), default=0
    )
    approval = models.OneToOneField(
        Approval, models.PROTECT, related_name="+", verbose_name=_("decision of two")
    )
    withdrawn_by = models.ForeignKey(
        Approval,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("taken back by"),
    )

    objects = RepeatDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision about a possible repeat")
        verbose_name_plural = _("decisions about possible repeats")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="repeat_decision_verdict_known", condition=Q(verdict__in=Verdict.values)
            ),
            models.UniqueConstraint(
                fields=["line"],
                condition=Q(withdrawn_by__isnull=True),
                name="repeat_decision_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.get_verdict_display()}"
