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

from accounts.models import Approval
from accounts.services import approvals
from cabinet import buttons
from notifications.models import Message
from patents import errors, money, services
from patents.models import Application, FormerDay, Patent, Source
from patents.services import ministry, moving, unsaying
from payments import history, offers, stop, timeline
from payments.facts import standing_of
from payments.models import Place, Placement, QueueReason, Receipt, ReceiptStatus
from payments.services import ledger, moved_days, payers
from payments.services.receipts import form_receipt
from payments.services.statements import import_statement
from payments.standing import State
from tests.at_once import at_once
from tests.factories import OpeningMonthsFactory, StaffFactory, statements_through
from tests.payments.statement_files import order, whole

EARLIER, FIRST_DAY, LATER = date(2026, 1, 12), date(2026, 1, 15), date(2026, 1, 18)
LAST_NAMED = date(2026, 2, 14)
WHY = "на обороте другой день"
SAID = ministry.Said(Source.MINISTRY, datetime(2026, 2, 20, 9, tzinfo=UTC))


def feb(day):
    return date(2026, 2, day)


@pytest.fixture(autouse=True)
def late_february():
    with time_machine.travel("2026-02-25 09:00:00+00:00", tick=True) as traveller:
        yield traveller


def pay(on, posted_on=None, number="1", **more):
    posted_on = posted_on or on
    content = whole(order(number=number, on=on, posted_on=posted_on, **more), first=posted_on)
    import_statement(content=content, name="file.txt")
    statements_through(feb(24))


@pytest.fixture
def first_month(application):
    pay(date(2026, 1, 11), number="first")
    return application


@pytest.fixture
def paid_by_our_word(first_month):
    """On the last day that we named."""
    pay(LAST_NAMED, feb(17), number="second")
    return first_month


def at_the_desk(patent, day):
    facts = {"series": patent.series, "number": patent.number, "profession": ""}
    services.correct_patent(patent=patent, issued_on=day, reason=WHY, agreed=True, **facts)


def by_the_ministry(patent, day):
    facts = {"series": patent.series, "number": patent.number, "profession": ""}
    ministry.restate_patent(patent=patent, issued_on=day, said=SAID, **facts)


def by_undoing(patent, day):
    """The desk had the right day, the Ministry another one by mistake: that is taken out."""
    was = patent.issued_on
    Patent.objects.filter(pk=patent.pk).update(issued_on=day)
    by_the_ministry(Patent.objects.get(pk=patent.pk), was)
    unsaying.unsay_issue(Patent.objects.get(pk=patent.pk).application)


def issued_anew(patent, day):
    application, facts = patent.application, {"series": patent.series, "number": patent.number}
    services.take_back(application=application, reason=WHY)
    services.issue_patent(application=application, issued_on=day, **facts)


WAYS = [at_the_desk, by_the_ministry, by_undoing, issued_anew]


def move(way, application, day):
    way(Patent.objects.get(application=application), day)
    return now(application)


def now(application, day=None):
    return standing_of(application.person, day)


def told(code):
    return Message.objects.filter(event=code).count()


def decide(application, stands):
    asked = moving.ask_decision(
        application=application, stands=stands, reason=WHY, actor=StaffFactory()
    )
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())
    moved_days.follow_moves()


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
