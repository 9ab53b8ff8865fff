"""Handing messages to operators, batch after batch: one run has a row, and it always ends.

A batch: claim, compose, reserve the money, write what is about to be asked of whom, ask all at once
without a connection to the database, write what became of it.
"""

from collections.abc import Callable
from time import monotonic

from django.conf import settings

from notifications.models import Channel, Lane, Message
from notifications.providers import Taken
from notifications.services import claiming, spending, weights
from notifications.services.composing import Batch
from notifications.services.ends import end
from notifications.services.hints import wake
from notifications.services.outcomes import SENT_AGAIN, Outcome
from notifications.services.purses import Purses
from notifications.services.receipts import meet_early_receipts
from notifications.services.sending import Traffic, addressed, send
from notifications.services.wishes import wanted
from notifications.wire import Wire

LONGEST_SECONDS = 20  # of one task; the next one goes on


def drain(*, only_awaited: bool = False) -> int:
    """Send whatever is due, those first that somebody waits for, until nothing is left.

    Returns how many rows were looked at. Any number of drains may run: none has another's row.
    """
    claiming.take_back(SENT_AGAIN)
    until, looked_at = monotonic() + LONGEST_SECONDS, 0
    with Wire() as wire:
        while found := _hand_over(wire, lambda: _claim(_last_lane(only_awaited))):
            looked_at += found
            if monotonic() > until:
                wake(_last_lane(only_awaited))
                break
    return looked_at


def _last_lane(only_awaited: bool) -> int:
    """Asked for each batch: the quiet hours may begin in the middle."""
    return Lane.AWAITED if only_awaited else claiming.last_lane_now()


def deliver(message_id: int) -> None:
    """Hand over this message now, be it due or not; nothing when another run has it or had it."""
    claiming.take_back(SENT_AGAIN)
    with Wire() as wire:
        _hand_over(wire, lambda: claiming.claim_these([message_id]))


def _claim(last_lane: int) -> list[Message]:
    lanes, events = spending.shut()
    return claiming.claim_due(last_lane=last_lane, shut_lanes=lanes, shut_events=events)


def _hand_over(wire: Wire, claim: Callable[[], list[Message]]) -> int:
    """One batch; how many rows it had."""
    until = monotonic() + settings.SMS_LEASE_SECONDS
    rows = claim()
    if not rows:
        return 0
    batch, purses = Batch(rows), Purses()
    wishes = wanted(batch.ready, Channel.SMS)
    ready, held = purses.reserve(wishes.goes)
    end([*batch.over, *wishes.unwanted, *held])
    traffic = Traffic(weights.current())
    trial = weights.trial() if ready else ""
    going = addressed(ready, traffic.weights, trial)
    outcomes = send(wire, going, traffic, until, purses.reserve_again)
    purses.settle(outcomes)
    weights.note(sent=traffic.sent, errors=traffic.errors, refused=traffic.refused)
    written = end(outcomes)
    meet_early_receipts(_taken(one) for one in outcomes if one.row.pk in written)
    return len(rows)


def _taken(outcome: Outcome) -> Taken:
    return Taken(outcome.provider, outcome.reference)
