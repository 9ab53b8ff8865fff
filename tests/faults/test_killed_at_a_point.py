"""A worker dies at the worst moments of a batch: each message comes all the same, and once."""

import os
import signal
from collections import Counter
from datetime import timedelta
from itertools import count, islice

import pytest
from django.db import connections

from bench.stage import operator
from common import clock
from notifications.models import Message, MessageStatus
from notifications.services import delivery, queue_many, sending
from notifications.wire import Wire
from tests.faults.told import TOLD

MESSAGES = 12
NUMBERS = count()  # each test's messages have words of their own: the operators outlive it
pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def stub():
    with operator.answering(0) as stub:
        yield stub


@pytest.fixture(autouse=True)
def promised(stub, settings, monkeypatch):
    """News that are due, two operators that know our numbers, and nobody who wakes a worker."""
    settings.SMS_PROVIDERS = settings.SMS_TAKES_REFERENCE = ["smsaero", "smsru"]
    settings.SMS_AERO_URL, settings.SMS_RU_URL = stub.url, f"{stub.url}/ru"
    settings.SMS_QUIET = ""
    monkeypatch.setattr("notifications.services.hints.wake", lambda lane: None)
    some = islice(NUMBERS, MESSAGES)
    queue_many(TOLD, [(pk, None, f"point:{pk}") for pk in some])


def die(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)


def after(owner, name: str):
    """The process dies when this has returned."""

    def arrange() -> None:
        real = getattr(owner, name)

        def last(*args, **more):
            real(*args, **more)
            die()

        setattr(owner, name, last)

    return arrange


def before_the_result_is_written() -> None:
    real = delivery.end

    def end(outcomes):
        return (
            die() if any(one.status == MessageStatus.SENT for one in outcomes) else real(outcomes)
        )

    delivery.end = end


POINTS = {
    "the lease is claimed": after(delivery, "_claim"),
    "the operator is written": after(sending, "_pin"),
    "the operator has answered": after(Wire, "post_all"),
    "before the result is written": before_the_result_is_written,
}


def a_worker_dies(arrange) -> None:
    """A process of its own begins to send and is gone; its lease runs out."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        arrange()
        delivery.drain()
        os._exit(0)
    _pid, how = os.waitpid(child, 0)
    assert os.WTERMSIG(how) == signal.SIGKILL
    left = Message.objects.filter(status=MessageStatus.SENDING)
    assert left.update(lease_until=clock.now() - timedelta(seconds=1)) == MESSAGES


def came(stub) -> Counter:
    """What arrived by now, by its words: an operator sends one SMS for one number of ours."""
    mine = {f"Message {pk}" for pk in Message.objects.values_list("subject_id", flat=True)}
    sms = {(one["operator"], one["reference"]): one["text"] for one in stub.taken()}
    return Counter(text for text in sms.values() if text in mine)


@pytest.mark.parametrize("point", POINTS)
def test_each_message_comes_once_wherever_the_worker_dies(stub, point):
    a_worker_dies(POINTS[point])

    delivery.drain()

    assert set(came(stub).values()) == {1}
    assert Message.objects.filter(status=MessageStatus.SENT).count() == MESSAGES


def test_where_nobody_writes_who_is_asked_both_operators_send(stub, monkeypatch):
    """The twin: whoever takes over does not know which of them may have it."""
    monkeypatch.setattr(sending, "_pin", lambda going: going)
    monkeypatch.setattr("notifications.providers.choose", _another_of_each_process())
    a_worker_dies(POINTS["the operator has answered"])

    delivery.drain()

    assert set(came(stub).values()) == {2}


def _another_of_each_process():
    ours = os.getpid()
    return lambda *_weights, **_more: "smsru" if os.getpid() == ours else "smsaero"
