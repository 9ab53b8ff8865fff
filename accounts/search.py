"""Finding people by whatever they can show: a name, a passport, a phone, a number."""

import re

from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts import papers
from accounts.models import Person
from common import identifiers
from journal.services import record_looks

LONGEST_NUMBER = 9  # digits; ten and more are a phone, though numbers may grow to ten
AT_MOST = 10


def as_stored(term: str) -> str:
    """A phone or an application number as it is stored, however it was typed; words as they are."""
    if re.search(r"[^\W\d_]", term):
        return term
    many_digits = len(re.sub(r"\D", "", term)) > LONGEST_NUMBER
    read = identifiers.phone if many_digits else identifiers.application_number
    try:
        return read(term)
    except ValidationError:
        return term


def people(term: str) -> list[Person]:
    """At most ten people, the newest first; merged records are not shown."""
    term = term.strip()
    if not term:
        return []
    found = Person.objects.whole().filter(_exactly(term) | _by_name(term.split()))
    found = found.select_related("citizenship", "user").order_by("-pk").distinct()
    return list(found.prefetch_related("passports", "phones", "user__login_names")[:AT_MOST])


def _exactly(term: str) -> Q:
    stored = as_stored(term)
    return Q(
        pk__in=Person.objects.filter(
            Q(phones__number=stored)
            | Q(passports__number=papers.compact(term))
            | Q(user__login_names__value__in=[stored, term])
        )
    )


def _by_name(words: list[str]) -> Q:
    """Each word begins a part of the name, in whichever order."""
    matching = Q()
    for word in words:
        matching &= (
            Q(last_name__istartswith=word)
            | Q(first_name__istartswith=word)
            | Q(middle_name__istartswith=word)
            | Q(latin_name__icontains=word)
        )
    return matching


def seen_by(actor, people: list[Person]) -> list[Person]:
    """The same people; that a member of the staff saw them is written down."""
    record_looks(actor_id=actor.pk, person_ids=[person.pk for person in people], page="list person")
    return people
