"""What the tables of the outbox hold by themselves, whoever writes."""

import pytest
from django.db import IntegrityError, transaction

from accounts.messages import PASSWORD_ISSUED, PHONE_BOUND, PHONE_CODE
from desk.messages import CALLER_CODE
from notifications import events
from notifications.models import Lane, Message, MessageStatus, Operator, Preference, Spent, Topic
from notifications.services import hand_over

pytestmark = pytest.mark.django_db


def refused(**fields) -> bool:
    try:
        with transaction.atomic():
            Message.objects.update(**fields)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": "pigeon"},
        {"lane": 3},
        {"channel": "email", "segments": 1},
        {"channel": "email", "cost": "2.50"},
        {"cost": "-0.01"},
        {"failure": "switched_off"},
        {"failure": "switched_off", "status": MessageStatus.SENT},
    ],
    ids=str,
)
def test_a_row_that_contradicts_itself_is_not_kept(queued, wrong):
    queued()

    assert refused(**wrong)


def test_an_ended_row_says_why_and_what_it_cost(queued):
    queued()

    assert not refused(failure="switched_off", status="failed", segments=2, cost="5.00")


def test_one_message_has_one_stand_in_and_none_stands_in_for_itself(queued):
    first, second, third = (queued(key=key) for key in "abc")
    Message.objects.filter(pk=second.pk).update(after=first)

    for pk, after in [(third.pk, first.pk), (third.pk, third.pk)]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.filter(pk=pk).update(after=after)


def test_what_is_waited_for_goes_before_news_and_news_before_many(queued, world):
    lanes = {
        event.code: event.lane for event in (PASSWORD_ISSUED, PHONE_CODE, CALLER_CODE, PHONE_BOUND)
    }

    assert list(lanes.values()) == [Lane.AWAITED, Lane.AWAITED, Lane.AWAITED, Lane.NOTICE]
    assert queued().lane == Lane.NOTICE


def test_every_event_of_ours_says_its_topic():
    by_app = {"accounts": Topic.ACCESS, "patents": Topic.PATENT, "desk": Topic.ACCESS}
    ours = [event for event in events.known() if event.code.split(".")[0] in by_app]

    assert {event.code: event.topic for event in ours} == {
        event.code: by_app[event.code.split(".")[0]] for event in ours
    }
    payments = [event for event in events.known() if event.code.startswith("payments.")]
    assert {event.topic for event in payments} <= {Topic.MONEY, Topic.REMINDERS}


def test_an_operators_share_is_percent_and_sums_are_not_negative():
    for wrong in ({"weight": 101}, {"resting": 101}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Operator.objects.create(name="smsaero", **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Spent.objects.create(hour="2026-02-14T09:00Z", purpose="codes", roubles="-1")


def test_choices_go_with_the_person_whose_record_stays():
    for person, topic, on in [(1, "money", False), (2, "money", True), (2, "reminders", False)]:
        Preference.objects.create(person_id=person, topic=topic, channel="sms", on=on)

    hand_over(from_person_id=2, to_person_id=1)

    kept = Preference.objects.values_list("person_id", "topic", "on")
    assert list(kept) == [(1, "money", False), (1, "reminders", False)]
