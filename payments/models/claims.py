"""Shown cheques: payments that are not visible yet."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.clock import moscow_day
from common.formats import roubles, short_day
from patents.models import Application
from payments.models.placements import Placement


class ClaimStatus(models.TextChoices):
    OPEN = "open", _("waits for staff")
    CONFIRMED = "confirmed", _("cheque checked, money not yet posted")
    REJECTED = "rejected", _("not accepted")
    POSTED = "posted", _("money found")


CLAIM_DAYS = 30  # from showing to an answer; then a supervisor has it (domain facts 2.6)
LIVING_CLAIMS = [ClaimStatus.OPEN, ClaimStatus.CONFIRMED]


class ClaimQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(application__person__user=user)

    def for_list(self):
        return self.select_related("application__person")

    def whole(self):
        """Sums that are months; the others cover nothing."""
        return self.filter(months__gt=0)

    def parts(self):
        """Sums that are not whole months."""
        return self.filter(months=0)

    def living(self):
        """Money that counts: neither turned down nor found in a statement yet."""
        return self.filter(status__in=LIVING_CLAIMS)

    def asked(self):
        """Staff wait for the person."""
        return self.living().filter(asked_at__isnull=False, answered_at__isnull=True)

    def found(self):
        return self.filter(status=ClaimStatus.POSTED)

    def shown_by(self, day):
        """Shown on a Moscow day or before it."""
        return self.filter(created_at__date__lte=day)


class Claim(models.Model):
    """A person shows the cheque of a payment that is not visible; it ends by a line or by staff.

    open → confirmed | rejected | posted;  confirmed → rejected | posted;
    posted → what it was before, when the statement's line is withdrawn
    """

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="claims", verbose_name=_("application")
    )
    months = models.PositiveSmallIntegerField(
        _("months"), help_text=_("none where the sum is not whole months: it covers nothing")
    )
    amount = models.DecimalField(_("sum, roubles"), max_digits=10, decimal_places=2)
    paid_on = models.DateField(_("day on the cheque"), help_text=_("as the person says"))
    bank = models.CharField(_("where it was paid"), max_length=120, blank=True)
    document_number = models.CharField(_("number on the cheque"), max_length=40, blank=True)
    cheque = models.FileField(_("picture of the cheque"), blank=True)
    status = models.CharField(
        _("state"), max_length=10, choices=ClaimStatus, default=ClaimStatus.OPEN
    )
    proven_on = models.DateField(
        _("day of payment"), null=True, blank=True, help_text=_("as staff read it on the cheque")
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    placement = models.ForeignKey(
        Placement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("place of money"),
    )
    fiscal = models.CharField(
        _("code of the cheque"), max_length=120, blank=True, help_text=_("as its square code says")
    )
    question = models.CharField(_("what staff ask for"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    created_at = models.DateTimeField(_("shown at"), auto_now_add=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("shown cheque")
        verbose_name_plural = _("shown cheques")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="claim_by_instant"),
            models.Index(fields=["status", "-created_at", "-id"], name="claim_by_state"),
            models.Index(fields=["document_number"], name="claim_by_number"),
        ]
        constraints = [
            models.CheckConstraint(
                name="claim_months_up_to_twelve", condition=Q(months__gte=0, months__lte=12)
            ),
            models.CheckConstraint(name="claim_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="claim_status_known", condition=Q(status__in=ClaimStatus.values)
            ),
            models.CheckConstraint(
                name="claim_decided_by_and_at_together",
                condition=Q(decided_by__isnull=False, decided_at__isnull=False)
                | Q(decided_by__isnull=True, decided_at__isnull=True),
            ),
            models.CheckConstraint(
                name="claim_decided_iff_staff_decided",
                condition=Q(status__in=["confirmed", "rejected"], decided_by__isnull=False)
                | Q(status="open", decided_by__isnull=True)
                | Q(status="posted", decided_by__isnull=True, proven_on__isnull=True)
                | Q(status="posted", decided_by__isnull=False, proven_on__isnull=False),
            ),
            models.CheckConstraint(
                name="claim_confirmed_says_when",
                condition=~Q(status="confirmed") | Q(proven_on__isnull=False),
            ),
            models.CheckConstraint(
                name="claim_open_says_nothing_proven",
                condition=~Q(status="open") | Q(proven_on__isnull=True),
            ),
            models.CheckConstraint(
                name="claim_reason_iff_rejected",
                condition=(Q(status="rejected") & ~Q(reason=""))
                | (~Q(status="rejected") & Q(reason="")),
            ),
            models.CheckConstraint(
                name="claim_placement_iff_posted",
                condition=Q(status="posted", placement__isnull=False)
                | (~Q(status="posted") & Q(placement__isnull=True)),
            ),
            models.CheckConstraint(
                name="claim_asked_says_what",
                condition=(~Q(question="") & Q(asked_at__isnull=False))
                | Q(question="", asked_at__isnull=True, answered_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["application", "paid_on", "amount"],
                condition=Q(status__in=["open", "confirmed"]),
                name="claim_one_living_a_payment",
            ),
        ]

    def __str__(self) -> str:
        return f"{short_day(self.paid_on)}: {roubles(self.amount)}"

    @property
    def is_living(self) -> bool:
        return self.status in LIVING_CLAIMS

    @property
    def is_confirmed(self) -> bool:
        return self.proven_on is not None

    @property
    def answer_by(self) -> date:
        """The last of the 30 days, included."""
        return moscow_day(self.created_at) + timedelta(days=CLAIM_DAYS)

    @property
    def is_asked(self) -> bool:
        """Staff wait for the person."""
        return self.is_living and self.asked_at is not None and self.answered_at is None

    @property
    def day(self):
        """The day of payment as well as it is known."""
        return self.proven_on or self.paid_on
