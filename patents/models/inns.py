from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User
from patents import inn_missing
from patents.models.sources import Sourced


class InnQuerySet(models.QuerySet):
    def current(self):
        return self.filter(valid_until__isnull=True)


class Inn(Sourced):
    """The taxpayer number of a person as a dated row: a corrected one closes the row before it."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="inns", verbose_name=_("person")
    )
    value = models.CharField(_("INN"), max_length=12)
    valid_from = models.DateField(_("known since"))
    valid_until = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("included; empty while in use")
    )
    note = models.CharField(_("how it came"), max_length=40, blank=True)
    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )

    objects = InnQuerySet.as_manager()

    class Meta:
        verbose_name = _("INN")
        verbose_name_plural = _("INNs")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_until__isnull=True), name="inn_one_current"
            ),
            models.UniqueConstraint(
                fields=["value"],
                condition=Q(valid_until__isnull=True),
                name="inn_of_one_person",
                violation_error_message=_("This INN already belongs to another person."),
            ),
            models.CheckConstraint(
                name="inn_twelve_digits", condition=Q(value__regex=r"^[0-9]{12}$")
            ),
        ]
        indexes = [
            models.Index(fields=["value", "id"], name="inn_by_value"),
            models.Index(fields=["valid_from", "id"], name="inn_by_day"),
            models.Index(fields=["source", "-id"], name="inn_by_source"),
            models.Index(
                fields=["id"], condition=Q(valid_until__isnull=False), name="inn_corrected"
            ),
        ]
        triggers = [inn_missing.of_an_inn()]

    def __str__(self) -> str:
        return self.value
