"""Receipts, and what is known of their money."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User
from common.lookalikes import LOOKALIKES
from patents.models import Application, Patent
from payments.models.charges import Charge, ChargeStatus
from payments.models.placements import Placement
from payments.models.tills import TillPayment


class ReceiptStatus(models.TextChoices):
    FORMED = "formed", _("formed")
    POSTED = "posted", _("posted")
    CANCELLED = "cancelled", _("cancelled")


class ReceiptQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(person__user=user)

    def for_list(self):
        related = ["person", "patent", "application__patent", "application__opening_months"]
        return self.select_related(*related)

    def unpaid(self):
        """Papers that nobody is known to have paid: no charge, no till, no money that waits."""
        taken = Charge.objects.filter(receipt=OuterRef("pk"), status=ChargeStatus.SUCCEEDED)
        at_till = TillPayment.objects.standing().filter(receipt=OuterRef("pk"))
        unpaid = self.filter(status=ReceiptStatus.FORMED)
        return unpaid.filter(~_waits(), ~Exists(taken), ~Exists(at_till))

    def waiting(self):
        """Papers whose money has arrived and waits in the queue for a decision of staff."""
        return self.filter(status=ReceiptStatus.FORMED).filter(_waits())


def waiting_and_named(receipts: Iterable["Receipt"]) -> QuerySet[Placement]:
    """Queued sums that are no receipt's by now, and whose lines name one of these."""
    names = Q(pk=None)
    for receipt in receipts:
        names |= Q(plain__contains=receipt.reference)
    queued = Placement.objects.queued().alias(plain=_plain("line__purpose"))
    return queued.filter(names, receipt__isnull=True)


def _waits() -> Exists:
    """A queued sum is a receipt's when staff or the rules say so, or when its line names it."""
    queued = Placement.objects.queued().alias(plain=_plain("line__purpose"))
    its_own = Q(receipt=OuterRef("pk"))
    of_nobody_else = Q(application__person=OuterRef("person")) | Q(application__isnull=True)
    named = of_nobody_else & Q(plain__contains=OuterRef("reference"))
    return Exists(queued.filter(its_own | named))


def _plain(field: str) -> Func:
    """A purpose as `payments.reference` reads it, so that a number broken by dashes is found."""
    latin = Func(Upper(field), *map(Value, LOOKALIKES), function="TRANSLATE")
    gap = Value(r"[\s_.\u2010-\u2015\u2212-]+")
    text = models.TextField()
    return Func(latin, gap, Value(""), Value("g"), function="REGEXP_REPLACE", output_field=text)


class Receipt(models.Model):
    """One person's receipt for some months; the snapshot stays what it was when formed.

    formed → posted;  formed → cancelled
    """

    reference = models.CharField(_("number"), max_length=8)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="receipts", verbose_name=_("person")
    )
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="receipts", verbose_name=_("application")
    )
    patent = models.ForeignKey(
        Patent,
        models.SET_NULL,  # a patent that was none goes; the snapshot says what was printed
        related_name="receipts",
        null=True,
        blank=True,
        verbose_name=_("patent"),
        help_text=_("empty while the patent is not issued"),
    )
    months = models.PositiveSmallIntegerField(_("months"))
    monthly = models.DecimalField(_("a month, roubles"), max_digits=10, decimal_places=2)
    amount = models.DecimalField(_("sum, roubles"), max_digits=10, decimal_places=2)
    formed_on = models.DateField(_("formed on"))
    snapshot = models.JSONField(
        _("as formed"), help_text=_("payer and requisites of the day it was formed")
    )
    status = models.CharField(
        _("state"), max_length=10, choices=ReceiptStatus, default=ReceiptStatus.FORMED
    )
    posted_on = models.DateField(_("posted on"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        User,
        models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cancelled by"),
    )
    cancel_reason = models.CharField(_("why it is cancelled"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="receipt_number_once"),
            models.CheckConstraint(
                name="receipt_months_one_to_twelve", condition=Q(months__gte=1, months__lte=12)
            ),
            models.CheckConstraint(
                name="receipt_amount_is_months_by_monthly",
                condition=Q(amount=F("months") * F("monthly"), amount__gt=0),
            ),
            models.CheckConstraint(
                name="receipt_status_known", condition=Q(status__in=ReceiptStatus.values)
            ),
            models.CheckConstraint(
                name="receipt_posted_on_iff_posted",
                condition=Q(status="posted", posted_on__isnull=False)
                | (~Q(status="posted") & Q(posted_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="receipt_cancelled_says_by_whom_and_why",
                condition=Q(
                    ~Q(cancel_reason=""),
                    status="cancelled",
                    cancelled_at__isnull=False,
                    cancelled_by__isnull=False,
                )
                | Q(
                    ~Q(status="cancelled"),
                    cancel_reason="",
                    cancelled_at__isnull=True,
                    cancelled_by__isnull=True,
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["-formed_on", "-id"], name="receipt_by_day"),
            models.Index(
                fields=["cancelled_by"],
                condition=Q(cancelled_by__isnull=False),
                name="receipt_cancelled_by",
            ),
            models.Index(
                fields=["status", "-formed_on", "-id"],
                condition=~Q(status="posted"),
                name="receipt_not_posted",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
