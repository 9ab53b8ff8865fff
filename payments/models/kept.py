"""Cheques that a person keeps with us until the next patent. They claim nothing."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from common.formats import roubles, short_day


class KeptCheque(models.Model):
    """A cheque of a payment made anywhere, kept beside the receipts; no standing looks at it."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="kept_cheques", verbose_name=_("person")
    )
    paid_on = models.DateField(_("day on the cheque"))
    amount = models.DecimalField(_("sum, roubles"), max_digits=10, decimal_places=2)
    bank = models.CharField(_("where it was paid"), max_length=120, blank=True)
    cheque = models.FileField(_("picture of the cheque"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("kept cheque")
        verbose_name_plural = _("kept cheques")
        ordering = ["-paid_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="kept_cheque_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{short_day(self.paid_on)}: {roubles(self.amount)}"
