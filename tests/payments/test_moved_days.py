"""A day of issue that moves reaches the money: nobody who paid by our word is told otherwise.

Issued on 15 January 2026, the second month is in time through 14 February. The right day turns out
to be the 12th: then it was to be paid by 11 February.
"""

from datetime import UTC, date, datetime
from threading import Event
from time import sleep

import pytest
import time_machine
from django.db import transaction

from patents import services
from patents.models import Application, FormerDay, Patent
from patents.services import ministry
from payments.models import Placement, QueueReason
from payments.services.ledger import ledger, moved_days, payers
from payments.standing import State
from tests.at_once import at_once
from tests.factories import statements_through
from tests.payments.moved_world import (
    EARLIER,
    LAST_NAMED,
    LATER,
    WAYS,
    at_the_desk,
    by_the_ministry,
    feb,
    move,
    now,
    pay,
    told,
)


@pytest.fixture(autouse=True)
def late_february():
    with time_machine.travel("2026-02-25 09:00:00+00:00", tick=True) as traveller:
        yield traveller


@pytest.fixture
def first_month(application):
    pay(date(2026, 1, 11), number="first")
    return application


@pytest.fixture
def paid_by_our_word(first_month):
    """On the last day that we named."""
    pay(LAST_NAMED, feb(17), number="second")
    return first_month


# --- back: money in time by the day that we named


@pytest.mark.parametrize("way", WAYS)
def test_whoever_paid_by_the_day_that_we_named_is_not_told_that_they_did_not(way, paid_by_our_word):
    standing = move(way, paid_by_our_word, EARLIER)
    moved_days.follow_moves()

    assert (standing.state, [one.paid_on for one in standing.held]) == (State.UNSEEN, [LAST_NAMED])
    assert now(paid_by_our_word).state == State.UNSEEN
    assert Placement.objects.matched().count() == 2
    assert FormerDay.objects.asked().filter(application=paid_by_our_word).exists()
    assert told("payments.day_checked") == 1


@pytest.mark.parametrize("way", WAYS)
def test_the_twin_without_the_former_day_they_would_be(way, paid_by_our_word):
    move(way, paid_by_our_word, EARLIER)
    FormerDay.objects.all().delete()

    assert now(paid_by_our_word).state == State.LAPSED


def test_money_that_comes_after_the_move_is_not_late_either(first_month):
    move(at_the_desk, first_month, EARLIER)
    moved_days.follow_moves()

    pay(LAST_NAMED, feb(25), number="second")

    assert Placement.objects.late().get().paid_on == LAST_NAMED
    assert now(first_month, date(2026, 3, 5)).state == State.UNSEEN
    assert not FormerDay.objects.asked().exists()
    assert moved_days.look_again() == 1
    assert FormerDay.objects.asked().exists()


def test_nothing_is_said_before_the_money_paid_by_the_named_day_could_have_arrived(first_month):
    move(at_the_desk, first_month, EARLIER)

    statements_through(feb(20))
    assert now(first_month, feb(21)).state == State.UNSEEN

    statements_through(feb(21))
    assert now(first_month, feb(22)).state == State.LAPSED


def test_the_day_that_stood_when_it_was_replaced_is_kept_to_its_end(first_month):
    """A mistake put right on 1 February was no word about March."""
    move(at_the_desk, first_month, EARLIER)
    FormerDay.objects.update(until_at=datetime(2026, 2, 1, 9, tzinfo=UTC))

    pay(LAST_NAMED, feb(17), number="second")
    pay(date(2026, 3, 13), date(2026, 3, 13), number="third")

    held = now(first_month, date(2026, 3, 25)).held
    assert [one.paid_on for one in held] == [LAST_NAMED]


def test_a_move_that_makes_nothing_late_asks_nobody(first_month):
    pay(feb(5), number="second")

    move(at_the_desk, first_month, EARLIER)
    moved_days.follow_moves()

    assert not FormerDay.objects.asked().exists()
    assert (told("payments.day_checked"), told("payments.day_moved")) == (0, 1)


# --- forward: what seemed late


@pytest.mark.parametrize("way", WAYS)
def test_a_line_that_was_late_is_matched_when_the_day_moves_on(way, first_month):
    pay(feb(16), number="second")
    assert now(first_month).state == State.LAPSED

    move(way, first_month, LATER)
    assert moved_days.follow_moves() == 1

    assert not Placement.objects.queued().exists()
    standing = now(first_month)
    assert (standing.state, standing.covered_through) == (State.VALID, date(2026, 3, 17))
    assert told("payments.posted") >= 1


def test_until_the_sweep_comes_the_line_is_undecided_and_not_late(first_month):
    pay(feb(16), number="second")

    standing = move(by_the_ministry, first_month, LATER)

    assert (standing.state, len(standing.undecided)) == (State.UNSEEN, 1)


def test_what_came_while_the_patent_was_annulled_counts_when_that_is_undone(first_month):
    patent = Patent.objects.get(application=first_month)
    services.annul(patent=patent, annulled_on=feb(1), reason="ошибка")
    pay(feb(10), number="second")
    assert Placement.objects.queued().get().queue_reason == QueueReason.NO_ROOM

    ministry.withdraw_annulment(patent=Patent.objects.get())
    moved_days.follow_moves()

    assert now(first_month).months == 2


# --- beside an import


def beside(application, monkeypatch):
    """An annulment is undone; an import that read it before still writes when the money follows."""
    patent = Patent.objects.get(application=application)
    services.annul(patent=patent, annulled_on=feb(1), reason="ошибка")
    undone, deciding, real = Event(), Event(), ledger.locked_payers

    def slowly(people):
        deciding.set()
        found = real(people)
        sleep(1)
        return found

    def undoing():
        with transaction.atomic():
            ministry.withdraw_annulment(patent=Patent.objects.get())
            undone.set()
            deciding.wait(10)
            sleep(0.5)  # the import waits for our lock, with what it read before
        moved_days.follow_moves()

    def importing():
        undone.wait(10)
        pay(feb(10), number="second")

    monkeypatch.setattr(ledger, "locked_payers", slowly)
    at_once(undoing, importing)


def without_the_accounts_held(monkeypatch):
    monkeypatch.setattr(moved_days.locks, "hold_accounts", lambda numbers: None)


def without_the_applications_locked(monkeypatch):
    def read(people):
        return list(Application.objects.filter(person__in=people).values_list("pk", flat=True))

    monkeypatch.setattr(payers, "lock_people", read)


GUARDS = [without_the_accounts_held, without_the_applications_locked]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("one_guard_less", [lambda monkeypatch: None, *GUARDS])
def test_a_line_imported_beside_a_move_is_decided_anew(first_month, monkeypatch, one_guard_less):
    one_guard_less(monkeypatch)

    beside(first_month, monkeypatch)

    assert not Placement.objects.queued().exists()
    assert now(first_month).months == 2


@pytest.mark.django_db(transaction=True)
def test_twin_without_both_guards_the_line_is_left_where_it_is(first_month, monkeypatch):
    for guard in GUARDS:
        guard(monkeypatch)

    beside(first_month, monkeypatch)

    assert Placement.objects.queued().get().queue_reason == QueueReason.NO_ROOM
