"""Attempts to pay at the acquirer. The receipt stands above: named, not imported."""

from datetime import datetime, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common import clock
from common.formats import roubles
from journal.history import never_emptied
from patents.models import Application
from payments.models.guards import charge_steps, written_once
from payments.models.methods import Method
from payments.models.payer_banks import by_own_bank
from payments.models.placements import Placement


class ChargeStatus(models.TextChoices):
    NEW = "new", _("not yet known to the acquirer")
    PENDING = "pending", _("waiting for the payer")
    SUCCEEDED = "succeeded", _("taken")
    CANCELED = "canceled", _("not paid")
    REFUNDED = "refunded", _("given back")


OPEN = ["new", "pending"]
LIVE = [*OPEN, "succeeded"]
PAGE_LIFE = timedelta(hours=1)  # of a payment page (domain facts 8.4)
ENDS_WITHIN = timedelta(hours=24)


class ChargeQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(receipt__person__user=user)

    def open(self):
        return self.filter(status__in=OPEN)

    def live(self):
        """Open or taken; a receipt has one at most that is not its second money, and so has each
        month of an application."""
        return self.filter(status__in=LIVE)

    def in_the_way(self):
        """Pages that may still take money, and whose payer has not left them for the cash desk."""
        return self.open().filter(left_at__isnull=True)

    def unposted(self):
        """Money that the acquirer took and no statement line has shown yet."""
        posted = Placement.objects.current().filter(charge=OuterRef("pk"))
        return self.filter(status=ChargeStatus.SUCCEEDED).filter(~Exists(posted))

    def endless(self):
        """Open for so long that something is wrong: nobody says what became of the money."""
        return self.open().filter(created_at__lt=clock.now() - ENDS_WITHIN)

    def paid_twice(self):
        """Money taken once more for a receipt, before the Treasury has it: it may be given back."""
        others = Charge.objects.open().filter(receipt=OuterRef("receipt"))
        return self.unposted().filter(~Exists(others), is_second=True, settled_at__isnull=True)

    def beside_second_money(self):
        """Of receipts that were paid twice, and nobody has said yet what becomes of that money."""
        seconds = Charge.objects.filter(
            receipt=OuterRef("receipt"),
            status=ChargeStatus.SUCCEEDED,
            is_second=True,
            settled_at__isnull=True,
        )
        return self.filter(Exists(seconds), status=ChargeStatus.SUCCEEDED)

    def posted_though_refunded(self):
        """Given back by the acquirer, and the Treasury shows the money of its receipt, too."""
        nobodys = Q(receipt=OuterRef("receipt"), charge=None, till_payment=None)
        its_own = Q(charge=OuterRef("pk")) | (nobodys & ~by_own_bank("line__"))
        matched = Placement.objects.matched().filter(its_own)
        refunded = self.filter(status=ChargeStatus.REFUNDED, settled_at__isnull=True)
        return refunded.filter(Exists(matched))


