"""Whose phone it is. A number proves somebody, or nobody."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from accounts import limits
from accounts.models import LoginName, Person, Phone
from common import clock, identifiers

LONGEST_NUMBER = 40
GUESS, GUESSES_A_DAY = "ussd-tail", 5
LATELY = timedelta(days=7)


class TooManyGuesses(Exception):
    """Of several people with one number somebody tries out whose papers there are."""


def number_of(phone: str) -> str:
    """As +79161234567; empty for what cannot be a phone."""
    try:
        return identifiers.phone(phone) if len(phone) <= LONGEST_NUMBER else ""
    except ValidationError:
        return ""


def owners(number: str) -> list[Person]:
    """People with an open account whose number it is: handed over at the desk, or answered from.

    A number that was only said at the desk is no proof, so its holder reads nothing.
    """
    return _with(Phone.objects.proven(), number)


def owners_lately(number: str) -> list[Person]:
    """With those whose number it was within a week: it is the one told of its successor."""
    since = clock.today() - LATELY
    return _with(Phone.objects.proven_since(since), number)


def said_by(number: str) -> list[Person]:
    """People who said this number at the desk, never answered from it, and have no other one."""
    people = _with(Phone.objects.only_said(), number)
    others = Phone.objects.theirs().filter(person__in=people).exclude(number=number)
    with_others = set(others.values_list("person_id", flat=True))
    return [person for person in people if person.pk not in with_others]


def _with(phones: QuerySet, number: str) -> list[Person]:
    if not number:
        return []
    proven = phones.filter(number=number).values("person")
    found = Person.objects.whole().filter(pk__in=proven, user__is_active=True)
    return list(found.order_by("pk"))


def the_one(number: str, people: list[Person], tail: str) -> Person | None:
    """Of several people the one whose application ends so; None while that is not said, or fits
    nobody or several. Raises TooManyGuesses after five wrong tails of a day.
    """
    if len(people) == 1:
        return people[0]
    brake = (GUESS, limits.hashed(GUESS, number), limits.DAY)
    if limits.spent(*brake) >= GUESSES_A_DAY:
        raise TooManyGuesses
    found = _with_tail(people, tail) if tail else []
    if len(found) == 1:
        return found[0]
    if tail:
        limits.note(*brake)
    return None


def _with_tail(people: list[Person], tail: str) -> list[Person]:
    logins = LoginName.objects.filter(user__person__in=people, value__endswith=tail)
    mine = set(logins.values_list("user__person", flat=True))
    return [person for person in people if person.pk in mine]
