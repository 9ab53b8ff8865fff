"""What the centre says to everybody today."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from cabinet.models import Announcement
from common.clock import today
from common.texts import TextQuerySet, every_language, in_language

TEXTS = ("title", "body")


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
    return rows.values_list("pk", "first_day", "last_day", *every_language(*TEXTS))


def said(rows) -> list[Said]:
    return [Said(*row[:3], *in_language(row[3:], *TEXTS)) for row in rows]
