"""While an operator thinks, no connection of ours holds a transaction."""

import threading

import pytest
from django.db import connection, transaction

from bench.stage import operator
from notifications.services import delivery, queue_many, sending
from notifications.services.sending import let_go_of_the_database
from notifications.wire import Wire
from tests.faults.told import TOLD

ANSWER_MS = 400
HELD = """
SELECT state FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
"""
pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asked(settings, monkeypatch):
    """Set while the operator is asked."""
    event, real = threading.Event(), Wire.post_all

    def post_all(*args):
        event.set()
        return real(*args)

    monkeypatch.setattr(Wire, "post_all", post_all)
    monkeypatch.setattr("notifications.services.hints.wake", lambda lane: None)
    with operator.answering(ANSWER_MS) as stub:
        settings.SMS_PROVIDERS, settings.SMS_QUIET = ["smsaero"], ""
        settings.SMS_AERO_URL = stub.url
        yield event


def held_meanwhile(asked: threading.Event, send) -> list[str]:
    """The states of transactions that are open beside ours while the operator is asked."""
    queue_many(TOLD, [(1, None, "waits:1")])
    worker = threading.Thread(target=send)
    worker.start()
    assert asked.wait(10)
    with connection.cursor() as cursor:
        cursor.execute(HELD)
        found = [state for [state] in cursor.fetchall()]
    assert worker.is_alive()  # it was asked while the operator had not answered yet
    worker.join()
    return found


def drain_and_close() -> None:
    delivery.drain()
    connection.close()


def test_no_transaction_is_open_while_an_operator_is_asked(asked):
    assert held_meanwhile(asked, drain_and_close) == []


def test_the_twin_within_a_transaction_one_would_be(asked, monkeypatch):
    monkeypatch.setattr(sending, "let_go_of_the_database", lambda: None)

    def within() -> None:
        with transaction.atomic():
            delivery.drain()
        connection.close()

    assert held_meanwhile(asked, within) == ["idle in transaction"]


def test_whoever_asks_within_a_transaction_is_refused():
    with transaction.atomic(), pytest.raises(RuntimeError):
        let_go_of_the_database()
