"""The opening position by two at once: one of them is taken in, whole."""

import pytest
import time_machine

from accounts.models import LoginName, Person
from common.errors import Refusal
from payments.models import Opening, OpeningMonths
from payments.services.importing import openings
from payments.services.importing.openings import OpenedAlready, Taken, TakenMeanwhile
from tests.at_once import at_once, meeting
from tests.payments.opened import bring
from tests.payments.opening_files import opening

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def april():
    with time_machine.travel("2026-04-10 06:00:00+00:00", tick=True):
        yield


def brought():
    try:
        return bring(opening())
    except Refusal as refusal:
        return refusal


def counts() -> list[int]:
    return [model.objects.count() for model in (Opening, OpeningMonths, Person, LoginName)]


def test_of_two_that_bring_it_at_once_one_does_and_nothing_is_there_twice(monkeypatch):
    """Neither has seen the other's: the database lets one opening be."""
    meeting(monkeypatch, openings, "_write", 2)

    results = at_once(brought, brought)

    assert sorted(type(one).__name__ for one in results) == ["Taken", "TakenMeanwhile"]
    assert counts() == [1, 1, 1, 1]


def test_whoever_comes_a_moment_later_is_told_that_it_is_there():
    results = [brought(), brought()]

    assert [type(one) for one in results] == [Taken, OpenedAlready]


def test_twin_where_the_database_is_not_believed_the_second_falls(monkeypatch):
    monkeypatch.setattr(openings, "IntegrityError", ZeroDivisionError)
    meeting(monkeypatch, openings, "_write", 2)

    with pytest.raises(Exception, match="duplicate key") as fell:
        at_once(brought, brought)

    assert not isinstance(fell.value, TakenMeanwhile)
    assert counts()[0] == 1
