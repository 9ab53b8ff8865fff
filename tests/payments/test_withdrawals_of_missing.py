"""Of words that money is missing an apology goes to those of whom they are not true, and to them
alone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from notifications.models import Message, MessageStatus
from payments.errors import NobodyWasTold
from payments.messages import APOLOGY, LAPSED, REMINDER
from payments.models import Withdrawal
from payments.services.deciding import withdrawals
from payments.services.deciding.withdrawals import Scope
from payments.services.notices import telling
from tests.factories import PatentFactory, PlacementFactory, statements_through
from tests.payments.test_withdrawals import apologies, by_two

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
NOON = datetime(2026, 2, 25, 9, tzinfo=UTC)


@pytest.fixture
def people(february):
    """Three heard that the term had passed; then it turned out that the first two had paid."""
    patents = [PatentFactory(issued_on=date(2026, 1, 15)) for _ in range(3)]
    for patent in patents:
        PlacementFactory(application=patent.application)
    february.move_to(NOON)
    statements_through(date(2026, 2, 21))
    telling.tell_of_days_over()
    assert list(Message.objects.values_list("event", flat=True)) == [LAPSED.code] * 3
    Message.objects.update(text="Срок прошёл", status=MessageStatus.SENT)
    for patent in patents[:2]:
        PlacementFactory(application=patent.application, paid_on=date(2026, 2, 14))
    return [patent.application.person for patent in patents]


def of_event(event=LAPSED.code) -> Scope:
    return Scope(None, event, NOON - timedelta(1), NOON + timedelta(1))


@pytest.mark.parametrize("at_once", [1, 500])
def test_who_has_not_paid_is_not_told_that_the_words_were_wrong(people, monkeypatch, at_once):
    monkeypatch.setattr(withdrawals, "AT_ONCE", at_once)

    by_two(of_event())
    withdrawals.take_back()

    assert apologies() == {person.pk for person in people[:2]}
    act = Withdrawal.objects.get()
    assert (act.people, act.told, act.percent) == (2, 2, 100)
    assert Message.objects.get(person_id=people[2].pk).taken_back_at is None


def test_twin_where_nobody_asks_whether_they_are_true_it_goes_to_all(people, monkeypatch):
    monkeypatch.setattr(withdrawals, "OF_MISSING", ())

    by_two(of_event())
    withdrawals.take_back()

    assert apologies() == {person.pk for person in people}


def test_who_turns_out_to_have_paid_between_the_two_words_and_the_act_is_told(people):
    by_two(of_event())
    last = people[2].applications.get()
    PlacementFactory(application=last, paid_on=date(2026, 2, 14))

    withdrawals.take_back()

    assert apologies() == {person.pk for person in people}


def test_true_words_that_wait_still_go_and_wrong_ones_do_not(people):
    Message.objects.filter(person_id__in=[people[1].pk, people[2].pk]).update(
        text="", status=MessageStatus.QUEUED
    )

    by_two(of_event())

    said = dict(Message.objects.values_list("person_id", "status"))
    assert said[people[1].pk] == MessageStatus.DROPPED
    assert said[people[2].pk] == MessageStatus.QUEUED


def test_where_the_words_are_true_of_everybody_there_is_nothing_to_take_back(people):
    Message.objects.exclude(person_id=people[2].pk).delete()

    with pytest.raises(NobodyWasTold):
        by_two(of_event())


def test_a_reminder_with_a_wrong_sum_is_taken_back_from_whoever_must_pay(people):
    Message.objects.update(event=REMINDER.code)

    by_two(of_event(REMINDER.code))
    withdrawals.take_back()

    assert apologies() == {person.pk for person in people}
    assert Message.objects.filter(event=APOLOGY.code).count() == 3
