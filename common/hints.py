"""Telling the workers that there is work: never the only way, a sweep finds what was not told.

A broker that hangs takes the whole wait from whoever stands before the page, at each hint.
"""

from time import monotonic

from celery import Task
from kombu.exceptions import OperationalError

DEAF_SECONDS = 5  # less than a sweep's turn


class _Broker:
    deaf_until = 0.0


def hint(task: Task, *args) -> None:
    """Raises OperationalError where the broker does not take it; for some seconds after that this
    process tells nothing, and nobody waits."""
    if monotonic() < _Broker.deaf_until:
        return
    try:
        task.delay(*args)
    except OperationalError:
        _Broker.deaf_until = monotonic() + DEAF_SECONDS
        raise
