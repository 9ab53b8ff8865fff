from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Country


class PatentRule(models.Model):
    """From when to when a country's citizens need a patent to work (domain facts 2.9)."""

    country = models.ForeignKey(
        Country, models.CASCADE, related_name="patent_rules", verbose_name=_("country")
    )
    needs_patent = models.BooleanField(_("needs a patent"))
    valid_from = models.DateField(_("from day"))
    valid_until = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("included; empty: open")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("patent rule of a country")
        verbose_name_plural = _("patent rules of countries")
        ordering = ["country", "valid_from"]

    def __str__(self) -> str:
        return f"{self.country_id} {self.valid_from}"
