"""Ids of people by the papers of this app: INN, patent, application."""

import re

from django.db.models import QuerySet

from accounts import search
from common import identifiers
from patents.models import Application, Inn, Patent

PATENT, WITH_SERIES = 10, 12  # digits


def by_papers(term: str) -> list[QuerySet]:
    """Nothing for words; a number may be of several papers at once."""
    digits = identifiers.digits(term)
    if not re.fullmatch(r"[0-9]{6,12}", digits):
        return []
    asked = [Application.objects.filter(number=digits).values_list("person_id")]
    if len(digits) == PATENT:
        asked.append(_of_patents(number=digits))
    if len(digits) == WITH_SERIES:
        asked.append(_of_patents(series=digits[:2], number=digits[2:]))
        asked.append(Inn.objects.filter(value=digits).values_list("person_id"))
    return asked


def _of_patents(**facts) -> QuerySet:
    return Patent.objects.filter(**facts).values_list("application__person_id")


def people(term: str, limit: int = search.AT_MOST) -> list:
    """People by whatever they can show, the papers of this app included."""
    return search.people(term, by_papers(term), limit)
