from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction

from common import clock
from notifications import services
from notifications.models import EarlyReceipt, Message, MessageStatus
from notifications.services import delivery, promises, sweeping


@pytest.fixture
def dispatched(monkeypatch):
    found = []
    monkeypatch.setattr(promises, "dispatch", found.append)
    return found


def test_due_and_abandoned_rows_are_sent_on(queued, dispatched):
    due = queued(key="due")
    dead = queued(key="dead")
    later, taken = queued(key="later"), queued(key="taken")
    now = clock.now()
    change(later, next_try_at=now + timedelta(minutes=1))
    change(dead, status="sending", lease_until=now - timedelta(seconds=1))
    change(taken, status="sending", lease_until=now + timedelta(minutes=1))

    assert services.sweep() == 2
    assert sorted(dispatched) == [due.pk, dead.pk]


def change(message, **fields):
    Message.objects.filter(pk=message.pk).update(**fields)


def test_row_of_a_dead_worker_is_marked_as_perhaps_sent_twice(queued, dispatched):
    message = queued()
    change(message, status="sending", lease_until=clock.now() - timedelta(seconds=1))

    services.sweep()

    message.refresh_from_db()
    assert (message.status, message.reason) == ("queued", delivery.SENT_AGAIN)


def test_next_sweep_leaves_alone_what_is_already_on_its_way(queued, dispatched):
    queued()

    assert services.sweep() == 1
    assert services.sweep() == 0


def test_one_sweep_takes_no_more_than_a_batch(queued, dispatched, monkeypatch):
    monkeypatch.setattr(sweeping, "SWEEP_AT_ONCE", 2)
    for number in range(3):
        queued(key=str(number))

    assert services.sweep() == 2
    assert services.sweep() == 1


def test_expired_row_comes_to_its_end(queued, aero, worker):
    message = queued()
    change(message, expires_at=clock.now())

    services.sweep()

    message.refresh_from_db()
    assert message.status == MessageStatus.EXPIRED


@pytest.mark.parametrize(("hours", "status"), [(23, "sent"), (25, "unknown")])
def test_handed_over_without_a_receipt_for_a_day_is_unknown(queued, dispatched, hours, status):
    message = queued()
    change(message, status="sent", sent_at=clock.now() - timedelta(hours=hours))

    services.sweep()

    message.refresh_from_db()
    assert message.status == status


def test_receipts_that_met_nobody_are_forgotten_after_a_day(db, dispatched):
    for number, hours in [("old", 25), ("new", 23)]:
        receipt = EarlyReceipt.objects.create(provider="smsaero", reference=number, code="1")
        EarlyReceipt.objects.filter(pk=receipt.pk).update(
            received_at=clock.now() - timedelta(hours=hours)
        )

    services.sweep()

    assert [receipt.reference for receipt in EarlyReceipt.objects.all()] == ["new"]


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_take_different_rows(news, dispatched):
    message = services.queue(news, 7, key="a")
    dispatched.clear()
    other = []

    def second():
        try:
            other.append(services.sweep())
        finally:
            connection.close()

    with transaction.atomic():
        mine = sweeping._take_lost(clock.now())
        thread = Thread(target=second)
        thread.start()
        thread.join(timeout=10)  # it does not wait for our lock

        assert (mine, other) == ([message.pk], [0])
