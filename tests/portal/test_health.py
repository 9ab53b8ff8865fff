"""What machines ask: is the process up, are its neighbours there."""

from datetime import timedelta

import pytest
import time_machine
from celery import Celery

from common import clock
from journal import services
from mmc_portal import health


def test_the_process_answers_without_a_database(client):
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_when_all_are_there(client):
    services.beat(name=services.WORKER)

    assert client.get("/readyz").json() == {"missing": []}


@pytest.mark.django_db
def test_a_worker_not_seen_for_minutes_is_missing(client):
    services.beat(name=services.WORKER)

    with time_machine.travel(clock.now() + timedelta(minutes=3)):
        answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"missing": ["worker"]}


def test_a_broker_that_does_not_answer_is_not_ready():
    # Not the current application: the tasks of every later test would go to the dead broker.
    assert not health.answers(Celery(broker="redis://127.0.0.1:1/0", set_as_current=False))
