"""Searches for money that should have been posted by now."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.formats import short_day
from patents.models import Application
from payments.models.charges import Charge
from payments.models.claims import Claim
from payments.models.tills import TillPayment


class TraceQuerySet(models.QuerySet):
    def open(self):
        """Searches whose money is still on its way. The line that posts it ends its search, and a
        line that turns out to be a repeat opens it again: nobody writes that down."""
        charges, claims = Charge.objects.unposted(), Claim.objects.living()
        taken = Q(charge__in=charges.values("pk"))
        taken |= Q(till_payment__in=TillPayment.objects.unposted().values("pk"))
        return self.filter(taken | Q(claim__in=claims.values("pk")))

    def for_list(self):
        return self.select_related(
            "application__person", "charge__receipt", "till_payment__receipt", "claim"
        )


class Trace(models.Model):
    """The Treasury should have shown this money after seven days, and complete statements do not.

    One search for a payment, however often it is looked for; the person is told once.
    """

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="traces", verbose_name=_("application")
    )
    charge = models.OneToOneField(
        Charge,
        models.PROTECT,
        related_name="trace",
        null=True,
        blank=True,
        verbose_name=_("online payment"),
    )
    till_payment = models.OneToOneField(
        TillPayment,
        models.PROTECT,
        related_name="trace",
        null=True,
        blank=True,
        verbose_name=_("payment at the cash desk"),
    )
    claim = models.OneToOneField(
        Claim,
        models.PROTECT,
        related_name="trace",
        null=True,
        blank=True,
        verbose_name=_("shown cheque"),
    )
    amount = models.DecimalField(_("sum, roubles"), max_digits=10, decimal_places=2)
    paid_on = models.DateField(_("paid on"))
    started_at = models.DateTimeField(_("searched since"), auto_now_add=True)

    objects = TraceQuerySet.as_manager()

    class Meta:
        verbose_name = _("search for a payment")
        verbose_name_plural = _("searches for payments")
        ordering = ["paid_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="trace_of_one_payment",
                condition=Q(charge__isnull=False, till_payment__isnull=True, claim__isnull=True)
                | Q(charge__isnull=True, till_payment__isnull=True, claim__isnull=False)
                | Q(charge__isnull=True, till_payment__isnull=False, claim__isnull=True),
            ),
            models.CheckConstraint(name="trace_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return short_day(self.paid_on)
