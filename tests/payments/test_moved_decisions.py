"""Money that only a former day makes timely, and a day that makes money late: two decide."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from accounts.models import Approval
from accounts.services import approvals
from cabinet import buttons
from patents import errors, money, services
from patents.models import FormerDay, Patent
from patents.services import moving
from payments import history, offers, stop, timeline
from payments.models import Place, Placement, Receipt, ReceiptStatus
from payments.services.ledger import moved_days
from payments.services.papers.receipts import form_receipt
from payments.standing import State
from tests.factories import OpeningMonthsFactory, StaffFactory
from tests.payments.moved_world import (
    EARLIER,
    FIRST_DAY,
    LAST_NAMED,
    WHY,
    at_the_desk,
    decide,
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


# --- two decide


def test_two_say_that_it_is_in_time_and_it_counts(paid_by_our_word):
    move(at_the_desk, paid_by_our_word, EARLIER)
    moved_days.follow_moves()

    decide(paid_by_our_word, stands=True)

    standing = now(paid_by_our_word)
    assert (standing.state, standing.months) == (State.VALID, 2)
    assert (standing.covered_through, standing.held) == (date(2026, 3, 11), ())
    assert not FormerDay.objects.asked().exists()
    assert (told("payments.day_stood"), told("payments.day_fell")) == (1, 0)


def test_the_page_of_payments_names_the_day_that_they_kept(paid_by_our_word):
    move(at_the_desk, paid_by_our_word, EARLIER)
    moved_days.follow_moves()
    decide(paid_by_our_word, stands=True)

    rows = history.paid(now(paid_by_our_word))

    assert [row.deadline for row in rows] == [LAST_NAMED, FIRST_DAY]


def test_who_pays_for_the_next_month_while_two_decide_is_not_called_late(paid_by_our_word):
    standing = move(at_the_desk, paid_by_our_word, EARLIER)

    assert (offers.is_late(standing), offers.deadline(standing)) == (False, date(2026, 3, 14))
    assert not standing.prolongs_by_itself
    assert stop.stop_before(standing, 1).buys is None


def test_months_that_two_decide_about_are_not_asked_for_again(paid_by_our_word):
    standing = move(at_the_desk, paid_by_our_word, EARLIER)

    first = history.to_pay(standing, lambda day: None)[0]

    assert (standing.months, first.number, first.pay_by) == (1, 3, date(2026, 3, 11))
    assert buttons.links(standing) == []


def test_a_line_that_waited_counts_when_two_say_so(first_month):
    move(at_the_desk, first_month, EARLIER)
    pay(LAST_NAMED, feb(25), number="second")
    moved_days.follow_moves()

    decide(first_month, stands=True)

    assert Placement.objects.matched().count() == 2
    assert now(first_month).state == State.VALID


def test_the_payment_after_the_one_that_counts_is_in_time_by_the_right_day(paid_by_our_word):
    move(at_the_desk, paid_by_our_word, EARLIER)
    moved_days.follow_moves()
    decide(paid_by_our_word, stands=True)
    FormerDay.objects.update(until_at=datetime(2026, 2, 25, 9, tzinfo=UTC))

    pay(date(2026, 3, 11), number="third")

    assert now(paid_by_our_word, date(2026, 3, 12)).months == 3


def test_two_say_that_it_is_late_and_it_waits_as_all_late_money(paid_by_our_word):
    move(at_the_desk, paid_by_our_word, EARLIER)
    moved_days.follow_moves()

    decide(paid_by_our_word, stands=False)

    place = Placement.objects.late().get()
    assert (place.paid_on, place.months) == (LAST_NAMED, 0)
    assert now(paid_by_our_word).state == State.LAPSED
    assert told("payments.day_fell") == 1
    assert paid_by_our_word.person.timeline.filter(kind=timeline.DAY_FELL).count() == 1


def test_the_paper_of_months_that_fell_is_open_again(first_month):
    with time_machine.travel("2026-02-10 09:00:00+00:00"):
        receipt = form_receipt(application=first_month, months=1, on=feb(10))
    pay(LAST_NAMED, feb(17), number="2", purpose=receipt.snapshot["purpose"])
    assert Receipt.objects.get().status == ReceiptStatus.POSTED
    move(at_the_desk, first_month, EARLIER)
    moved_days.follow_moves()

    decide(first_month, stands=False)

    assert Receipt.objects.get().status == ReceiptStatus.FORMED
    place = Placement.objects.late().get()
    assert (place.receipt, place.place) == (receipt, Place.QUEUE)


def test_one_person_alone_decides_nothing(paid_by_our_word):
    move(at_the_desk, paid_by_our_word, EARLIER)
    moved_days.follow_moves()
    clerk = StaffFactory()
    asked = moving.ask_decision(application=paid_by_our_word, stands=False, reason=WHY, actor=clerk)

    with pytest.raises(approvals.AnotherMustDecide):
        approvals.decide(approval=asked, granted=True, actor=clerk)

    assert now(paid_by_our_word).state == State.UNSEEN


def test_where_no_money_waits_there_is_nothing_to_decide(first_month):
    with pytest.raises(errors.NothingToDecide):
        moving.ask_decision(application=first_month, stands=True, reason=WHY, actor=StaffFactory())


def test_what_was_decided_once_is_not_asked_again(paid_by_our_word):
    move(at_the_desk, paid_by_our_word, EARLIER)
    moved_days.follow_moves()
    decide(paid_by_our_word, stands=False)

    assert (moved_days.follow_moves(), moved_days.look_again()) == (0, 0)
    assert Placement.objects.current().count() == 2


# --- two move a day that makes payments late


def correct(application, day, **more):
    patent = Patent.objects.get(application=application)
    facts = {"series": patent.series, "number": patent.number, "profession": ""}
    return {"patent": patent, "issued_on": day, "reason": WHY} | facts | more


def test_one_of_the_staff_cannot_make_payments_late(paid_by_our_word):
    with pytest.raises(errors.ColleagueNeeded):
        services.correct_patent(**correct(paid_by_our_word, EARLIER))

    assert now(paid_by_our_word).state == State.VALID


def test_two_of_the_staff_move_the_day_and_the_money_waits(paid_by_our_word):
    asked = moving.ask_correction(**correct(paid_by_our_word, EARLIER, actor=StaffFactory()))
    assert "12.01.2026" in moving.said(asked)["text"]

    approvals.decide(approval=asked, granted=True, actor=StaffFactory())

    assert Patent.objects.get().issued_on == EARLIER
    assert now(paid_by_our_word).state == State.UNSEEN
    assert Approval.objects.get().granted


def test_a_patent_that_was_taken_back_meanwhile_is_corrected_no_more(paid_by_our_word):
    asked = moving.ask_correction(**correct(paid_by_our_word, EARLIER, actor=StaffFactory()))
    services.take_back(application=paid_by_our_word, reason=WHY)

    assert moving.said(asked)["text"]
    with pytest.raises(errors.StepNotPossible):
        approvals.decide(approval=asked, granted=True, actor=StaffFactory())


def test_a_day_that_makes_nothing_late_needs_one_person(first_month):
    services.correct_patent(**correct(first_month, date(2026, 1, 13)))

    assert Patent.objects.get().issued_on == date(2026, 1, 13)


@time_machine.travel("2026-02-13 09:00:00+00:00")
def test_whose_term_would_be_over_at_once_is_a_question_to_two(first_month):
    [said] = money.lost_by(first_month, EARLIER)

    assert "14.02.2026" in said
    assert "11.02.2026" in said


def test_months_of_the_opening_move_along_and_are_never_late(first_month):
    OpeningMonthsFactory(application=first_month, counted_on=FIRST_DAY)

    assert money.lost_by(first_month, EARLIER) == []
