"""Hints to the workers: "there is something to send". PostgreSQL is the queue, Celery only wakes.

One hint a transaction, however many messages it promises; a hint that is lost costs a sweep's turn.
"""

from django.db import connection, transaction

from common.hints import hint
from notifications.models import Channel, Lane


def wake(lane: int) -> None:
    from notifications.tasks import drain, drain_awaited

    hint(drain_awaited if lane == Lane.AWAITED else drain)


def wake_for_letters() -> None:
    from notifications.tasks import drain_letters

    hint(drain_letters)


def wake_after_commit(lane: int, channel: Channel = Channel.SMS) -> None:
    """A dead broker harms nobody's transaction: hence robust."""
    told = _wake_for_awaited if lane == Lane.AWAITED else _wake_for_news
    told = wake_for_letters if channel == Channel.EMAIL else told
    if not any(one[1] is told for one in connection.run_on_commit):
        transaction.on_commit(told, robust=True)


def _wake_for_awaited() -> None:
    wake(Lane.AWAITED)


def _wake_for_news() -> None:
    wake(Lane.NOTICE)
