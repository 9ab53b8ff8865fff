"""Signed codes that were given out."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from patents.models import Application
from payments.models.charges import Charge
from payments.models.claims import Claim
from payments.models.tills import TillPayment

REASON_LENGTH = 300


class SignedCodeQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(application__person__user=user)

    def of_payments(self):
        return self.exclude(charge=None, till_payment=None, claim=None)

    def of_status(self):
        """How a patent stands; about no payment."""
        return self.filter(charge=None, till_payment=None, claim=None)

    def alive(self, day):
        """Neither over on a Moscow day nor withdrawn."""
        return self.filter(good_through__gte=day, revoked_at__isnull=True)

    def withdrawn_by_centre(self, day):
        """Those that would be good on a Moscow day, had the staff not withdrawn them."""
        return self.filter(good_through__gte=day).exclude(revoke_reason="")

    def for_reading(self):
        related = ["application__person", "application__patent"]
        return self.select_related(*related, "charge", "till_payment", "claim__placement__line")


class SignedCode(models.Model):
    """A code about one payment on its way, or about how the patent stands. What it says never
    changes; its owner may withdraw it, and so may the centre, which says why.

    The nine letters of `serial` are what a checker says by telephone.
    """

    serial = models.CharField(_("code by voice"), max_length=9, unique=True)
    code = models.CharField(_("code"), max_length=130)
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="codes", verbose_name=_("application")
    )
    charge = models.ForeignKey(
        Charge,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="codes",
        verbose_name=_("online payment"),
    )
    till_payment = models.ForeignKey(
        TillPayment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="codes",
        verbose_name=_("payment at the cash desk"),
    )
    claim = models.ForeignKey(
        Claim,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="codes",
        verbose_name=_("shown cheque"),
    )
    snapshot = models.JSONField(_("what the paper says"))
    made_on = models.DateField(_("made on"))
    good_through = models.DateField(_("good through"), help_text=_("the last day, inclusive"))
    revoked_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    revoke_reason = models.CharField(
        _("why the centre withdrew it"), max_length=REASON_LENGTH, blank=True, db_default=""
    )

    objects = SignedCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("signed code")
        verbose_name_plural = _("signed codes")
        ordering = ["-made_on", "-pk"]
        indexes = [models.Index(fields=["-made_on", "-id"], name="signed_code_by_day")]
        constraints = [
            models.CheckConstraint(
                name="signed_code_about_one_payment_at_most",
                condition=Q(till_payment__isnull=True, claim__isnull=True)
                | Q(charge__isnull=True, claim__isnull=True)
                | Q(charge__isnull=True, till_payment__isnull=True),
            ),
            models.CheckConstraint(
                name="signed_code_with_a_reason_is_withdrawn",
                condition=Q(revoke_reason="") | Q(revoked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="signed_code_not_over_before_made",
                condition=Q(good_through__gte=models.F("made_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.serial
