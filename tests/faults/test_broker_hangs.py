"""A broker that takes connections and says nothing: a stopped process, a full memory."""

from time import monotonic

import pytest
import redis
from kombu.exceptions import OperationalError

from common import hints
from mmc_portal.celery import Portal
from mmc_portal.local import valkey


@pytest.fixture(scope="module")
def broker(tmp_path_factory):
    folder = tmp_path_factory.mktemp("broker")
    url = valkey.start(folder)
    yield url, valkey._process(folder / "valkey")
    valkey.stop(folder)


@pytest.fixture
def task(broker, monkeypatch):
    """One task of a Celery of its own, made as ours is."""
    url, _process = broker
    app = Portal("trial", set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.update(broker_url=url, task_always_eager=False)
    monkeypatch.setattr(hints._Broker, "deaf_until", 0.0)
    yield app.task(name="trial.nothing")(nothing)
    app.close()


def nothing() -> None:
    """What nobody carries out: no worker reads this broker."""


@pytest.fixture
def stopped(broker):
    _url, process = broker
    process.suspend()
    yield process
    process.resume()


def waiting(url) -> int:
    with redis.from_url(url) as client:
        return client.llen("celery")


def test_broker_that_hangs_holds_a_page_two_seconds_and_the_next_hint_not_at_all(task, stopped):
    began = monotonic()
    with pytest.raises(OperationalError):
        hints.hint(task)
    first = monotonic() - began
    began = monotonic()
    hints.hint(task)

    assert first < 3  # on a busy machine; with the timeout of the workers it is five
    assert monotonic() - began < 0.1


def test_broker_that_is_back_is_told_again(task, broker, stopped, monkeypatch):
    url, _process = broker
    with pytest.raises(OperationalError):
        hints.hint(task)
    stopped.resume()
    before = waiting(url)  # it may have read what we gave up
    hints.hint(task)
    assert waiting(url) == before
    monkeypatch.setattr(hints._Broker, "deaf_until", monotonic() - 1)
    hints.hint(task)

    assert waiting(url) == before + 1


def test_full_broker_is_no_answer_either(task, broker):
    url, _process = broker
    with redis.from_url(url) as client:
        client.config_set("maxmemory", "1mb")
        try:
            with pytest.raises(OperationalError):
                hints.hint(task)
        finally:
            client.config_set("maxmemory", "0")
