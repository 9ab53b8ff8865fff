"""What the centre says to everybody today."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import get_language
from modeltranslation.settings import AVAILABLE_LANGUAGES, DEFAULT_LANGUAGE
from modeltranslation.utils import build_localized_fieldname

from cabinet.models import Announcement
from common.clock import today
from common.texts import TextQuerySet

_TEXTS = [
    build_localized_fieldname(field, language)
    for language in AVAILABLE_LANGUAGES
    for field in ("title", "body")
]


@dataclass(frozen=True, slots=True)
class Said:
    pk: int
    first_day: date
    last_day: date | None  # included
    title: str
    body: str


def announcements() -> list[Said]:
    """Of this Moscow day, in the reader's language, the most important first."""
    return said(rows_of(today()))


def rows_of(day: date) -> QuerySet:
    """Every language in plain columns, so that a page may ask for them beside other things."""
    # Not by its manager: the translating one shuffles the columns of its SQL.
    rows = TextQuerySet(Announcement).shown(day)
    return rows.values_list("pk", "first_day", "last_day", *_TEXTS)


def said(rows) -> list[Said]:
    return [Said(*row[:3], *_in_language(row[3:])) for row in rows]


def _in_language(texts) -> list[str]:
    """Title and body; Russian stands in for each that is not written yet."""
    written = dict(zip(_TEXTS, texts, strict=True))
    language = get_language() or DEFAULT_LANGUAGE
    return [
        written.get(build_localized_fieldname(field, language))
        or written[build_localized_fieldname(field, DEFAULT_LANGUAGE)]
        for field in ("title", "body")
    ]
