"""Workers are killed in the midst of sending, the broker is killed and emptied, one of two
operators refuses a third of its calls: no message is lost, and with operators that know our numbers
nobody gets one twice, be it from one of them or from both."""

import random
import time
from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from bench.stage import operator
from common import clock
from mmc_portal.local import servers
from notifications.models import Message, MessageStatus
from notifications.services import queue_many
from notifications.services.outcomes import SENT_AGAIN
from tests.faults.told import TOLD
from tests.faults.workers import Broker, Workers

ANSWER_MS = 100
LEASE_SECONDS = 3  # of the workers' settings
LONGEST_QUIET_SECONDS = 60  # after the last kill: whatever is left comes to its end within a minute


@pytest.fixture
def broker(tmp_path):
    broker = Broker(tmp_path)
    yield broker
    broker.stop()


@pytest.fixture
def stub():
    with operator.answering(ANSWER_MS, refuse=3) as stub:
        yield stub


@pytest.fixture
def trial_of():
    """A module that every worker of the trial imports."""
    return ""


@pytest.fixture
def workers(db, transactional_db, broker, stub, tmp_path, trial_of):
    url = urlsplit(servers.database_url())._replace(path=f"/{connection.settings_dict['NAME']}")
    places = {"database": urlunsplit(url), "broker": broker.url, "operator": stub.url}
    workers = Workers(tmp_path, **places, of=trial_of)
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
    _trial(workers, broker, stub, messages, kills, pause)

    _judge(messages + 10, stub.taken())


@pytest.mark.fault
@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("trial_of", ["tests.faults.pinned_nowhere"])
def test_where_nobody_writes_who_is_asked_both_operators_send(workers, broker, stub):
    _trial(workers, broker, stub, 600, 16, 0.5)

    assert Counter(_sms(stub.taken()).values()).most_common(1)[0][1] == 2


def _trial(workers: Workers, broker: Broker, stub, messages: int, kills: int, pause: float) -> None:
    chance = random.Random(7)
    _wait(lambda: stub.taken(), workers, before=lambda: _promise(0, 10))

    for step in range(kills):
        _promise(10 + step * messages // kills, 10 + (step + 1) * messages // kills)
        _until_busy(pause)
        time.sleep(chance.uniform(0, ANSWER_MS / 1000))
        _hurt(step, kills, workers, broker, chance)
        workers.look_after()
    _wait(_all_ended, workers)


def _until_busy(longest: float) -> None:
    """A kill hurts while a batch is on its way: one that was claimed just now."""
    deadline = time.monotonic() + longest
    lease = timedelta(seconds=LEASE_SECONDS - ANSWER_MS / 1000)
    while time.monotonic() < deadline:
        if Message.objects.filter(status="sending", lease_until__gt=clock.now() + lease).exists():
            return
        time.sleep(0.02)


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


def _sms(requests: list[dict]) -> dict[tuple[str, str], str]:
    """What arrives: one SMS for one number of ours, from each of the operators that was asked."""
    return {(one["operator"], one["reference"]): one["text"] for one in requests}


def _judge(messages: int, requests: list[dict]) -> None:
    """What the operators got is the truth. They send one SMS for one number of ours; the twin is an
    operator that knows none and sends one for each request."""
    sms = _sms(requests)
    twice = {text for text, count in Counter(r["text"] for r in requests).items() if count > 1}

    assert {operator for operator, _reference in sms} == {"smsaero", "smsru"}
    assert set(sms.values()) == {f"Message {number}" for number in range(messages)}  # lost: 0
    assert Counter(sms.values()).most_common(1)[0][1] == 1  # sent twice: 0
    assert twice  # the twin: without our numbers these came twice
    said = Message.objects.filter(text__in=twice).values_list("reason", flat=True)
    assert set(said) == {SENT_AGAIN}
