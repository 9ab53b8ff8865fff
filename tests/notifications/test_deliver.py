from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.db import connection, transaction
from kombu.exceptions import OperationalError

from common import clock, hints
from notifications import services, tasks
from notifications.models import Message, MessageStatus
from notifications.services import composing, delivery, outcomes, weights
from notifications.wire import Wire
from tests.notifications.conftest import FIXED, PHONE, aero_json

TAKEN = (200, b'{"success": true, "data": {"id": 1}}')
START = "2026-02-14 09:00:00+00:00"


def reread(message):
    return Message.objects.get(pk=message.pk)


def levels(caplog):
    ours = [record for record in caplog.records if record.name.startswith("notifications")]
    return [record.levelname for record in ours]


# --- promising


def test_one_key_is_one_message(queued):
    assert queued(key="a").pk == queued(key="a").pk
    assert queued(key="b").pk != queued(key="a").pk


def test_message_knows_its_person_from_the_start(queued):
    assert queued(subject_id=7).person_id == 70


def test_nothing_is_promised_when_the_cause_is_rolled_back(db, news):
    with transaction.atomic():
        services.queue(news, 7, key="a")
        transaction.set_rollback(True)

    assert not Message.objects.exists()


def test_message_leaves_after_the_commit_and_not_before(
    queued, aero, worker, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        message = queued()
        assert aero.sent == []

    assert [sms["number"] for sms in aero.sent] == ["79161234567"]
    assert reread(message).status == MessageStatus.SENT


def test_second_promise_of_one_key_sends_nothing_more(
    queued, aero, worker, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        queued(key="a")
        queued(key="a")

    assert len(aero.sent) == 1


@pytest.mark.django_db(transaction=True)
def test_dead_broker_harms_neither_the_cause_nor_the_message(news, aero, worker, monkeypatch):
    monkeypatch.setattr(hints._Broker, "deaf_until", 0.0)
    monkeypatch.setattr(hints, "DEAF_SECONDS", 0)
    with monkeypatch.context() as broken:
        broken.setattr(tasks.drain, "delay", _no_broker)
        with transaction.atomic():
            message = services.queue(news, 7, key="a")

    assert reread(message).status == MessageStatus.QUEUED
    tasks.sweep.delay()
    assert len(aero.sent) == 1
    assert reread(message).status == MessageStatus.SENT


def _no_broker(*args):
    raise OperationalError("no broker")


# --- the way to the operator


@time_machine.travel(START, tick=False)
def test_delivered_message_says_what_was_sent_to_whom_and_when(queued, aero):
    message = queued()

    services.deliver(message.pk)

    message = reread(message)
    assert message.text == "Application 7, said in en."
    assert aero.sent[0]["text"] == message.text
    assert (message.address, message.language, message.person_id) == (PHONE, "en", 70)
    assert (message.provider, message.provider_reference) == ("smsaero", "1001")
    assert (message.status, message.sent_at, message.attempts) == ("sent", clock.now(), 1)


def test_task_that_runs_twice_sends_once(queued, aero):
    message = queued()

    services.deliver(message.pk)
    services.deliver(message.pk)

    assert len(aero.sent) == 1
    assert reread(message).attempts == 1


def test_message_that_is_gone_is_no_error(db, aero):
    services.deliver(404)

    assert aero.sent == []


def test_own_number_of_the_message_is_the_same_at_every_attempt(queued, aero, httpserver, down):
    message = queued()
    aero.answers = [down]

    services.deliver(message.pk)
    services.deliver(message.pk)

    first, second = [request.get_json()["reference"] for request, _ in httpserver.log]
    assert first == second
    assert first.startswith(f"{message.pk}-")


def test_certain_address_wins_over_those_of_the_person(queued, aero):
    message = queued(address=FIXED)

    services.deliver(message.pk)

    assert aero.sent[0]["number"] == FIXED.removeprefix("+")
    assert reread(message).address == FIXED


def test_words_are_in_the_recipients_language(queued, aero, month, world):
    message = queued(month)
    world.language = "ru"

    services.deliver(message.pk)

    assert reread(message).text == "Январь"


@pytest.mark.parametrize(
    ("language", "latin", "said"),
    [
        ("uz-cyrl", True, "Yanvar"),
        ("uz", False, "Yanvar"),
        ("tg", False, "Январ"),
        ("tg", True, "Yanvar"),
        ("ru", True, "Yanvar"),
        ("uk", True, "Sichen"),
    ],
)
def test_words_are_in_the_letters_that_the_person_reads(
    queued, aero, month, world, language, latin, said
):
    world.language, world.latin = language, latin
    message = queued(month)

    services.deliver(message.pk)

    assert aero.sent[0]["text"] == said


def test_truth_is_read_when_sent_and_not_when_promised(queued, aero, world):
    message = queued()
    world.addresses = (FIXED, PHONE)

    services.deliver(message.pk)

    assert aero.sent[0]["number"] == FIXED.removeprefix("+")


@pytest.mark.django_db(transaction=True)
def test_no_database_connection_waits_for_the_operator(news, monkeypatch):
    message = services.queue(news, 7, key="a")
    seen = []

    def post_all(wire, requests):
        seen.append(connection.connection)
        return [TAKEN for _request in requests]

    monkeypatch.setattr(Wire, "post_all", post_all)
    services.deliver(message.pk)

    assert seen == [None]
    assert reread(message).status == MessageStatus.SENT


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
    aero.answers = [_refusal("Validation error. 79161234567")]

    services.deliver(message.pk)

    assert reread(message).status == MessageStatus.FAILED
    assert reread(message).reason == "Validation error. …"


def _refusal(words):
    return aero_json(f'{{"success": false, "data": null, "message": "{words}"}}')


def test_empty_account_is_an_alarm_and_the_message_waits(queued, aero, caplog):
    message = queued()
    aero.answers = [_refusal("no credits")]

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


# --- secrets


def test_secret_is_sealed_while_it_waits_and_gone_once_handed_over(queued, aero, password):
    message = queued(password, secret="tikhiy-les")
    assert "tikhiy-les" not in str(vars(reread(message)))

    services.deliver(message.pk)

    assert aero.sent[0]["text"] == "Password: tikhiy-les"
    assert reread(message).secret == ""
    assert reread(message).text == f"Password: {composing.DOTS}"


def test_secret_survives_until_the_operator_is_back(queued, aero, password, down):
    message = queued(password, secret="tikhiy-les")
    aero.answers = [down]

    services.deliver(message.pk)
    services.deliver(message.pk)

    assert aero.sent[0]["text"] == "Password: tikhiy-les"


@pytest.mark.parametrize("end", ["dropped", "expired", "no phone", "refused", "unknown event"])
def test_secret_is_gone_at_every_other_end(queued, aero, password, world, end):
    message = queued(password, secret="tikhiy-les")
    match end:
        case "dropped":
            world.true = False
        case "expired":
            Message.objects.update(expires_at=clock.now())
        case "no phone":
            world.addresses = ()
        case "refused":
            aero.answers = [_refusal("reject")]
        case "unknown event":
            Message.objects.update(event="tests.gone")

    services.deliver(message.pk)

    assert reread(message).status in {"dropped", "expired", "failed"}
    assert reread(message).secret == ""
    assert aero.sent == []


def test_secret_sealed_with_a_lost_key_ends_as_failed(queued, aero, password, settings):
    message = queued(password, secret="tikhiy-les")
    settings.SEALING_KEYS = [Fernet.generate_key()]

    services.deliver(message.pk)

    assert (reread(message).status, reread(message).reason) == ("failed", composing.NO_SECRET)


# --- leases and races


def test_run_that_lost_its_lease_before_the_call_asks_nobody(queued, aero, monkeypatch):
    message = queued()
    current = weights.current

    def slow():
        Message.objects.update(lease_until=clock.now() + timedelta(hours=1))
        return current()

    monkeypatch.setattr(weights, "current", slow)
    services.deliver(message.pk)

    assert aero.sent == []
    assert reread(message).status == MessageStatus.SENDING


def test_living_lease_is_left_alone(queued, aero):
    message = queued()
    _claimed_until(clock.now() + timedelta(seconds=5))

    services.deliver(message.pk)

    assert aero.sent == []


def test_row_of_a_dead_worker_is_taken_over(queued, aero):
    message = queued()
    _claimed_until(clock.now() - timedelta(seconds=1))

    services.deliver(message.pk)

    assert len(aero.sent) == 1
    assert reread(message).status == MessageStatus.SENT


def _claimed_until(instant):
    Message.objects.update(status=MessageStatus.SENDING, lease_until=instant)


def test_run_that_lost_its_lease_does_not_touch_the_row(queued, aero, monkeypatch, caplog):
    message = queued()
    later = clock.now() + timedelta(hours=1)

    def slow(wire, requests):
        Message.objects.update(lease_until=later)
        return [TAKEN for _request in requests]

    monkeypatch.setattr(Wire, "post_all", slow)
    services.deliver(message.pk)

    assert (reread(message).status, reread(message).lease_until) == ("sending", later)
    assert levels(caplog) == ["ERROR"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_sms(news, aero):
    message = services.queue(news, 7, key="a")

    _at_once(services.drain)

    assert len(aero.sent) == 1
    assert reread(message).status == MessageStatus.SENT


@pytest.mark.django_db(transaction=True)
def test_without_the_claim_two_workers_send_two(news, aero):
    """The twin: reading and then writing lets both through, so the claim is what protects."""
    services.queue(news, 7, key="a")
    both_have_read, lease = Barrier(2), clock.now() + timedelta(hours=1)
    both_are_asking = Barrier(2)  # else the quicker one has settled before the other one asks
    aero.before_answer = lambda: both_are_asking.wait(timeout=4)

    def read_then_write():
        rows = list(Message.objects.filter(status=MessageStatus.QUEUED))
        both_have_read.wait(timeout=10)
        for row in rows:
            row.status, row.lease_until = MessageStatus.SENDING, lease
            row.save()
        return rows

    def one_batch():
        with Wire() as wire:
            delivery._hand_over(wire, read_then_write)

    _at_once(one_batch)

    assert len(aero.sent) == 2


def _at_once(work, *args):
    start = Barrier(2)

    def run():
        try:
            start.wait(timeout=10)
            work(*args)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
