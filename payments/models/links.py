"""Links by which somebody else pays for a person."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from patents.models import Application
from payments.models.charges import Charge, ChargeStatus
from payments.models.receipts import Receipt


class PayLinkQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(application__person__user=user)

    def with_paid(self):
        """`is_paid`: the acquirer took the money of its receipt."""
        taken = Charge.objects.filter(receipt=OuterRef("receipt"), status=ChargeStatus.SUCCEEDED)
        return self.annotate(is_paid=Exists(taken))

    def alive(self, day):
        """Neither over on a Moscow day nor withdrawn; paid ones among them."""
        return self.filter(good_through__gte=day, revoked_at__isnull=True)

    def unopened(self):
        """Nobody went to a payment by it, or whoever did left the page."""
        taken = Charge.objects.live().filter(receipt=OuterRef("receipt"))
        return self.filter(~Exists(taken))

    def over(self, day):
        return self.filter(Q(good_through__lt=day) | Q(revoked_at__isnull=False))

    def for_reading(self):
        return self.select_related("application__person", "application__patent", "receipt")


class PayLink(models.Model):
    """A page at a random address where anybody pays so many months of one application, once.

    The address stands here as it is: whoever reads it can only give money. `months_before` are
    the months that were spoken for when it was made: once there are more, it is not needed. Who
    paid stands with the payment.
    """

    token = models.CharField(_("address"), max_length=43, unique=True, editable=False)
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="pay_links", verbose_name=_("application")
    )
    months = models.PositiveSmallIntegerField(_("months"))
    months_before = models.PositiveSmallIntegerField(_("months paid before"))
    good_through = models.DateField(_("good through"), help_text=_("the last day, inclusive"))
    revoked_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    receipt = models.OneToOneField(
        Receipt,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pay_link",
        verbose_name=_("receipt"),
        help_text=_("made when the payer goes to the payment"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    made_openly = models.BooleanField(
        _("made without login"),
        default=False,
        help_text=_("by somebody who wrote the number and the last name"),
    )

    objects = PayLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link for a payer")
        verbose_name_plural = _("links for payers")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["-created_at", "-id"], name="pay_link_by_instant")]
        constraints = [
            models.CheckConstraint(
                name="pay_link_months_one_to_twelve", condition=Q(months__gte=1, months__lte=12)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.months}"

    def is_alive(self, day: date) -> bool:
        """Neither over on a Moscow day nor withdrawn; it may be paid nevertheless."""
        return self.revoked_at is None and day <= self.good_through