class Charge(models.Model):
    """An attempt to pay a receipt at the acquirer; its states stand in `payments.steps`.

    `first_month` and `last_month` are the months of the patent's year that it was opened for. They
    are counted at the opening and never again: what they are for is that no month is bought twice.
    """

    receipt = models.ForeignKey(
        "payments.Receipt", models.PROTECT, related_name="charges", verbose_name=_("receipt")
    )
    application = models.ForeignKey(
        Application,
        models.PROTECT,
        related_name="charges",
        editable=False,
        verbose_name=_("application"),
        help_text=_("the receipt's; the database fills it in"),
    )
    amount = models.DecimalField(_("sum, roubles"), max_digits=10, decimal_places=2)
    method = models.CharField(
        _("way of paying"), max_length=20, choices=Method, default=Method.CARD
    )
    first_month = models.PositiveSmallIntegerField(_("first month"), null=True, blank=True)
    last_month = models.PositiveSmallIntegerField(
        _("last month"), null=True, blank=True, help_text=_("this month included")
    )
    idempotence_key = models.UUIDField(_("idempotence key"), unique=True)
    provider_id = models.CharField(
        _("acquirer's number"), max_length=60, unique=True, null=True, blank=True
    )
    confirmation_url = models.URLField(_("payment page"), max_length=500, blank=True)
    order = models.JSONField(
        _("order"),
        default=dict,
        blank=True,
        help_text=_("as the acquirer was first told; emptied when the payment has ended"),
    )
    status = models.CharField(
        _("state"), max_length=10, choices=ChargeStatus, default=ChargeStatus.NEW
    )
    captured_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    left_at = models.DateTimeField(
        _("left for the cash desk at"),
        null=True,
        blank=True,
        help_text=_("the person said that they will not pay on this page"),
    )
    is_second = models.BooleanField(
        _("second money"),
        default=False,
        help_text=_("its receipt, or its months, were paid otherwise, too"),
    )
    settled_at = models.DateTimeField(
        _("settled at"),
        null=True,
        blank=True,
        help_text=_("two of the staff said what became of money that came twice"),
    )
    payers = ArrayField(
        models.CharField(max_length=160),
        default=list,
        blank=True,
        verbose_name=_("who pays for the person"),
        help_text=_("by a link, as they wrote it; several when several opened one page"),
    )
    correction = models.ForeignKey(
        "payments.ChargeCorrection",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("last correction"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("online payment")
        verbose_name_plural = _("online payments")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="charge_by_instant"),
            models.Index(
                fields=["status", "-created_at", "-id"],
                condition=~Q(status="succeeded"),
                name="charge_not_taken",
            ),
            models.Index(
                fields=["-created_at", "-id"],
                condition=Q(is_second=True, settled_at__isnull=True),
                name="charge_taken_once_more",
            ),
            models.Index(
                fields=["method", "-created_at", "-id"],
                condition=~Q(method="bank_card"),
                name="charge_by_method",
            ),
        ]
        triggers = [charge_steps()]
        constraints = [
            models.UniqueConstraint(
                fields=["receipt"],
                condition=Q(status__in=LIVE, is_second=False),
                name="charge_one_live_a_receipt",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(status__in=OPEN),
                name="charge_one_open_an_application",
            ),
            ExclusionConstraint(
                name="charge_no_month_twice",
                expressions=[
                    ("application", RangeOperators.EQUAL),
                    (
                        Func(F("first_month"), F("last_month"), Value("[]"), function="int4range"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(status__in=LIVE, first_month__isnull=False),
            ),
            models.CheckConstraint(
                name="charge_months_of_a_year",
                condition=Q(first_month__isnull=True, last_month__isnull=True)
                | Q(first_month__gte=1, last_month__gte=F("first_month"), last_month__lte=12),
            ),
            models.CheckConstraint(
                name="charge_second_is_taken_and_holds_no_month",
                condition=Q(is_second=False)
                | Q(status__in=["succeeded", "refunded"], first_month__isnull=True),
            ),
            models.CheckConstraint(
                name="charge_status_known", condition=Q(status__in=ChargeStatus.values)
            ),
            models.CheckConstraint(
                name="charge_captured_at_iff_taken",
                condition=Q(status__in=["succeeded", "refunded"], captured_at__isnull=False)
                | (~Q(status__in=["succeeded", "refunded"]) & Q(captured_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt_id}: {roubles(self.amount)}"

    @property
    def closes_at(self) -> datetime:
        """When the acquirer closes its page by itself."""
        return self.created_at + PAGE_LIFE


class ChargeCorrection(models.Model):
    """A final state of a charge put right. Without such a row the database refuses the step."""

    charge = models.ForeignKey(
        Charge, models.PROTECT, related_name="corrections", verbose_name=_("online payment")
    )
    before = models.CharField(_("it was"), max_length=10, choices=ChargeStatus)
    after = models.CharField(_("it is"), max_length=10, choices=ChargeStatus)
    reason = models.CharField(_("reason"), max_length=300)
    made_by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("made by"),
        help_text=_("empty: by the acquirer's word"),
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("correction of an online payment")
        verbose_name_plural = _("corrections of online payments")
        ordering = ["-made_at", "-pk"]
        triggers = [written_once(), never_emptied()]

    def __str__(self) -> str:
        return f"{self.charge_id}: {self.before} → {self.after}"
