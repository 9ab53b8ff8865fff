"""Whoever begins a task of a queue says that it is read; where nobody does, there is an alarm."""

import logging
import time

from common import clock
from journal.models import QUEUES, Heartbeat
from journal.services import beat, finish_run, start_run

JOB = "journal.queues"
MARK_SECONDS = 20.0  # one statement so often, however many tasks a process begins
logger = logging.getLogger(__name__)
_marked: dict[str, float] = {}


def mark(queue: str) -> None:
    """A task of this queue begins: any of them, so that a queue full of work is not called dead."""
    now = time.monotonic()
    if queue in QUEUES and now - _marked.get(queue, -MARK_SECONDS) >= MARK_SECONDS:
        beat(name=queue)
        _marked[queue] = now


def watch() -> int:
    """Raise one alarm for each queue and each silence, whoever asks and however often.

    A queue that nobody ever read begins to be silent with the first look.
    """
    for queue in QUEUES:
        Heartbeat.objects.get_or_create(name=queue, defaults={"seen_at": clock.now()})
    return sum(_alarm(row) for row in Heartbeat.objects.silent())


def _alarm(row: Heartbeat) -> bool:
    run = start_run(job=JOB, period=f"{row.name}:{row.seen_at:%Y-%m-%dT%H:%M:%S}")
    if run is None:
        return False
    logger.error("nobody reads the queue %s since %s UTC", row.name, row.seen_at)
    finish_run(run)
    return True
