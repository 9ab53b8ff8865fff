"""The operator is away, or says no; and the ends before it is asked."""

from datetime import timedelta

import pytest
import time_machine

from common import clock
from notifications import services
from notifications.models import Message, MessageStatus
from notifications.services import composing, outcomes
from tests.notifications.conftest import FIXED, PHONE, aero_json, levels, refusal, reread

START = "2026-02-14 09:00:00+00:00"


# --- the operator is away, or says no


@time_machine.travel(START, tick=False)
def test_operator_away_and_back_the_sweep_delivers(queued, aero, worker, down):
    message = queued()
    aero.answers = [down]
    services.deliver(message.pk)

    assert reread(message).status == MessageStatus.QUEUED
    assert reread(message).next_try_at == clock.now() + timedelta(seconds=30)
    assert not services.sweep()

    with time_machine.travel(clock.now() + timedelta(seconds=31), tick=False):
        assert services.sweep()
    assert len(aero.sent) == 1
    assert reread(message).status == MessageStatus.SENT


@time_machine.travel(START, tick=False)
@pytest.mark.parametrize(
    ("attempts", "pause"),
    [(0, timedelta(seconds=30)), (3, timedelta(minutes=4)), (15, timedelta(hours=3))],
)
def test_pauses_grow_up_to_three_hours(queued, aero, down, attempts, pause):
    message = queued()
    Message.objects.update(attempts=attempts)
    aero.answers = [down]

    services.deliver(message.pk)

    assert reread(message).next_try_at == clock.now() + pause


@time_machine.travel(START, tick=False)
def test_next_try_is_not_later_than_the_end_of_its_use(queued, aero, down):
    message = queued()
    end = clock.now() + timedelta(seconds=10)
    Message.objects.update(expires_at=end)
    aero.answers = [down]

    services.deliver(message.pk)

    assert reread(message).next_try_at == end


def test_refused_message_ends_as_failed_with_the_operators_reason(queued, aero):
    message = queued()
    aero.answers = [refusal("Validation error. 79161234567")]

    services.deliver(message.pk)

    assert reread(message).status == MessageStatus.FAILED
    assert reread(message).reason == "Validation error. …"


def test_empty_account_is_an_alarm_and_the_message_waits(queued, aero, caplog):
    message = queued()
    aero.answers = [refusal("no credits")]

    services.deliver(message.pk)

    assert reread(message).status == MessageStatus.QUEUED
    assert levels(caplog) == ["WARNING", "ERROR"]


def test_message_sent_again_after_silence_says_that_it_may_have_come_twice(queued, aero, down):
    message = queued()
    aero.answers = [down]

    services.deliver(message.pk)
    services.deliver(message.pk)

    assert reread(message).status == MessageStatus.SENT
    assert reread(message).reason == outcomes.SENT_AGAIN


def test_too_many_attempts_end_as_failed(queued, aero):
    message = queued()
    Message.objects.update(attempts=composing.ATTEMPTS)

    services.deliver(message.pk)

    assert (reread(message).status, reread(message).reason) == ("failed", composing.TOO_OFTEN)
    assert aero.sent == []


# --- ends before the operator is asked


def test_what_is_no_longer_true_is_dropped(queued, aero, world):
    message = queued()
    world.true = False

    services.deliver(message.pk)

    assert (reread(message).status, reread(message).reason) == ("dropped", composing.NOT_TRUE)
    assert aero.sent == []


@pytest.mark.parametrize(("asked", "end"), [(False, "dropped"), (True, "unknown")])
def test_wrong_words_do_not_go_after_the_apology_for_them(queued, aero, asked, end):
    message = queued()
    Message.objects.update(taken_back_at=clock.now(), taken_possible=asked)

    services.deliver(message.pk)

    assert reread(message).status == end
    assert aero.sent == []


def test_what_is_too_late_expires(queued, aero):
    message = queued()

    with time_machine.travel(clock.now() + timedelta(days=2)):
        services.deliver(message.pk)

    assert (reread(message).status, reread(message).reason) == ("expired", composing.TOO_LATE)
    assert reread(message).text == "Application 7, said in en."  # the cabinet shows it
    assert aero.sent == []


def test_what_is_too_late_and_no_longer_true_is_dropped_without_a_word(queued, aero, world):
    message = queued()
    world.true = False

    with time_machine.travel(clock.now() + timedelta(days=2)):
        services.deliver(message.pk)

    assert (reread(message).status, reread(message).text) == ("dropped", "")


def test_what_an_operator_may_have_is_not_called_unsent_when_its_time_is_over(queued, aero, down):
    message = queued()
    aero.answers = [down]
    services.deliver(message.pk)

    with time_machine.travel(clock.now() + timedelta(days=2)):
        services.deliver(message.pk)

    assert (reread(message).status, reread(message).reason) == ("unknown", outcomes.MAY_HAVE_COME)
    assert reread(message).provider == "smsaero"


def test_what_an_operator_may_have_is_not_called_unsent_when_it_is_no_longer_true(
    queued, aero, down, world
):
    message = queued()
    aero.answers = [down]
    services.deliver(message.pk)

    world.true = False
    services.deliver(message.pk)

    assert (reread(message).status, reread(message).reason) == ("unknown", outcomes.MAY_HAVE_COME)
    assert reread(message).provider == "smsaero"


def test_what_an_operator_may_have_is_not_called_unsent_when_it_was_switched_off(
    queued, aero, down, news
):
    message = queued()
    aero.answers = [down]
    services.deliver(message.pk)

    services.choose_channel(person_id=70, topic=news.topic, channel="sms", on=False)
    services.deliver(message.pk)

    assert (reread(message).status, reread(message).failure) == ("unknown", "")
    assert aero.sent == []


def test_what_an_operator_may_have_is_asked_for_again_at_the_number_that_it_has(
    queued, aero, down, world
):
    message = queued()
    aero.answers = [down]
    services.deliver(message.pk)
    world.addresses = (FIXED,)

    services.deliver(message.pk)

    assert [one["number"] for one in aero.sent] == [PHONE.removeprefix("+")]
    assert reread(message).address == PHONE


def test_what_was_surely_not_taken_goes_to_the_new_number(queued, aero, world):
    message = queued()
    aero.answers = [aero_json("{}", 429)]
    services.deliver(message.pk)
    world.addresses = (FIXED,)

    services.deliver(message.pk)

    assert (reread(message).status, reread(message).address) == ("sent", FIXED)


def test_person_without_a_phone_keeps_the_text_for_the_cabinet(queued, aero, world):
    message = queued()
    world.addresses = ()

    services.deliver(message.pk)

    assert (reread(message).status, reread(message).reason) == ("failed", composing.NO_PHONE)
    assert reread(message).text == "Application 7, said in en."


def test_event_that_nobody_knows_any_more_is_an_alarm(queued, aero, caplog):
    message = queued()
    Message.objects.update(event="tests.gone")

    services.deliver(message.pk)

    assert (reread(message).status, reread(message).reason) == ("failed", composing.NO_EVENT)
    assert levels(caplog) == ["ERROR"]


def test_our_own_error_is_tried_five_times_and_tells_no_secrets(queued, aero, world, caplog):
    message = queued()
    world.error = ValueError(f"row of {PHONE}")

    for _ in range(4):
        services.deliver(message.pk)
    assert reread(message).status == MessageStatus.QUEUED
    services.deliver(message.pk)

    assert (reread(message).status, reread(message).reason) == ("failed", composing.OUR_ERROR)
    assert "ValueError" in caplog.text
    assert PHONE not in caplog.text
