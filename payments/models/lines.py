"""Lines of statements, as they were sent."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from common.formats import roubles, short_day
from journal.history import never_emptied
from payments.models.guards import places_asked_for
from payments.models.statements import Statement
from payments.models.tariffs import Account


class Said(models.TextChoices):
    """What a notification says of its payment; lines of statements are always new."""

    NEW = "new", _("money came")
    CHANGED = "changed", _("a payment was changed")
    CANCELLED = "cancelled", _("a payment was cancelled")
    RESTORED = "restored", _("a payment is valid again")


class StatementLineQuerySet(models.QuerySet):
    def money(self):
        """Lines that brought some: a notice about an earlier payment brings none."""
        return self.filter(said=Said.NEW)

    def notices(self):
        return self.exclude(said=Said.NEW)


class StatementLine(models.Model):
    """A line exactly as sent; never changed. Where its money is stands in `Placement`.

    Some weeks after that was decided the payer's texts are wiped, once, and their hash stays.
    """

    statement = models.ForeignKey(
        Statement, models.PROTECT, related_name="lines", verbose_name=_("statement")
    )
    # Few accounts have all the lines: an index would find nothing.
    account = models.ForeignKey(
        Account,
        models.PROTECT,
        related_name="lines",
        db_index=False,
        verbose_name=_("Treasury account"),
    )
    digest = models.CharField(
        _("likeness"), max_length=64, help_text=_("equal lines have equal digests")
    )
    occurrence = models.PositiveIntegerField(_("which of the equal ones"))
    posted_on = models.DateField(_("posted on"))
    document_number = models.CharField(_("payment order"), max_length=30, blank=True)
    document_date = models.DateField(_("order's date"), null=True, blank=True)
    amount = models.DecimalField(_("sum, roubles"), max_digits=14, decimal_places=2)
    payer_name = models.CharField(_("payer"), max_length=200, blank=True)
    payer_account = models.CharField(_("payer's account"), max_length=20, blank=True)
    payer_inn = models.CharField(_("payer's INN"), max_length=20, blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    paid_on = models.DateField(
        _("paid on, by the order"),
        null=True,
        blank=True,
        help_text=_("the earliest day that the order itself proves"),
    )
    own_day = models.BooleanField(
        _("a day of its own"),
        default=False,
        db_default=False,
        help_text=_("that day is this payment's, whatever order carried the money"),
    )
    said = models.CharField(
        _("what it says"),
        max_length=9,
        choices=Said,
        default=Said.NEW,
        db_default=Said.NEW,
        help_text=_("notices of ГИС ГМП about earlier payments bring no new money"),
    )
    payment_id = models.CharField(
        _("number of the payment"),
        max_length=40,
        blank=True,
        db_default="",
        help_text=_("УИП of a notification of ГИС ГМП; lines of statements have none"),
    )
    uin = models.CharField(
        _("UIN"),
        max_length=25,
        blank=True,
        db_default="",
        help_text=_("number of a charge, field 22; our receipts have none"),
    )
    raw = models.JSONField(_("as sent"))
    wiped_at = models.DateTimeField(_("texts wiped at"), null=True, blank=True)
    texts_hash = models.CharField(
        _("hash of the wiped texts"), max_length=64, blank=True, default="", db_default=""
    )

    objects = StatementLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement line")
        verbose_name_plural = _("statement lines")
        ordering = ["-posted_on", "-pk"]
        indexes = [
            models.Index(fields=["-posted_on", "-id"], name="line_by_day"),
            models.Index(fields=["document_number", "document_date"], name="line_by_order"),
            models.Index(
                fields=["payment_id"], condition=~Q(payment_id=""), name="line_by_payment_id"
            ),
            models.Index(fields=["uin"], condition=~Q(uin=""), name="line_by_uin"),
            models.Index(
                fields=["payer_inn"], condition=~Q(payer_inn=""), name="line_by_payer_inn"
            ),
        ]
        triggers = [never_emptied(), places_asked_for()]
        constraints = [
            models.UniqueConstraint(fields=["digest", "occurrence"], name="statement_line_once"),
            models.CheckConstraint(name="statement_line_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="statement_line_said_known", condition=Q(said__in=Said.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{short_day(self.posted_on)} № {self.document_number}: {roubles(self.amount)}"

    @property
    def day(self) -> date | None:
        """When the payer paid, as far as the order proves it by what all files show of it."""
        told = self.notice and self.notice.paid_on
        return min(filter(None, (self.order_day, told)), default=None)

    @property
    def order_day(self) -> date | None:
        return None if hasattr(self, "shared") else self.paid_on

    @property
    def notice(self) -> "StatementLine | None":
        """Of ГИС ГМП, about the very payment."""
        return self.told_by.notice if hasattr(self, "told_by") else None


class SharedDay(models.Model):
    """A line whose order gathers several, as another file showed: its day is nobody's own.

    The line stays as it was kept; read `StatementLine.day`.
    """

    line = models.OneToOneField(
        StatementLine,
        models.PROTECT,
        primary_key=True,
        related_name="shared",
        verbose_name=_("line"),
    )
    found_at = models.DateTimeField(_("found at"), db_default=Now())

    class Meta:
        verbose_name = _("shared day of an order")
        verbose_name_plural = _("shared days of orders")

    def __str__(self) -> str:
        return str(self.line_id)
