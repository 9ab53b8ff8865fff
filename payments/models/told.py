"""What the portal says by itself, because a day came."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from patents.models import Application


class NoticeKind(models.TextChoices):
    REMIND_10 = "remind-10", _("to pay within 10 days")
    REMIND_3 = "remind-3", _("to pay within 3 days")
    REMIND_1 = "remind-1", _("to pay until tomorrow")
    UNSEEN = "unseen", _("the payment is not visible yet")
    LAPSED = "lapsed", _("the term has passed, as the statements show it")
    FIRST_MISSING = "first-missing", _("the first payment is missing")
    REISSUE_30 = "reissue-30", _("to apply for a new patent within 30 days")
    REISSUE_10 = "reissue-10", _("to apply for a new patent within 10 days")
    REISSUE_1 = "reissue-1", _("to apply for a new patent until tomorrow")


class Notice(models.Model):
    """Of one application and one day something is said once, however often one looks.

    It remembers of which day: when a payment has moved that day on, the words are dropped.
    """

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="notices", verbose_name=_("application")
    )
    kind = models.CharField(_("kind"), max_length=15, choices=NoticeKind)
    day = models.DateField(
        _("day"), help_text=_("to pay by, to apply by, or the last paid one; inclusive")
    )
    made_at = models.DateTimeField(_("made at"), db_default=Now())

    class Meta:
        verbose_name = _("notice of a day")
        verbose_name_plural = _("notices of days")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "kind", "day"], name="notice_once"),
            models.CheckConstraint(
                name="notice_kind_known", condition=Q(kind__in=NoticeKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.day}"
