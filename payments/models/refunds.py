"""Money of online payments given back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Approval
from common import clock
from common.formats import roubles
from payments.models.charges import ENDS_WITHIN, Charge
from payments.models.guards import refund_steps


class RefundStatus(models.TextChoices):
    NEW = "new", _("not yet known to the acquirer")
    PENDING = "pending", _("the acquirer is giving it back")
    SUCCEEDED = "succeeded", _("given back")
    CANCELED = "canceled", _("not given back")


class RefundQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status__in=[RefundStatus.NEW, RefundStatus.PENDING])

    def endless(self):
        """Open for so long that something is wrong: nobody says whether the money went back."""
        return self.open().filter(created_at__lt=clock.now() - ENDS_WITHIN)


class Refund(models.Model):
    """All the money of one charge goes back the way it came; two of the staff decided so.

    A part of it is never given back: months of a receipt are paid or not.
    """

    charge = models.ForeignKey(
        Charge, models.PROTECT, related_name="refunds", verbose_name=_("online payment")
    )
    approval = models.OneToOneField(
        Approval, models.PROTECT, related_name="refund", verbose_name=_("decision of two")
    )
    amount = models.DecimalField(_("sum, roubles"), max_digits=10, decimal_places=2)
    idempotence_key = models.UUIDField(_("idempotence key"), unique=True)
    provider_id = models.CharField(
        _("acquirer's number"), max_length=60, unique=True, null=True, blank=True
    )
    status = models.CharField(
        _("state"), max_length=10, choices=RefundStatus, default=RefundStatus.NEW
    )
    told_at = models.DateTimeField(_("the acquirer was first told at"), null=True, blank=True)
    reason = models.CharField(_("why not"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = RefundQuerySet.as_manager()

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-created_at", "-pk"]
        triggers = [refund_steps()]
        constraints = [
            models.UniqueConstraint(
                fields=["charge"],
                condition=Q(status__in=["new", "pending", "succeeded"]),
                name="refund_one_live_a_charge",
            ),
            models.CheckConstraint(
                name="refund_status_known", condition=Q(status__in=RefundStatus.values)
            ),
            models.CheckConstraint(
                name="refund_ended_at_iff_ended",
                condition=Q(status__in=["succeeded", "canceled"], ended_at__isnull=False)
                | Q(status__in=["new", "pending"], ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.charge_id}: {roubles(self.amount)}"
