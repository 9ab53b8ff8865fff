"""How the shares of the operators move: a pure rule over what was seen of them.

Little by little, as a share that swings at one error throws all the load from one to the other.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

STEP = 10
PAUSE = timedelta(minutes=1)  # between two moves of one operator
QUIET = timedelta(minutes=15)  # after it a step back towards the usual share

MANY_ERRORS = 10  # within a minute
BROKEN = 5  # errors within a minute, when they are more than the messages taken
TRIAL = 10  # what a broken one keeps: enough to see that it mends

SLOW_SHARE = 0.15
SLOW_PAUSE = timedelta(minutes=5)  # a slow quarter of an hour is seen many times
ENOUGH = 20  # messages of which slowness can be told


class Seen(NamedTuple):
    """Of one operator: a minute's answers, and a quarter of an hour's deliveries."""

    sent: int = 0
    errors: int = 0
    measured: int = 0
    slow: int = 0

    @property
    def is_broken(self) -> bool:
        return self.errors >= BROKEN and self.errors > self.sent

    @property
    def has_errors(self) -> bool:
        return self.errors > MANY_ERRORS or self.is_broken

    @property
    def is_slow(self) -> bool:
        return self.measured >= ENOUGH and self.slow >= SLOW_SHARE * self.measured


class Share(NamedTuple):
    weight: int
    resting: int
    moved_at: datetime | None = None
    quiet_since: datetime | None = None  # the last trouble
    refused: bool = False  # its account is refused: only an accepted message ends that


class Move(NamedTuple):
    weight: int
    is_trouble: bool


def moves(shares: dict[str, Share], seen: dict[str, Seen], now: datetime) -> dict[str, Move]:
    """What changes, by operator. When all are slow the fault is not theirs, and nothing moves."""
    slow = {name for name in shares if seen.get(name, Seen()).is_slow}
    if len(slow) == len(shares):
        slow = set()
    found = {
        name: _move(share, seen.get(name, Seen()), name in slow, now)
        for name, share in shares.items()
        if not share.refused
    }
    return {name: move for name, move in found.items() if move is not None}


def _move(share: Share, seen: Seen, is_slow: bool, now: datetime) -> Move | None:
    if seen.has_errors:
        return Move(_less(share, seen), True) if _rested(share.moved_at, PAUSE, now) else None
    if is_slow:
        return Move(_less(share, seen), True) if _rested(share.moved_at, SLOW_PAUSE, now) else None
    quiet = _rested(share.moved_at, QUIET, now) and _rested(share.quiet_since, QUIET, now)
    if share.weight < share.resting and quiet:
        return Move(min(share.weight + STEP, share.resting), False)
    if share.weight > share.resting:
        return Move(share.resting, False)
    return None


def _less(share: Share, seen: Seen) -> int:
    less = max(share.weight - STEP, 0)
    return min(less, TRIAL) if seen.is_broken else less


def _rested(since: datetime | None, span: timedelta, now: datetime) -> bool:
    return since is None or now - since >= span
