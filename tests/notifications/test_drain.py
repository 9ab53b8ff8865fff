"""The queue is drained in batches: order, night, and what one bad row does to the others."""

from datetime import datetime, timedelta

import pytest
import time_machine

from common import clock
from notifications import quiet, services
from notifications.events import Told, known
from notifications.models import Lane, Message, MessageStatus
from notifications.services import composing, delivery
from tests.notifications.conftest import NEWS, PHONE

NIGHT, EVENING, MORNING = (f"2026-02-14 {time}:00 +0300" for time in ("23:30", "20:59", "09:00"))


def texts(aero):
    return [sms["text"] for sms in aero.sent]


def change(message, **fields):
    Message.objects.filter(pk=message.pk).update(**fields)


def statuses():
    return list(Message.objects.order_by("pk").values_list("status", flat=True))


def test_everything_that_is_due_goes_in_batches(queued, aero, settings):
    settings.SMS_AT_ONCE = 2
    for number in range(5):
        queued(key=str(number))
    change(queued(key="later"), next_try_at=clock.now() + timedelta(minutes=1))

    assert services.drain() == 5
    assert len(aero.sent) == 5


def test_what_somebody_waits_for_goes_before_news_and_they_before_many(queued, aero, settings):
    settings.SMS_AT_ONCE = 1
    for number, lane in enumerate([Lane.BULK, Lane.NOTICE, Lane.AWAITED], start=1):
        change(queued(subject_id=number), lane=lane)

    services.drain()

    assert [text.split()[1].strip(",") for text in texts(aero)] == ["3", "2", "1"]


def test_the_worker_of_codes_takes_nothing_else(queued, aero):
    queued(subject_id=1)
    change(queued(subject_id=2), lane=Lane.AWAITED)

    assert services.drain(only_awaited=True) == 1
    assert statuses() == ["queued", "sent"]


def test_a_long_drain_goes_on_in_the_next_task(queued, aero, monkeypatch, settings):
    woken = []
    settings.SMS_AT_ONCE = 1
    monkeypatch.setattr(delivery, "LONGEST_SECONDS", 0)
    monkeypatch.setattr(delivery, "wake", woken.append)
    queued(key="a")
    queued(key="b")

    assert services.drain() == 1
    assert woken == [Lane.BULK]


def test_a_batch_asks_as_many_questions_for_ten_as_for_one(
    queued, aero, many, django_assert_max_num_queries
):
    for number in range(10):
        queued(key=str(number), subject_id=number)

    with django_assert_max_num_queries(30):
        services.drain()

    assert statuses() == ["sent"] * 10


# --- one bad row


@pytest.fixture
def many(monkeypatch):
    """The event answers for many at once; odd subjects are not true any more."""
    asked = []

    def answer(ids):
        asked.append(set(ids))
        told = NEWS.recipient(0)
        return {pk: Told(told, {"number": pk, "language": "all"}) for pk in ids if pk < 100}

    object.__setattr__(NEWS, "many", answer)
    yield asked
    object.__setattr__(NEWS, "many", None)


def test_an_event_that_answers_for_many_is_asked_once(queued, aero, many):
    for number in (1, 2, 101):
        queued(key=str(number), subject_id=number)

    services.drain()

    assert many == [{1, 2, 101}]
    assert statuses() == ["sent", "sent", "dropped"]
    assert sorted(texts(aero)) == [f"Application {n}, said in all." for n in (1, 2)]


def test_when_the_answer_for_many_fails_each_is_asked_by_itself(queued, aero, monkeypatch, caplog):
    object.__setattr__(NEWS, "many", lambda ids: 1 / 0)
    try:
        queued(key="a")
        services.drain()
    finally:
        object.__setattr__(NEWS, "many", None)

    assert statuses() == ["sent"]
    assert "ZeroDivisionError" in caplog.text


def test_one_row_that_cannot_be_written_harms_no_other(queued, aero, world, monkeypatch):
    def context(pk):
        if pk == 13:
            raise ValueError(PHONE)
        return {"number": pk, "language": "en"}

    monkeypatch.setattr(world, "context", context)
    for number in (12, 13, 14):
        queued(key=str(number), subject_id=number)

    services.drain()

    assert statuses() == ["sent", "queued", "sent"]
    assert Message.objects.get(subject_id=13).reason == composing.OUR_ERROR


# --- the night


@pytest.fixture
def night(settings):
    settings.SMS_QUIET = [21, 9]


@pytest.mark.parametrize(
    ("instant", "hours", "is_night"),
    [
        ("2026-02-14 20:59:59 +0300", [21, 9], False),
        ("2026-02-14 21:00:00 +0300", [21, 9], True),
        ("2026-02-15 08:59:59 +0300", [21, 9], True),
        ("2026-02-15 09:00:00 +0300", [21, 9], False),
        ("2026-02-14 18:30:00 +0000", [21, 9], True),
        ("2026-02-14 13:30:00 +0300", [13, 14], True),
        ("2026-02-14 23:30:00 +0300", [], False),
    ],
)
def test_night_is_by_the_clock_of_moscow(settings, instant, hours, is_night):
    settings.SMS_QUIET = hours

    assert quiet.is_quiet(datetime.fromisoformat(instant)) is is_night


@pytest.mark.parametrize(
    ("instant", "until"),
    [(NIGHT, "2026-02-15T09:00"), ("2026-02-15 03:00 +0300", "2026-02-15T09:00")],
)
def test_the_night_ends_in_the_morning(night, instant, until):
    assert quiet.quiet_until(datetime.fromisoformat(instant)).isoformat()[:16] == until
    assert quiet.quiet_until(datetime.fromisoformat(MORNING)) == datetime.fromisoformat(MORNING)


def test_news_wait_for_the_morning_and_passwords_do_not(queued, aero, night):
    with time_machine.travel(NIGHT, tick=False):
        queued(subject_id=1)
        change(queued(subject_id=2), lane=Lane.AWAITED)
        services.drain()
        assert statuses() == ["queued", "sent"]
        assert not services.sweep()

    with time_machine.travel("2026-02-15 09:00 +0300", tick=False):
        services.drain()
    assert statuses() == ["sent", "sent"]


def test_what_stops_being_true_in_the_night_is_never_sent(queued, aero, world, night):
    with time_machine.travel(NIGHT, tick=False):
        queued()
        services.drain()
    world.true = False

    with time_machine.travel("2026-02-15 09:01 +0300", tick=False):
        services.drain()

    assert statuses() == [MessageStatus.DROPPED]
    assert aero.sent == []


def test_the_evening_is_no_night(queued, aero, night):
    with time_machine.travel(EVENING, tick=False):
        queued()
        services.drain()

    assert statuses() == ["sent"]


def test_a_drain_that_began_in_the_evening_ends_with_it(queued, aero, night, monkeypatch, settings):
    settings.SMS_AT_ONCE = 1
    with time_machine.travel(EVENING, tick=False) as traveller:
        queued(subject_id=1), queued(subject_id=2)
        after_a_batch = "meet_early_receipts"
        monkeypatch.setattr(delivery, after_a_batch, lambda _taken: traveller.move_to(NIGHT))
        services.drain()

    assert statuses() == ["sent", "queued"]


def test_no_news_can_die_of_a_night(night):
    """What is queued at nine in the evening has to be of use in the morning."""
    ours = [event for event in known() if not event.code.startswith("tests.")]
    longest = quiet.longest_quiet() + timedelta(hours=1)

    assert [e.code for e in ours if not e.awaited and e.lifetime < longest] == []
