"""The INN of a person: entered, corrected."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Person, User
from accounts.services import record
from common import identifiers
from journal.history import because, plainly
from notifications.services import queue
from patents import errors, timeline
from patents.messages import INN_ASSIGNED
from patents.models import Inn, Source
from patents.services.checks import reason_given, refuse_future, refuse_outside, taken_means
from patents.services.rows import word

INN_ENTERED = gettext_noop("The INN became known.")
INN_CORRECTED = gettext_noop("The INN was corrected.")


@transaction.atomic
def enter_inn(
    *,
    person: Person,
    value: str,
    on: date,
    note: str = "",
    actor: User | None = None,
    source: Source = Source.DESK,
    received_at: datetime | None = None,
) -> Inn:
    """Write the INN down, known since `on`; another value closes the row before it.

    The same value again changes nothing. An INN in use by somebody else raises InnTaken.
    """
    value = _checked_inn(value)
    refuse_future(on)
    person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    before = Inn.objects.current().filter(person=person).first()
    if before and before.value == value:
        return before
    with plainly(INN_CORRECTED if before else INN_ENTERED), taken_means(errors.InnTaken):
        if before:
            _close(before, on)
        inn = Inn.objects.create(
            person=person,
            value=value,
            valid_from=on,
            note=note,
            entered_by=actor,
            **word(source, received_at, actor).sourced,
        )
    kind = timeline.INN_CORRECTED if before else timeline.INN_ENTERED
    record(person=person, kind=kind, facts={"inn": value, "source": str(source)}, actor=actor)
    queue(INN_ASSIGNED, inn.pk, key=f"inn-assigned:{inn.pk}")
    return inn


@transaction.atomic
def correct_inn_day(*, person: Person, on: date, reason: str, actor: User | None = None) -> Inn:
    """The INN in use is known since another day; the number and whose word it is stay.

    Raises ReasonMissing, NothingToCorrect, DayNotPossible.
    """
    reason = reason_given(reason)
    refuse_future(on)
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    inn = Inn.objects.current().filter(person=person).first()
    if inn is None or inn.valid_from == on:
        raise errors.NothingToCorrect
    because(reason)
    former = _held_until(inn)
    if former:
        _close(former, on)
    inn.valid_from = on
    inn.save(update_fields=["valid_from"])
    facts = {"inn": inn.value, "known_on": on, "source": Source.DESK.value}
    record(person=person, kind=timeline.INN_DAY_CORRECTED, facts=facts, actor=actor)
    return inn


def _held_until(inn: Inn) -> Inn | None:
    """The row that ended the day before this one began."""
    day_before = inn.valid_from - timedelta(days=1)
    rows = Inn.objects.filter(person_id=inn.person_id, valid_until=day_before)
    return rows.filter(valid_from__lte=day_before).order_by("-pk").first()


def _close(inn: Inn, on: date) -> None:
    """End a row the day before its successor. Corrected on its first day, it held on none."""
    refuse_outside(on, inn.valid_from, _("The INN before it is known since %s."))
    inn.valid_until = on - timedelta(days=1)
    inn.save(update_fields=["valid_until"])


def _checked_inn(value: str) -> str:
    try:
        return identifiers.inn(value)
    except ValidationError as error:
        raise errors.InnWrong from error
