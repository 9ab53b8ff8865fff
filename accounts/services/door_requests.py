"""What is asked for before the door is written down for every number alike, and done afterwards.

Whether the number is known is not looked up while the asker waits: neither the answer nor its time
can tell. What was typed lies sealed in the row until a worker has done its work and deleted it.
"""

import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from accounts import limits
from accounts.models import DoorRequest
from common import clock
from common.hints import hint
from common.sealing import SealBroken, seal, unseal

logger = logging.getLogger(__name__)

USELESS_AFTER = timedelta(hours=1)
LEFT_BEHIND = timedelta(seconds=20)  # by a worker or a broker that died
_actions: dict[str, Callable] = {}


def action(kind: str):
    """Register what a kind of request comes to; it is called with `asked_at` and what was typed."""

    def registered(function):
        _actions[kind] = function
        return function

    return registered


def leave(kind: str, **typed) -> DoorRequest:
    """Write a request down; it is carried out once the transaction commits."""
    request = DoorRequest.objects.create(
        kind=kind, sealed=seal(json.dumps(typed)), asked_at=clock.now()
    )
    transaction.on_commit(lambda: _dispatch(request.pk), robust=True)
    return request


def _dispatch(request_id: int) -> None:
    from accounts.tasks import carry_out

    hint(carry_out, request_id)


@transaction.atomic
def carry_out(request_id: int) -> None:
    """Do what was asked and delete the row; nothing when another run has it or had it.

    A kind that nobody knows any more (its row is older than the code) ends here, with an alarm.
    """
    request = DoorRequest.objects.select_for_update(skip_locked=True).filter(pk=request_id).first()
    if request is None:
        return
    if request.asked_at > clock.now() - USELESS_AFTER:
        _act(request)
    request.delete()


def _act(request: DoorRequest) -> None:
    if request.kind not in _actions:
        logger.error("door request %s has an unknown kind %s", request.pk, request.kind)
        return
    try:
        typed = json.loads(unseal(request.sealed))
    except SealBroken:
        logger.error("door request %s is sealed with an unknown key", request.pk)
        return
    _actions[request.kind](asked_at=request.asked_at, **typed)


def sweep() -> int:
    """Carry out what was left behind; returns how many there were."""
    old = DoorRequest.objects.filter(asked_at__lt=clock.now() - LEFT_BEHIND)
    found = list(old.order_by("asked_at", "pk").values_list("pk", flat=True)[:500])
    for request_id in found:
        try:
            carry_out(request_id)
        except Exception as error:  # the next one is somebody else's
            logger.error("door request %s: %s", request_id, type(error).__name__)
    return len(found)


class DayOf:
    """A window of `limits`: the Moscow day of an instant, whenever it is counted."""

    def __init__(self, instant: datetime):
        self.instant = instant

    def starts(self, now: datetime) -> tuple[datetime, datetime]:
        return limits.DAY.starts(self.instant)
