"""What SMS may cost: a purse for each purpose, and how many one number may get.

Sums are reserved before an operator is asked and settled by its answer. An empty purse makes
messages wait, it loses none; codes have a purse of their own, so that neither news nor answers to
what anybody writes to us ever stop the door.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Greatest

from common import clock
from notifications import events
from notifications.models import NumberCount, Spent
from notifications.services import counts
from notifications.services.counts import DAY, HOUR, Held, Settled, Wanted, day_of, hour_of, price

KEPT = timedelta(days=2)
PURPOSES = {*events.PURPOSES.values(), events.ANSWERS}


class Shut(NamedTuple):
    """Whom nobody need look at now: lanes, and events of lanes that go on with others."""

    lanes: set[int]
    events: set[str]


@transaction.atomic
def reserve(wanted: Iterable[Wanted], *, at: datetime | None = None) -> dict[int, Held]:
    """Take the sums of the messages out of their purses; returns those that may not go now.

    The lock on a purse's hour lets two senders never spend the same rouble. `at`: the hour that
    pays, when it is not this one.
    """
    now = at or clock.now()
    new = [one for one in wanted if one.costs]
    held: dict[int, Held] = {}
    purses = _locked_purses({one.purpose for one in new}, now)
    numbers = counts.Numbers(new, now)
    for one in new:
        stop = numbers.hold(one, now) or purses[one.purpose].hold(one)
        if stop:
            held[one.pk] = stop
        else:
            numbers.count(one)
    for purse in purses.values():
        purse.write()
    numbers.write(now)
    return held


class _Purse:
    """One purpose's money of this hour, locked; what is taken is written at the end."""

    def __init__(self, purpose: str, of_day: Decimal, of_hour: Decimal, now: datetime):
        hour, day = limits(purpose)
        self.purpose, self.now = purpose, now
        self.left_of_hour, self.left_of_day = hour - of_hour, day - of_day
        self.sms = self.segments = 0
        self.sum = Decimal(0)

    def hold(self, one: Wanted) -> Held | None:
        if self.left_of_day < one.sum:
            return Held(day_of(self.now) + DAY)
        if self.left_of_hour < one.sum:
            return Held(hour_of(self.now) + HOUR)
        self.left_of_hour -= one.sum
        self.left_of_day -= one.sum
        self.sms += 1
        self.segments += one.segments
        self.sum += one.sum
        return None

    def write(self) -> None:
        if self.sms:
            Spent.objects.filter(purpose=self.purpose, hour=hour_of(self.now)).update(
                sms=F("sms") + self.sms,
                segments=F("segments") + self.segments,
                roubles=F("roubles") + self.sum,
            )


def _locked_purses(purposes: Iterable[str], now: datetime) -> dict[str, _Purse]:
    names = sorted(purposes)
    rows = [Spent(hour=hour_of(now), purpose=name) for name in names]
    Spent.objects.bulk_create(rows, ignore_conflicts=True)
    today = Spent.objects.filter(purpose__in=names, hour__gte=day_of(now))
    of_day: dict[str, Decimal] = defaultdict(Decimal)
    of_hour: dict[str, Decimal] = defaultdict(Decimal)
    for row in today.select_for_update().order_by("purpose", "hour"):
        of_day[row.purpose] += row.roubles
        if row.hour == hour_of(now):
            of_hour[row.purpose] += row.roubles
    return {name: _Purse(name, of_day[name], of_hour[name], now) for name in names}


def settle(settled: Iterable[Settled], *, reserved_at: datetime) -> None:
    """What the operators said: the sums they took, and who surely got nothing."""
    by_purpose: dict[str, list[Settled]] = defaultdict(list)
    for one in settled:
        by_purpose[one.wanted.purpose].append(one)
    hour = hour_of(reserved_at)
    for purpose in sorted(by_purpose):
        _settle_purse(Spent.objects.filter(purpose=purpose, hour=hour), by_purpose[purpose])
    untaken = [one.wanted for same in by_purpose.values() for one in same if one.is_untaken]
    counts.uncount(untaken, hour)


def _settle_purse(purse: QuerySet, settled: list[Settled]) -> None:
    """An attempt that surely reached nobody is no SMS of the hour, as it is none of its roubles."""
    untaken = [one.wanted.segments for one in settled if one.is_untaken]
    sum_ = sum(one.difference for one in settled)
    if sum_ or untaken:
        purse.update(
            roubles=Greatest(F("roubles") + sum_, Decimal(0)),
            sms=Greatest(F("sms") - len(untaken), 0),
            segments=Greatest(F("segments") - sum(untaken), 0),
        )


def shut() -> Shut:
    """What waits for a purse that cannot pay one more part.

    Without it every sender would read a long queue again and again, only to put it off.
    """
    empty = empty_purposes()
    if not empty:
        return Shut(set(), set())
    of_lanes: dict[int, set[str]] = {lane: {own} for lane, own in events.PURPOSES.items()}
    for event in events.known():
        of_lanes[event.lane].add(event.purpose)
    lanes = {lane for lane, purposes in of_lanes.items() if purposes <= empty}
    codes = {e.code for e in events.known() if e.purpose in empty and e.lane not in lanes}
    return Shut(lanes, codes)


def empty_purposes() -> set[str]:
    now = clock.now()
    this_hour = Q(hour=hour_of(now))
    spent = (
        Spent.objects.filter(hour__gte=day_of(now))
        .values("purpose")
        .annotate(of_day=Sum("roubles"), of_hour=Sum("roubles", filter=this_hour, default=0))
    )
    return {row["purpose"] for row in spent if _is_empty(**row)}


def used_up() -> QuerySet:
    """The newest rows of the purses from which nothing can be paid now."""
    today = Spent.objects.filter(purpose__in=empty_purposes(), hour__gte=day_of(clock.now()))
    newest = today.order_by("purpose", "-hour").distinct("purpose").values("pk")
    return Spent.objects.filter(pk__in=newest)


def _is_empty(purpose: str, of_day: Decimal, of_hour: Decimal) -> bool:
    if purpose not in PURPOSES:
        return False
    hour, day = limits(purpose)
    return of_hour + price(1) > hour or of_day + price(1) > day


def limits(purpose: str) -> tuple[Decimal, Decimal]:
    """Roubles of a purpose: within an hour of the clock, within a Moscow day."""
    return Decimal(settings.SMS_LIMIT_HOUR[purpose]), Decimal(settings.SMS_LIMIT_DAY[purpose])


def forget() -> None:
    NumberCount.objects.filter(hour__lt=clock.now() - KEPT).delete()
