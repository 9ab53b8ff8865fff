from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction

from common import clock
from notifications import services
from notifications.models import EarlyReceipt, Lane, Message, MessageStatus
from notifications.services import claiming, sweeping
from notifications.services.outcomes import SENT_AGAIN
from tests.at_once import ended_or_waiting_for_us


@pytest.fixture
def woken(monkeypatch):
    """The lanes that the workers were woken for."""
    lanes = []
    monkeypatch.setattr(sweeping, "wake", lanes.append)
    return lanes


def change(message, **fields):
    Message.objects.filter(pk=message.pk).update(**fields)


def test_due_rows_wake_both_workers(queued, woken):
    queued()

    assert services.sweep()
    assert woken == [Lane.AWAITED, Lane.BULK]


def test_nobody_is_woken_when_nothing_is_due(queued, woken):
    later, taken = queued(key="later"), queued(key="taken")
    in_a_minute = clock.now() + timedelta(minutes=1)
    change(later, next_try_at=in_a_minute)
    change(taken, status="sending", lease_until=in_a_minute)

    assert not services.sweep()
    assert woken == []


@pytest.mark.parametrize(("asked", "reason"), [(True, SENT_AGAIN), (False, "")])
def test_row_of_a_dead_worker_waits_again(queued, woken, asked, reason):
    """When an operator was asked before the end, the message may come twice and says so."""
    message = queued()
    dead = clock.now() - timedelta(seconds=1)
    change(message, status="sending", lease_until=dead, provider="smsru", taken_possible=asked)

    assert services.sweep()

    message.refresh_from_db()
    assert (message.status, message.reason) == ("queued", reason)
    assert (message.provider, message.taken_possible) == ("smsru", asked)


def test_expired_row_comes_to_its_end(queued, aero, worker):
    message = queued()
    change(message, expires_at=clock.now())

    services.sweep()

    message.refresh_from_db()
    assert message.status == MessageStatus.EXPIRED


@pytest.mark.parametrize(("hours", "status"), [(23, "sent"), (25, "unknown")])
def test_handed_over_without_a_receipt_for_a_day_is_unknown(queued, woken, hours, status):
    message = queued()
    change(message, status="sent", sent_at=clock.now() - timedelta(hours=hours))

    services.sweep()

    message.refresh_from_db()
    assert message.status == status


def test_receipts_that_met_nobody_are_forgotten_after_a_day(db, woken):
    for number, hours in [("old", 25), ("new", 23)]:
        receipt = EarlyReceipt.objects.create(provider="smsaero", reference=number, code="1")
        EarlyReceipt.objects.filter(pk=receipt.pk).update(
            received_at=clock.now() - timedelta(hours=hours)
        )

    services.sweep()

    assert [receipt.reference for receipt in EarlyReceipt.objects.all()] == ["new"]


@pytest.fixture
def abandoned(transactional_db, news, woken):
    """A row whose worker died."""
    message = services.queue(news, 7, key="a")
    change(message, status="sending", lease_until=clock.now() - timedelta(seconds=1))
    return message


def taken_back_by_two() -> tuple[int, list[int], list[int]]:
    """By us, by another sweep before we commit, and by it after that."""
    other = []

    def second():
        try:
            other.append(claiming.take_back("again"))
        finally:
            connection.close()

    thread = Thread(target=second)
    with transaction.atomic():
        mine = claiming.take_back("again")
        thread.start()
        ended_or_waiting_for_us(thread)
        in_time = list(other)
    thread.join(timeout=10)
    return mine, in_time, other


@pytest.mark.usefixtures("abandoned")
def test_two_sweeps_at_once_take_back_a_row_once():
    assert taken_back_by_two() == (1, [0], [0])  # it does not wait for our lock


@pytest.mark.usefixtures("abandoned")
def test_twin_where_locked_rows_are_not_skipped_the_second_sweep_takes_it_back_again(monkeypatch):
    careless = claiming.TAKE_BACK.replace("FOR UPDATE SKIP LOCKED", "")
    monkeypatch.setattr(claiming, "TAKE_BACK", careless)

    assert taken_back_by_two() == (1, [], [1])
