"""Secrets are sealed and go; one run has a row, whoever comes late."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from cryptography.fernet import Fernet
from django.db import connection

from common import clock
from notifications import services
from notifications.models import Message, MessageStatus
from notifications.services import composing, delivery, weights
from notifications.wire import Wire
from tests.notifications.conftest import levels, refusal, reread

TAKEN = (200, b'{"success": true, "data": {"id": 1}}')


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
            aero.answers = [refusal("reject")]
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
