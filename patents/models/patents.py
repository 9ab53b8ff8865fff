from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from patents import former_days
from patents.models.applications import Application
from patents.models.sources import Source, Sourced

REGIONS = {"77": _("Moscow"), "50": _("Moscow Oblast")}  # domain facts 5.2


class PatentQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(application__person__user=user)


class Patent(Sourced):
    """An issued patent: facts only. Paid-through and pay-by are computed in `payments`."""

    application = models.OneToOneField(
        Application, models.PROTECT, related_name="patent", verbose_name=_("application")
    )
    series = models.CharField(_("series"), max_length=2)
    number = models.CharField(_("number"), max_length=10)
    issued_on = models.DateField(_("issued on"), help_text=_("as printed on the back"))
    profession = models.CharField(_("profession"), max_length=120, blank=True)
    annulled_on = models.DateField(_("annulled on"), null=True, blank=True)
    annulled_reason = models.CharField(_("reason of annulment"), max_length=300, blank=True)
    annulled_source = models.CharField(
        _("source of the annulment"), max_length=10, choices=Source, blank=True
    )
    annulled_received_at = models.DateTimeField(_("annulment received at"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = PatentQuerySet.as_manager()

    class Meta:
        verbose_name = _("patent")
        verbose_name_plural = _("patents")
        ordering = [F("issued_on").desc(), F("pk").desc()]
        constraints = [
            models.CheckConstraint(
                name="patent_annulment_has_its_source",
                condition=Q(annulled_on__isnull=True)
                | (~Q(annulled_source="") & Q(annulled_received_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["series", "number"],
                name="patent_series_number_unique",
                violation_error_message=_("A patent with this series and number already exists."),
            ),
            models.CheckConstraint(
                name="patent_series_digits",
                condition=Q(series__regex=r"^[0-9]{2}$"),
                violation_error_message=_("The series has two digits."),
            ),
            models.CheckConstraint(
                name="patent_number_digits",
                condition=Q(number__regex=r"^[0-9]{10}$"),
                violation_error_message=_("The number has ten digits."),
            ),
        ]
        indexes = [
            models.Index(fields=["number"], name="patent_by_number"),
            models.Index(fields=["-issued_on", "-id"], name="patent_by_day"),
            models.Index(fields=["source", "-issued_on", "-id"], name="patent_by_source"),
            models.Index(
                fields=["-issued_on", "-id"],
                condition=Q(annulled_on__isnull=False),
                name="patent_annulled",
            ),
        ]
        triggers = former_days.kept()

    def __str__(self) -> str:
        return f"{self.series} № {self.number}"

    @property
    def region(self) -> str:
        """The series is the region's number; of an unknown one only the number is said."""
        return str(REGIONS.get(self.series, self.series))
