"""Whom the centre may know already: the same passport, or the same name and birth date."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.models import Person

AT_MOST = 10


@dataclass(frozen=True)
class Sought:
    last_name: str
    first_name: str
    birth_date: date
    passport: str


def like(sought: Sought) -> list[Person]:
    """People like this one, with their papers and applications; old passports count too."""
    same_name = Q(
        last_name__iexact=sought.last_name,
        first_name__iexact=sought.first_name,
        birth_date=sought.birth_date,
    )
    same_passport = Q(pk__in=Person.objects.filter(passports__number=sought.passport))
    found = Person.objects.whole().filter(same_name | same_passport).order_by("pk")
    return list(
        found.select_related("citizenship").prefetch_related("passports", "applications")[:AT_MOST]
    )


def already_registered(number: str, sought: Sought) -> bool:
    """Whether this very registration was made: the number belongs to this passport and name."""
    return Person.objects.filter(
        applications__number=number,
        passports__number=sought.passport,
        last_name__iexact=sought.last_name,
        first_name__iexact=sought.first_name,
    ).exists()
