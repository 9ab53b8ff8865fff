"""Workers are killed in the midst of sending, the broker is killed and emptied: no message is lost,
and with an operator that knows our numbers nobody gets one twice."""

import random
import time
from collections import Counter
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from bench.stage import operator
from mmc_portal.local import servers
from notifications.models import Message, MessageStatus
from notifications.services import queue_many
from notifications.services.outcomes import SENT_AGAIN
from tests.faults.told import TOLD
from tests.faults.workers import Broker, Workers

ANSWER_MS = 100
LONGEST_QUIET_SECONDS = 60  # after the last kill: whatever is left comes to its end within a minute


@pytest.fixture
def broker(tmp_path):
    broker = Broker(tmp_path)
    yield broker
    broker.stop()


@pytest.fixture
def stub():
    with operator.answering(ANSWER_MS) as stub:
        yield stub


@pytest.fixture
def workers(db, transactional_db, broker, stub, tmp_path):
    url = urlsplit(servers.database_url())._replace(path=f"/{connection.settings_dict['NAME']}")
    workers = Workers(tmp_path, database=urlunsplit(url), broker=broker.url, operator=stub.url)
    yield workers
    workers.kill_all()


@pytest.fixture(autouse=True)
def _no_hints_of_ours(monkeypatch):
    """The test's own process has no broker: the sweep of the workers finds what is promised."""
    monkeypatch.setattr("notifications.services.hints.wake", lambda lane: None)


@pytest.mark.fault
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("messages", "kills", "pause"),
    [(300, 8, 0.5), pytest.param(10_000, 200, 1.0, marks=pytest.mark.long)],
)
def test_no_message_is_lost_and_none_comes_twice(workers, broker, stub, messages, kills, pause):
    chance = random.Random(7)
    _wait(lambda: stub.taken(), workers, before=lambda: _promise(0, 10))

    for step in range(kills):
        _promise(10 + step * messages // kills, 10 + (step + 1) * messages // kills)
        time.sleep(pause * chance.uniform(0.5, 1))
        _hurt(step, kills, workers, broker, chance)
        workers.look_after()
    _wait(_all_ended, workers)

    _judge(messages + 10, stub.taken())


def _hurt(step: int, kills: int, workers: Workers, broker: Broker, chance) -> None:
    if step == kills // 2:
        broker.flush()
    if step % 20 == 5:
        broker.restart()
    if step % 10 == 7:
        workers.kill_all()
    else:
        workers.kill_one(chance)


def _promise(first: int, last: int) -> None:
    queue_many(TOLD, [(pk, None, f"killed:{pk}") for pk in range(first, last)])


def _all_ended() -> bool:
    return not Message.objects.exclude(status=MessageStatus.SENT).exists()


def _wait(done, workers: Workers, *, before=lambda: None) -> None:
    before()
    deadline = time.monotonic() + LONGEST_QUIET_SECONDS
    while not done():
        assert time.monotonic() < deadline, "messages are left"
        workers.look_after()
        time.sleep(0.1)


def _judge(messages: int, requests: list[dict]) -> None:
    """What the operator got is the truth. It sends one SMS for one number of ours; the twin is an
    operator that knows none and sends one for each request."""
    sms = {request["reference"]: request["text"] for request in requests}
    twice = {text for text, count in Counter(r["text"] for r in requests).items() if count > 1}

    assert set(sms.values()) == {f"Message {number}" for number in range(messages)}  # lost: 0
    assert Counter(sms.values()).most_common(1)[0][1] == 1  # sent twice: 0
    assert twice  # the twin: without our numbers these came twice
    said = Message.objects.filter(text__in=twice).values_list("reason", flat=True)
    assert set(said) == {SENT_AGAIN}
