"""The centre's cash desk: its tills and the money they took. The receipt stands above."""

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Approval, User
from common.formats import roubles
from journal.history import never_emptied
from payments.models.guards import no_page_open
from payments.models.placements import Placement

EXACT = """
IF NEW.receipt_id IS NOT NULL AND NEW.amount <>
    (SELECT amount FROM payments_receipt WHERE id = NEW.receipt_id) THEN
    RAISE EXCEPTION 'the till takes the sum of the receipt' USING ERRCODE = 'check_violation';
END IF;
IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM payments_tillpayment AS former WHERE former.id = NEW.corrects_id
    AND former.till_id = NEW.till_id AND former.cheque_number = NEW.cheque_number
) THEN
    RAISE EXCEPTION 'a correction is about the same cheque' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
# The lock makes two entries for one receipt wait for each other: the later one sees the earlier.
ONCE = """
PERFORM 1 FROM payments_receipt WHERE id = NEW.receipt_id FOR UPDATE;
IF EXISTS (
    SELECT 1 FROM payments_tillpayment AS taken
    WHERE taken.receipt_id = NEW.receipt_id AND taken.id IS DISTINCT FROM NEW.corrects_id
    AND NOT EXISTS (SELECT 1 FROM payments_tillpayment WHERE corrects_id = taken.id)
) THEN
    RAISE EXCEPTION 'the till took this receipt already' USING ERRCODE = 'unique_violation';
END IF;
RETURN NEW;
"""


class TillQuerySet(models.QuerySet):
    def open(self):
        return self.filter(is_open=True)


class Till(models.Model):
    """A cash register of the centre; staff add and close them."""

    name = models.CharField(
        _("name"),
        max_length=60,
        unique=True,
        error_messages={"unique": _("There is a till of this name.")},
    )
    register_number = models.CharField(
        _("number of the cash register"),
        max_length=20,
        blank=True,
        help_text=_("the factory number, or that of the fiscal storage"),
    )
    is_open = models.BooleanField(
        _("takes money"), default=True, help_text=_("a closed till stays in the reports")
    )

    objects = TillQuerySet.as_manager()

    class Meta:
        verbose_name = _("till")
        verbose_name_plural = _("tills")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TillPaymentQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(receipt__person__user=user)

    def standing(self):
        """What is believed now: no later entry corrects it, and money was taken."""
        later = TillPayment.objects.filter(corrects=OuterRef("pk"))
        return self.filter(receipt__isnull=False).filter(~Exists(later))

    def unposted(self):
        """Money in the till, or on its way from there, that no statement line has shown yet."""
        posted = Placement.objects.current().filter(till_payment=OuterRef("pk"))
        return self.standing().filter(~Exists(posted))

    def for_list(self):
        return self.select_related("till", "receipt__person", "receipt__application")


class TillPayment(models.Model):
    """Money taken at the cash desk for a receipt; never changed.

    A correction is one more entry about the same cheque: another receipt, another day, or
    nothing at all. Two members of the staff agree on it.
    """

    till = models.ForeignKey(Till, models.PROTECT, related_name="payments", verbose_name=_("till"))
    cheque_number = models.CharField(_("number of the cheque"), max_length=20)
    taken_on = models.DateField(_("taken on"), help_text=_("the Moscow day of the payment"))
    receipt = models.ForeignKey(
        "payments.Receipt",
        models.PROTECT,
        related_name="till_payments",
        null=True,
        blank=True,
        verbose_name=_("receipt"),
        help_text=_("empty: a correction says that no money was taken"),
    )
    amount = models.DecimalField(_("sum, roubles"), max_digits=10, decimal_places=2)
    fiscal_sign = models.CharField(
        _("fiscal sign"),
        max_length=50,
        blank=True,
        help_text=_("storage, document and sign, from the code of the cheque"),
    )
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        related_name="corrected_by",
        null=True,
        blank=True,
        verbose_name=_("corrects"),
    )
    asks_day = models.BooleanField(
        _("day to be confirmed"),
        default=False,
        help_text=_("recorded later than the cheque says: two of the staff confirm the day"),
    )
    approval = models.OneToOneField(
        Approval,
        models.PROTECT,
        related_name="till_payment",
        null=True,
        blank=True,
        verbose_name=_("decision of two"),
    )
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    objects = TillPaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment at the cash desk")
        verbose_name_plural = _("payments at the cash desk")
        ordering = ["-recorded_at", "-pk"]
        indexes = [
            models.Index(fields=["-recorded_at", "-id"], name="till_payment_by_instant"),
            models.Index(fields=["-taken_on", "-id"], name="till_payment_by_day"),
            models.Index(fields=["cheque_number"], name="till_payment_by_cheque"),
            models.Index(
                fields=["fiscal_sign"],
                condition=~Q(fiscal_sign=""),
                name="till_payment_by_fiscal_sign",
            ),
        ]
        triggers = [
            never_emptied(),
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="exact", when=pgtrigger.Before, operation=pgtrigger.Insert, func=EXACT
            ),
            no_page_open(),
            pgtrigger.Trigger(
                name="receipt_once", when=pgtrigger.Before, operation=pgtrigger.Insert, func=ONCE
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="till_payment_money_iff_receipt",
                condition=Q(receipt__isnull=False, amount__gt=0)
                | Q(receipt__isnull=True, amount=0, corrects__isnull=False),
            ),
            models.CheckConstraint(
                name="till_payment_correction_needs_two",
                condition=Q(corrects__isnull=True, approval__isnull=True)
                | Q(corrects__isnull=False, approval__isnull=False),
            ),
            models.CheckConstraint(
                name="till_payment_of_two_asks_no_day",
                condition=Q(asks_day=False) | Q(corrects__isnull=True),
            ),
            models.CheckConstraint(name="till_payment_has_cheque", condition=~Q(cheque_number="")),
            models.UniqueConstraint(
                fields=["till", "taken_on", "cheque_number"],
                condition=Q(corrects__isnull=True),
                name="till_payment_cheque_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.till_id} № {self.cheque_number}: {roubles(self.amount)}"

    @property
    def months(self) -> int:
        return self.receipt.months if self.receipt_id else 0
