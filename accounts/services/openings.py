"""Many people at once, from the records that the centre kept before; nobody is sent a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts import kinds
from accounts.models import LoginKind, LoginName, Passport, Person, Phone, PhoneKind, User
from accounts.services.records import record_many

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person nobody has written down here; `facts` are columns of `Person`, `since` is the day
    from which papers and phones hold, `numbers` become logins."""

    facts: dict
    passport: str
    since: date
    centre_sim: str = ""
    own_phone: str = ""
    numbers: tuple[str, ...] = ()


@transaction.atomic
def bring_people(newcomers: Sequence[Newcomer]) -> list[Person]:
    """Write them down in the order given. Their logins open nothing before a password is issued.

    The caller has checked the facts; the constraints of the database hold all the same.
    """
    people = [
        Person(**one.facts, user=user)
        for one, user in zip(newcomers, _accounts(newcomers), strict=True)
    ]
    Person.objects.bulk_create(people, batch_size=AT_ONCE)
    pairs = list(zip(people, newcomers, strict=True))
    _bring_papers(pairs)
    _bring_logins(pairs)
    record_many((person, kinds.REGISTERED, {}) for person in people)
    return people


def _accounts(newcomers: Sequence[Newcomer]) -> list[User | None]:
    """An account for everybody who has a number to sign in with."""
    found = [User(password=make_password(None)) if one.numbers else None for one in newcomers]
    User.objects.bulk_create([user for user in found if user], batch_size=AT_ONCE)
    return found


def _bring_papers(pairs: list[tuple[Person, Newcomer]]) -> None:
    passports = (
        Passport(person=person, number=one.passport, valid_from=one.since) for person, one in pairs
    )
    Passport.objects.bulk_create(passports, batch_size=AT_ONCE)
    phones = (
        Phone(person=person, kind=kind, number=number, valid_from=one.since)
        for person, one in pairs
        for kind, number in (
            (PhoneKind.CENTRE_SIM, one.centre_sim),
            (PhoneKind.OWN, one.own_phone),
        )
        if number
    )
    Phone.objects.bulk_create(phones, batch_size=AT_ONCE)


def _bring_logins(pairs: list[tuple[Person, Newcomer]]) -> None:
    logins = (
        LoginName(kind=LoginKind.APPLICATION, value=number, user=person.user)
        for person, one in pairs
        for number in one.numbers
    )
    LoginName.objects.bulk_create(logins, batch_size=AT_ONCE)
