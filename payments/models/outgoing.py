"""Money that left an account of the Treasury: most often a payment that was returned."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.formats import roubles, short_day
from patents.models import Application
from payments.models.lines import StatementLine
from payments.models.statements import Statement
from payments.models.tariffs import Account


class OutgoingQuerySet(models.QuerySet):
    def unseen(self):
        """Nobody of the staff has looked yet whose money it was."""
        return self.filter(seen_at__isnull=True)


class Outgoing(models.Model):
    """A line that took money away, as sent. It moves no place of the ledger: what came in stays
    where it is until staff decide."""

    statement = models.ForeignKey(
        Statement, models.PROTECT, related_name="outgoing", verbose_name=_("statement")
    )
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="outgoing", verbose_name=_("Treasury account")
    )
    application = models.ForeignKey(
        Application,
        models.PROTECT,
        related_name="outgoing",
        null=True,
        blank=True,
        verbose_name=_("application"),
        help_text=_("whose receipt or INN the line names; empty: nobody's that we know"),
    )
    line = models.ForeignKey(
        StatementLine,
        models.PROTECT,
        related_name="given_back_by",
        null=True,
        blank=True,
        verbose_name=_("line whose money it gave back"),
        help_text=_("two of the staff said so"),
    )
    digest = models.CharField(_("likeness"), max_length=64)
    occurrence = models.PositiveIntegerField(_("which of the equal ones"))
    posted_on = models.DateField(_("left on"))
    document_number = models.CharField(_("payment order"), max_length=30, blank=True)
    amount = models.DecimalField(_("sum, roubles"), max_digits=14, decimal_places=2)
    purpose = models.TextField(_("purpose"), blank=True)
    raw = models.JSONField(_("as sent"))
    seen_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    seen_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who looked"),
    )

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        verbose_name = _("money that left")
        verbose_name_plural = _("money that left the accounts")
        ordering = ["-posted_on", "-pk"]
        indexes = [models.Index(fields=["-posted_on", "-id"], name="outgoing_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["digest", "occurrence"], name="outgoing_once"),
            models.CheckConstraint(name="outgoing_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="outgoing_seen_by_somebody",
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{short_day(self.posted_on)} № {self.document_number}: {roubles(self.amount)}"
