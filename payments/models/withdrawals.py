"""Words that were wrong, taken back with an apology from everybody who read them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Approval
from journal.history import never_emptied
from notifications.events import words
from payments.models.statements import Statement


class WithdrawalQuerySet(models.QuerySet):
    def going_on(self):
        return self.filter(finished_at__isnull=True)


class Withdrawal(models.Model):
    """One act of two of the staff: either what a statement told, or one kind of message of a time.

    It goes on from `last_message` until everybody has been told, however often it is killed.
    """

    approval = models.OneToOneField(
        Approval, models.PROTECT, related_name="withdrawal", verbose_name=_("decision of two")
    )
    statement = models.ForeignKey(
        Statement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="withdrawals",
        verbose_name=_("statement"),
    )
    event = models.CharField(_("kind of message"), max_length=60, blank=True)
    since = models.DateTimeField(_("written since"), null=True, blank=True)
    until = models.DateTimeField(_("written before"), null=True, blank=True)
    people = models.PositiveIntegerField(_("people to be told"))
    told = models.PositiveIntegerField(_("people told"), default=0)
    last_message = models.BigIntegerField(default=0, editable=False)
    started_at = models.DateTimeField(_("since"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = _("words taken back")
        verbose_name_plural = _("words taken back")
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["-started_at", "-id"], name="withdrawal_by_instant")]
        triggers = [never_emptied()]
        constraints = [
            models.CheckConstraint(
                name="withdrawal_of_a_statement_or_of_an_event",
                condition=Q(statement__isnull=False, event="", since=None, until=None)
                | Q(~Q(event=""), statement=None, since__lt=F("until")),
            )
        ]

    def __str__(self) -> str:
        return str(self.statement) if self.statement_id else words(self.event)

    @property
    def percent(self) -> int:
        return 100 if self.finished_at else self.told * 100 // max(1, self.people)
