"""Attempts to pay at the acquirer. The receipt stands above: named, not imported."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from common.formats import roubles
from payments.models.placements import Placement


class ChargeStatus(models.TextChoices):
    NEW = "new", _("not yet known to the acquirer")
    PENDING = "pending", _("waiting for the payer")
    SUCCEEDED = "succeeded", _("taken")
    CANCELED = "canceled", _("not paid")


class ChargeQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(receipt__person__user=user)

    def open(self):
        return self.filter(status__in=[ChargeStatus.NEW, ChargeStatus.PENDING])

    def live(self):
        """Open or taken; a receipt has one at most."""
        return self.exclude(status=ChargeStatus.CANCELED)

    def unposted(self):
        """Money that the acquirer took and no statement line has shown yet."""
        posted = Placement.objects.current().filter(charge=OuterRef("pk"))
        return self.filter(status=ChargeStatus.SUCCEEDED).filter(~Exists(posted))


class Charge(models.Model):
    """An attempt to pay a receipt at the acquirer.

    new → pending → succeeded | canceled;  new → canceled
    """

    receipt = models.ForeignKey(
        "payments.Receipt", models.PROTECT, related_name="charges", verbose_name=_("receipt")
    )
    amount = models.DecimalField(_("sum, roubles"), max_digits=10, decimal_places=2)
    idempotence_key = models.UUIDField(_("idempotence key"), unique=True)
    provider_id = models.CharField(
        _("acquirer's number"), max_length=60, unique=True, null=True, blank=True
    )
    confirmation_url = models.URLField(_("payment page"), max_length=500, blank=True)
    status = models.CharField(
        _("state"), max_length=10, choices=ChargeStatus, default=ChargeStatus.NEW
    )
    captured_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
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
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["receipt"],
                condition=Q(status__in=["new", "pending", "succeeded"]),
                name="charge_one_live_a_receipt",
            ),
            models.CheckConstraint(
                name="charge_status_known", condition=Q(status__in=ChargeStatus.values)
            ),
            models.CheckConstraint(
                name="charge_captured_at_iff_succeeded",
                condition=Q(status="succeeded", captured_at__isnull=False)
                | (~Q(status="succeeded") & Q(captured_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt_id}: {roubles(self.amount)}"
