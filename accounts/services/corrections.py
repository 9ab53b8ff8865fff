"""A wrong name, birth date or passport put right: nothing is lost of what it was."""

from datetime import date, timedelta

from django.db import transaction

from accounts import kinds
from accounts.errors import NothingToCorrect, ReasonMissing
from accounts.models import Correction, Passport, Person, User
from accounts.services.records import record
from common import clock
from journal.history import because

FIELDS = ["last_name", "first_name", "middle_name", "latin_name", "birth_date", "passport"]


@transaction.atomic
def correct(*, person: Person, facts: dict, actor: User, reason: str) -> list[Correction]:
    """Put right what differs among last_name, first_name, middle_name, latin_name, birth_date and
    passport; each change is kept with its reason. A passport closes the row before it.

    Raises NothingToCorrect, ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing
    person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    before = _known(person)
    changed = {name: value for name, value in facts.items() if value != before[name]}
    if not changed:
        raise NothingToCorrect
    because(reason.strip())
    _write(person, changed, clock.today())
    record(person=person, kind=kinds.DATA_CORRECTED, facts=_said(changed), actor=actor)
    return [
        Correction.objects.create(
            person=person,
            field=name,
            before=str(before[name]),
            after=str(value),
            reason=reason.strip(),
            corrected_by=actor,
        )
        for name, value in changed.items()
    ]


def _known(person: Person) -> dict:
    current = person.passports.current().values_list("number", flat=True).first()
    known = {name: getattr(person, name) for name in FIELDS if name != "passport"}
    return known | {"passport": current or ""}


def _write(person: Person, changed: dict, today: date) -> None:
    own = {name: value for name, value in changed.items() if name != "passport"}
    for name, value in own.items():
        setattr(person, name, value)
    person.save(update_fields=list(own))
    if "passport" in changed:
        _renew_passport(person, changed["passport"], today)


def _renew_passport(person: Person, number: str, today: date) -> None:
    """The row before ends the day before its successor; corrected on its first day, on none."""
    Passport.objects.current().filter(person=person).update(valid_until=today - timedelta(days=1))
    Passport.objects.create(person=person, number=number, valid_from=today)


def _said(changed: dict) -> dict:
    """The names of the fields only: what they were stands in the corrections."""
    return {"fields": ", ".join(changed)}
