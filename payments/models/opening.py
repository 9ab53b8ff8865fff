"""The position that the centre went live with: what was paid before this portal knew of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from patents.models import Application


class Opening(models.Model):
    """The file of the opening position; a centre has one, taken in whole.

    Its totals are those that the file itself named: `check_ledger` compares the months with them.
    """

    is_the_one = models.BooleanField(default=True, unique=True, editable=False)
    content_hash = models.CharField(_("content hash"), max_length=64)
    file_name = models.CharField(_("file"), max_length=200)
    persons = models.PositiveIntegerField(_("people"))
    applications = models.PositiveIntegerField(_("applications"))
    patents = models.PositiveIntegerField(_("patents"))
    months = models.PositiveIntegerField(_("months"))
    amount = models.DecimalField(_("sum, roubles"), max_digits=14, decimal_places=2)
    taken_at = models.DateTimeField(_("taken in at"), auto_now_add=True)

    class Meta:
        verbose_name = _("opening position")
        verbose_name_plural = _("opening position")
        constraints = [
            models.CheckConstraint(name="opening_is_one", condition=Q(is_the_one=True)),
        ]

    def __str__(self) -> str:
        return self.file_name


class OpeningMonths(models.Model):
    """Months of an application that were paid before the portal went live."""

    opening = models.ForeignKey(
        Opening, models.PROTECT, related_name="months_paid", verbose_name=_("opening position")
    )
    application = models.OneToOneField(
        Application,
        models.PROTECT,
        related_name="opening_months",
        verbose_name=_("application"),
    )
    months = models.PositiveSmallIntegerField(_("months"))
    amount = models.DecimalField(_("sum, roubles"), max_digits=10, decimal_places=2)
    counted_on = models.DateField(
        _("counted on"),
        help_text=_(
            "the money was there by this day; an issued patent counts from its day of issue"
        ),
    )

    class Meta:
        verbose_name = _("months paid before the opening")
        verbose_name_plural = _("months paid before the opening")
        constraints = [
            models.CheckConstraint(
                name="opening_months_one_to_twelve", condition=Q(months__gte=1, months__lte=12)
            ),
            models.CheckConstraint(name="opening_months_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.months}"
