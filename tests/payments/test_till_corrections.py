"""A wrong record of the cash desk is put right by two, and by a new entry only."""

from datetime import date, timedelta

import pytest

from accounts.errors import ReasonMissing
from accounts.services import approvals
from notifications.models import Message
from payments import messages, timeline
from payments.errors import AlreadyPaid, TillNothingWrong, TillPosted, TillSettled
from payments.facts import standing_of
from payments.models import TillPayment
from payments.services.papers.receipts import form_receipt
from payments.services.tills import till_corrections, tills
from tests.factories import (
    ApplicationFactory,
    ChargeFactory,
    InnFactory,
    LineFactory,
    PassportFactory,
    PersonFactory,
    PlacementFactory,
    StaffFactory,
    TillFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
TODAY = date(2026, 2, 10)


@pytest.fixture
def asker(db):
    return StaffFactory(username="asker")


@pytest.fixture
def second(db):
    return StaffFactory(username="second")


@pytest.fixture
def taken(application, asker):
    """The first month is posted; two more were recorded at the till."""
    PlacementFactory(application=application)
    paper = form_receipt(application=application, months=2, on=TODAY)
    return tills.take(
        receipt=paper, till=TillFactory(), cheque_number="17", amount=paper.amount, actor=asker
    )


@pytest.fixture
def stranger(db):
    person = PersonFactory(last_name="Назаров")
    PassportFactory(person=person, number="FB7654321")
    InnFactory(person=person, value="770000000100")
    return ApplicationFactory(person=person)


def asked(taken, actor, receipt=None, taken_on=None):
    return till_corrections.ask(
        taken=taken,
        receipt=receipt,
        taken_on=taken_on or taken.taken_on,
        actor=actor,
        reason="не тот чек",
    )


def granted(approval, actor):
    approvals.decide(approval=approval, granted=True, actor=actor)


def months(application):
    return standing_of(application.person, TODAY).months


def test_nothing_changes_before_the_second_agrees(taken, asker, application):
    asked(taken, asker)

    assert months(application) == 3
    assert TillPayment.objects.count() == 1


def test_who_asked_cannot_agree(taken, asker):
    approval = asked(taken, asker)

    with pytest.raises(approvals.AnotherMustDecide):
        granted(approval, asker)


def test_asked_twice_it_is_one_question(taken, asker):
    assert asked(taken, asker) == asked(taken, asker)


def test_a_reason_is_needed(taken, asker):
    with pytest.raises(ReasonMissing):
        till_corrections.ask(
            taken=taken, receipt=None, taken_on=taken.taken_on, actor=asker, reason=" "
        )


def test_a_wrong_sum_becomes_the_sum_of_another_receipt(taken, asker, second, application):
    one = form_receipt(application=application, months=1, on=TODAY)

    granted(asked(taken, asker, one), second)

    right = TillPayment.objects.standing().get()
    assert (right.receipt, right.amount, right.cheque_number) == (one, one.amount, "17")
    assert (right.corrects, right.recorded_by) == (taken, second)
    assert months(application) == 2
    taken.refresh_from_db()
    assert taken.amount == 20000


def test_money_of_another_person_moves_to_them(taken, asker, second, application, stranger):
    theirs = form_receipt(application=stranger, months=2, on=TODAY)

    granted(asked(taken, asker, theirs), second)

    assert (months(application), months(stranger)) == (1, 2)
    application.refresh_from_db()
    stranger.refresh_from_db()
    assert (application.first_paid_on, stranger.first_paid_on) == (date(2026, 1, 10), TODAY)


def test_both_people_are_told(taken, asker, second, application, stranger):
    theirs = form_receipt(application=stranger, months=2, on=TODAY)

    granted(asked(taken, asker, theirs), second)

    told = {(row.event, row.person_id) for row in Message.objects.all()}
    assert (messages.TILL_CORRECTED.code, application.person_id) in told
    assert (messages.TILL_TAKEN.code, stranger.person_id) in told
    assert application.person.timeline.first().kind == timeline.TILL_CORRECTED
    assert stranger.person.timeline.first().kind == timeline.TILL_TAKEN


def test_money_that_was_never_taken_is_no_money(taken, asker, second, application):
    granted(asked(taken, asker), second)

    assert months(application) == 1
    assert not TillPayment.objects.standing().exists()
    assert tills_can_take_again(taken, asker)


def tills_can_take_again(taken, actor):
    return tills.take(
        receipt=taken.receipt,
        till=taken.till,
        cheque_number="18",
        amount=taken.amount,
        actor=actor,
    )


def test_money_taken_earlier_gets_its_day(taken, asker, second, application):
    earlier = TODAY - timedelta(days=1)

    granted(asked(taken, asker, taken.receipt, earlier), second)

    assert TillPayment.objects.standing().get().taken_on == earlier
    application.refresh_from_db()
    assert application.first_paid_on == date(2026, 1, 10)


@pytest.mark.parametrize("days", [0, 1])
def test_the_same_day_and_a_day_to_come_correct_nothing(taken, asker, days):
    with pytest.raises(TillNothingWrong):
        asked(taken, asker, taken.receipt, TODAY + timedelta(days=days))


def test_what_the_treasury_has_is_no_business_of_the_desk(taken, asker, application):
    PlacementFactory(
        line=LineFactory(amount=taken.amount),
        application=application,
        receipt=taken.receipt,
        till_payment=taken,
        months=2,
    )

    with pytest.raises(TillPosted):
        asked(taken, asker)


def test_posted_meanwhile_the_decision_is_refused(taken, asker, second, application):
    approval = asked(taken, asker)
    PlacementFactory(
        line=LineFactory(amount=taken.amount),
        application=application,
        receipt=taken.receipt,
        till_payment=taken,
        months=2,
    )

    with pytest.raises(TillPosted):
        granted(approval, second)


def test_an_entry_is_corrected_once_and_then_its_correction(taken, asker, second, application):
    first = asked(taken, asker)
    one = form_receipt(application=application, months=1, on=TODAY)
    granted(asked(taken, asker, one), second)

    with pytest.raises(TillSettled):
        granted(first, second)
    granted(asked(TillPayment.objects.standing().get(), asker), second)

    assert months(application) == 1
    assert TillPayment.objects.count() == 3


def test_the_right_receipt_must_be_unpaid(taken, asker, stranger):
    theirs = form_receipt(application=stranger, months=2, on=TODAY)
    ChargeFactory(receipt=theirs)

    with pytest.raises(AlreadyPaid):
        asked(taken, asker, theirs)


def test_who_decides_reads_what_is_asked(taken, asker, stranger):
    theirs = form_receipt(application=stranger, months=2, on=TODAY)

    said = till_corrections.wanted(asked(taken, asker, theirs))["text"]

    assert "17" in said
    assert "Назаров" in said


def test_the_messages_fit_into_two_sms(taken, asker, second):
    from notifications.length import segments

    granted(asked(taken, asker), second)
    for row in Message.objects.all():
        event = {e.code: e for e in (messages.TILL_TAKEN, messages.TILL_CORRECTED)}[row.event]
        assert segments(event.template % event.context(row.subject_id)) <= 2
