"""What every text that staff edit has. Tables stand in the apps, languages in `translation`."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.settings import AVAILABLE_LANGUAGES, DEFAULT_LANGUAGE
from modeltranslation.utils import build_localized_fieldname


class TextQuerySet(models.QuerySet):
    def shown(self, day: date):
        """Those whose days hold this one; both ends are included, an empty end is open."""
        return self.filter(
            Q(first_day__isnull=True) | Q(first_day__lte=day),
            Q(last_day__isnull=True) | Q(last_day__gte=day),
        ).order_by("rank", "pk")


def every_language(*fields: str) -> list[str]:
    """The columns of translated fields, for a question that is compiled once for all languages."""
    return [
        build_localized_fieldname(field, language)
        for language in AVAILABLE_LANGUAGES
        for field in fields
    ]


def in_language(texts: Iterable[str], *fields: str) -> list[str]:
    """The fields out of `every_language`'s columns; Russian stands in for what is not written."""
    written = dict(zip(every_language(*fields), texts, strict=True))
    language = get_language() or DEFAULT_LANGUAGE
    return [
        written.get(build_localized_fieldname(field, language))
        or written[build_localized_fieldname(field, DEFAULT_LANGUAGE)]
        for field in fields
    ]


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
