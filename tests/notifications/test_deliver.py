"""What is promised leaves after its cause, once, in the right words."""

import pytest
import time_machine
from django.db import connection, transaction
from kombu.exceptions import OperationalError

from common import clock, hints
from notifications import services, tasks
from notifications.models import Message, MessageStatus
from notifications.wire import Wire
from tests.notifications.conftest import FIXED, PHONE, reread

TAKEN = (200, b'{"success": true, "data": {"id": 1}}')
START = "2026-02-14 09:00:00+00:00"


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
