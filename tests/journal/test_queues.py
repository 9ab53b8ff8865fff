"""A worker of one queue may die alone: the staff learn it, once."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command

from common import clock
from desk.waiting import KINDS
from journal import queues, services, tasks
from journal.models import QUEUES, Heartbeat
from mmc_portal.celery import _somebody_reads_the_queue
from tests.checks.test_schedule import queues_of_workers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_marked(monkeypatch):
    monkeypatch.setattr(queues, "_marked", {})


class Begun:
    """A task as the signal of Celery shows it."""

    def __init__(self, queue: str, *, is_eager: bool = False):
        self.request = self
        self.is_eager = is_eager
        self.delivery_info = {"exchange": "", "routing_key": queue}


def silent() -> list[str]:
    return sorted(Heartbeat.objects.silent().values_list("name", flat=True))


def all_but(dead: str) -> None:
    for queue in QUEUES:
        if queue != dead:
            services.beat(name=queue)


def test_every_queue_is_watched_and_spoken_into():
    entries = settings.CELERY_BEAT_SCHEDULE.values()
    here = {one["options"]["queue"] for one in entries if one["task"] == tasks.here.name}

    assert set(QUEUES) == queues_of_workers()
    assert here | {"celery"} == set(QUEUES)  # there stands the beat of `readyz`


@pytest.mark.parametrize("dead", QUEUES)
def test_a_dead_worker_of_one_queue_is_noticed(dead):
    queues.watch()

    with time_machine.travel(clock.now() + QUEUES[dead] + timedelta(seconds=1)):
        all_but(dead)

        assert silent() == [dead]


@pytest.mark.parametrize("queue", QUEUES)
def test_whatever_begins_in_a_queue_says_that_it_is_read(queue):
    _somebody_reads_the_queue(task=Begun(queue))

    assert Heartbeat.objects.get().name == queue


def test_what_runs_inside_another_process_says_nothing():
    _somebody_reads_the_queue(task=Begun("imports", is_eager=True))
    _somebody_reads_the_queue(task=Begun("unknown"))

    assert not Heartbeat.objects.exists()


def test_a_thousand_tasks_write_once(django_assert_num_queries):
    queues.mark("codes")

    with django_assert_num_queries(0):
        for _task in range(1000):
            queues.mark("codes")


def test_there_is_one_alarm_for_one_silence(caplog):
    queues.watch()
    with (
        time_machine.travel(clock.now() + timedelta(minutes=31)),
        caplog.at_level(logging.ERROR),
    ):
        all_but("imports")
        tasks.watch_queues()
        tasks.watch_queues()

    assert [row.getMessage().split(" since ")[0] for row in caplog.records] == [
        "nobody reads the queue imports"
    ]


def test_the_command_of_cron_ends_with_one(capsys):
    queues.watch()
    call_command("check_workers")

    with time_machine.travel(clock.now() + timedelta(minutes=6)), pytest.raises(SystemExit):
        call_command("check_workers")
    assert "nobody reads codes since" in capsys.readouterr().err


def test_the_start_page_counts_it():
    queues.watch()
    [work] = [one for one in KINDS if one.permission == "journal.view_heartbeat"]

    with time_machine.travel(clock.now() + timedelta(minutes=31)):
        all_but("imports")
        row = Heartbeat.objects.get(name="imports")

        assert work.address.endswith(f"?id__in={row.pk}")
