"""Whether the person wants a message by this channel: asked when it goes, so a change counts."""

from collections.abc import Iterable
from typing import NamedTuple

from notifications import events
from notifications.failures import Failure
from notifications.letters import may_be_stopped
from notifications.models import Channel, MessageStatus
from notifications.services.composing import Composed
from notifications.services.outcomes import MAY_HAVE_COME, Outcome
from notifications.services.preferences import switched_off


class Wishes(NamedTuple):
    goes: list[Composed]
    unwanted: list[Outcome]


def wanted(composed: Iterable[Composed], channel: Channel) -> Wishes:
    """Those that go, and the ends of those that the person switched off; one question for all."""
    composed = list(composed)
    people = {one.row.person_id for one in composed if one.row.person_id is not None}
    off = switched_off(people, channel) if people else set()
    stopped = [one for one in composed if _is_off(one, off)]
    left = [one for one in composed if not _is_off(one, off)]
    return Wishes(left, [_unwanted(one) for one in stopped])


def _is_off(one: Composed, off: set[tuple[int, str]]) -> bool:
    event = events.find(one.row.event)
    return (one.row.person_id, str(event.topic)) in off and may_be_stopped(event)


def _unwanted(one: Composed) -> Outcome:
    """What an operator may have is not called unsent."""
    if one.row.taken_possible:
        return Outcome(one.row, MessageStatus.UNKNOWN, MAY_HAVE_COME, provider=one.row.provider)
    return Outcome(one.row, MessageStatus.DROPPED, failure=Failure.SWITCHED_OFF)
