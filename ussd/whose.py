"""Whose phone it is. A number proves somebody, or nobody."""

from django.core.exceptions import ValidationError

from accounts.models import LoginName, Person, Phone
from common import identifiers

LONGEST_NUMBER = 40


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
    if not number:
        return []
    proven = Phone.objects.proven().filter(number=number).values("person")
    found = Person.objects.whole().filter(pk__in=proven, user__is_active=True)
    return list(found.order_by("pk"))


def with_tail(people: list[Person], tail: str) -> list[Person]:
    """Those of them one of whose application numbers ends so."""
    logins = LoginName.objects.filter(user__person__in=people, value__endswith=tail)
    mine = set(logins.values_list("user__person", flat=True))
    return [person for person in people if person.pk in mine]
