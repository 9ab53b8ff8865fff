"""Every filter of every list narrows it: of two rows that differ in one thing, one stays."""

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import pytest
import time_machine
from django.contrib import admin
from django.db.models import Model
from django.urls import reverse

from notifications import events
from patents.issued_filter import month_of
from payments.models import QueueReason
from tests.desk import filters_of_money, filters_of_people, rows
from tests.desk.filtered import Case
from tests.factories import PatentFactory, PlacementFactory, StaffFactory

pytestmark = pytest.mark.django_db
NOW = "2026-02-20 12:00 +0300"


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(NOW, tick=False):
        yield


CASES = filters_of_people.CASES | filters_of_money.CASES
CHOICES = filters_of_people.CHOICES | filters_of_money.CHOICES
# These show what the list leaves out as long as nothing is chosen.
WIDER = [
    ("accounts.Approval", "WaitingFilter", "all"),
    ("patents.FeedItem", "ShownFilter", "all"),
    ("payments.Trace", "SearchFilter", "all"),
    ("payments.Outgoing", "SeenFilter", "all"),
    ("payments.Placement", "ShownFilter", "all"),
]


def name_of(given) -> str:
    """What stands in `list_filter`, as the cases call it."""
    if isinstance(given, tuple):
        return given[0]
    return given if isinstance(given, str) else given.__name__


def every_filter() -> list[tuple[str, type | str | tuple]]:
    return [
        (model._meta.label, given)
        for model, shown in admin.site._registry.items()
        for given in shown.list_filter
    ]


def filter_of(label: str, name: str) -> type[admin.SimpleListFilter]:
    """One whose choices are our own words."""
    return next(given for its, given in every_filter() if its == label and name_of(given) == name)


def months() -> list[str]:
    return values_of(filter_of("patents.Patent", "IssuedIn"))


def issued_in(month: str) -> set[Model]:
    """On the first day of the month and on its last one."""
    year, number = month_of(month)
    last = monthrange(year, number)[1]
    return {PatentFactory(issued_on=date(year, number, day)) for day in (1, last)}


@dataclass(frozen=True)
class Each:
    """A filter that offers many values of one kind: all of them, and the rows of one."""

    values: Callable[[], Iterable[str]]
    rows: Callable[[str], set[Model]]


EACH = {
    ("patents.Patent", "IssuedIn"): Each(months, issued_in),
    ("notifications.Message", "EventFilter"): Each(
        lambda: [event.code for event in events.known()],
        lambda code: {rows.message(event=code)},
    ),
    ("payments.Placement", "QueueReasonFilter"): Each(
        lambda: QueueReason.values,
        lambda reason: {PlacementFactory(queued=True, queue_reason=reason)},
    ),
}


def values_of(given: type[admin.SimpleListFilter]) -> list[str]:
    return [value for value, _words in given.lookups(object.__new__(given), None, None)]


def test_every_filter_of_the_desk_has_a_case():
    every = {(label, name_of(given)) for label, given in every_filter()}

    assert every == set(CASES) | {(label, name) for label, name, _value in CHOICES}


def chosen_of_few() -> list[tuple[str, str]]:
    return [
        (label, given.__name__)
        for label, given in every_filter()
        if isinstance(given, type) and (label, given.__name__) not in EACH
    ]


def test_every_choice_of_every_filter_has_a_case():
    every = [(*key, value) for key in chosen_of_few() for value in values_of(filter_of(*key))]

    assert sorted(every) == sorted([*CHOICES, *WIDER])


def found(client, label: str, query: dict) -> set[Model]:
    client.force_login(StaffFactory())
    page = client.get(reverse(f"admin:{label.lower().replace('.', '_')}_changelist"), query)
    assert page.status_code == 200, page.headers.get("Location")
    return set(page.context["cl"].queryset)


def shown(client, label: str, case: Case) -> tuple:
    """Of the two rows those that the narrowed list has."""
    stays, goes = case.makes()
    left = found(client, label, case.query() if callable(case.query) else case.query)
    return stays in left, goes in left


@pytest.mark.parametrize("key", CASES, ids="-".join)
def test_a_filter_narrows_its_list(client, key):
    assert shown(client, key[0], CASES[key]) == (True, False)


def chosen(label: str, name: str, value: str) -> dict:
    return {filter_of(label, name).parameter_name: value}


@pytest.mark.parametrize("key", CHOICES, ids="-".join)
def test_each_choice_of_a_filter_narrows_its_list(client, key):
    assert shown(client, key[0], Case(chosen(*key), CHOICES[key])) == (True, False)


@pytest.mark.parametrize("key", WIDER, ids="-".join)
def test_a_wider_choice_shows_what_the_list_leaves_out(client, key):
    makes = CASES[key[:2]].makes

    assert shown(client, key[0], Case(chosen(*key), makes)) == (True, True)


@pytest.mark.parametrize("key", EACH, ids="-".join)
def test_each_of_many_values_shows_its_own_rows_alone(client, key):
    made = {value: EACH[key].rows(value) for value in EACH[key].values()}

    shown = {
        value: found(client, key[0], chosen(*key, value)) for value in values_of(filter_of(*key))
    }

    assert shown == made
    assert len(made) > 1
