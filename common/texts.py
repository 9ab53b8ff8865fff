"""What every text that staff edit has. Tables stand in the apps, languages in `translation`."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class TextQuerySet(models.QuerySet):
    def shown(self, day: date):
        """Those whose days hold this one; both ends are included, an empty end is open."""
        return self.filter(
            Q(first_day__isnull=True) | Q(first_day__lte=day),
            Q(last_day__isnull=True) | Q(last_day__gte=day),
        ).order_by("rank", "pk")


def days_in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(last_day__isnull=True)
        | Q(first_day__isnull=True)
        | Q(last_day__gte=F("first_day")),
        violation_error_message=_("The last day comes before the first one."),
    )


class StaffText(models.Model):
    """A title and a body of simple markup (`cabinet.markup`), shown on its days."""

    title = models.CharField(_("title"), max_length=160)
    body = models.TextField(
        _("text"),
        help_text=_(
            "An empty line begins a new paragraph. “- ” begins a line of a list. "
            "[words](/help/) is a link. {hotline} is our phone number. "
            "**Two stars** make words bold."
        ),
    )
    rank = models.PositiveSmallIntegerField(
        _("place"), default=100, help_text=_("smaller numbers stand first")
    )
    first_day = models.DateField(
        _("from day"), null=True, blank=True, help_text=_("empty: shown already")
    )
    last_day = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("included; empty: open")
    )

    objects = TextQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title
