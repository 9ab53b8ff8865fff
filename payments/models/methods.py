"""By what a person can pay online, and how much by each: rows that staff keep true."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.formats import roubles


class Method(models.TextChoices):
    """The values are the acquirer's words."""

    CARD = "bank_card", _("Bank card")
    SBP = "sbp", _("SBP: from a bank's application")
    WALLET = "yoo_money", _("YooMoney wallet")
    MOBILE = "mobile_balance", _("Money of a phone number")


class PaymentMethodQuerySet(models.QuerySet):
    def open(self):
        return self.filter(is_open=True)


class PaymentMethod(models.Model):
    """One way of paying. Up to `surely` everybody can pay, up to `most` only some can."""

    code = models.CharField(_("way of paying"), max_length=20, choices=Method, unique=True)
    least = models.DecimalField(_("at least, roubles"), max_digits=10, decimal_places=2)
    surely = models.DecimalField(
        _("everybody can pay up to, roubles"), max_digits=10, decimal_places=2
    )
    most = models.DecimalField(_("at most, roubles"), max_digits=10, decimal_places=2)
    is_open = models.BooleanField(_("offered"), default=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    objects = PaymentMethodQuerySet.as_manager()

    class Meta:
        verbose_name = _("way of paying online")
        verbose_name_plural = _("ways of paying online")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="method_limits_in_order",
                condition=Q(least__gt=0, surely__gte=F("least"), most__gte=F("surely")),
                violation_error_message=_("The limits must grow from the first to the last."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_code_display()

    def takes(self, amount: Decimal) -> bool:
        return self.least <= amount <= self.most

    def surely_takes(self, amount: Decimal) -> bool:
        return self.least <= amount <= self.surely


class MobileOperator(models.Model):
    """How much can be paid at once with the money of this operator's numbers."""

    name = models.CharField(_("operator"), max_length=40, unique=True)
    most = models.DecimalField(
        _("at most at once, roubles"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("empty: not known; then the page says so"),
    )
    source = models.CharField(
        _("where this is known from"), max_length=200, blank=True, help_text=_("for the staff")
    )
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta:
        verbose_name = _("mobile operator")
        verbose_name_plural = _("mobile operators")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return f"{self.name}: {roubles(self.most) if self.most else '—'}"
