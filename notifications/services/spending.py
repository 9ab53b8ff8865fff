"""What SMS may cost: a purse for each purpose, and how many one number may get.

Sums are reserved before an operator is asked and settled by its answer. An empty purse makes
messages wait, it loses none; codes have a purse of their own, so that news never stop the door.
"""

import hashlib
import hmac
import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Greatest

from common import clock
from notifications.failures import Failure
from notifications.models import Lane, NumberCount, Spent

logger = logging.getLogger(__name__)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
KEPT = timedelta(days=2)
PURPOSES = {Lane.AWAITED: "codes", Lane.NOTICE: "notices", Lane.BULK: "reminders"}
COUNTED = """
INSERT INTO notifications_numbercount AS own (hour, number, codes, sms)
SELECT %s, number, codes, sms
FROM unnest(%s::text[], %s::int[], %s::int[]) AS new (number, codes, sms)
ON CONFLICT (number, hour)
DO UPDATE SET codes = own.codes + excluded.codes, sms = own.sms + excluded.sms
"""


class Wanted(NamedTuple):
    """A message that is about to go. ``paid``: an earlier attempt reserved it and may have it."""

    pk: int
    lane: int
    phone: str
    segments: int
    paid: bool = False

    @property
    def sum(self) -> Decimal:
        return price(self.segments)

    @property
    def is_code(self) -> bool:
        return self.lane == Lane.AWAITED


class Held(NamedTuple):
    """It does not go now: it waits until then, or, with a failure, has come to its end."""

    until: datetime | None
    failure: str = ""


def price(segments: int) -> Decimal:
    return settings.SMS_PRICE * segments


@transaction.atomic
def reserve(wanted: Iterable[Wanted]) -> dict[int, Held]:
    """Take the sums of the messages out of their purses; returns those that may not go now.

    The lock on a purse's hour lets two senders never spend the same rouble.
    """
    now = clock.now()
    new = [one for one in wanted if not one.paid]
    held: dict[int, Held] = {}
    purses = _locked_purses({PURPOSES[Lane(one.lane)] for one in new}, now)
    numbers = _Numbers(new, now)
    for one in new:
        stop = numbers.hold(one, now) or purses[PURPOSES[Lane(one.lane)]].hold(one)
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


class _Numbers:
    """How many SMS the numbers of a batch had: today of all kinds, and codes within the hour."""

    def __init__(self, wanted: Iterable[Wanted], now: datetime):
        self.hashes = {one.phone: hashed(one.phone) for one in wanted}
        self.new: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        this_hour = Q(hour=hour_of(now))
        rows = (
            NumberCount.objects.filter(number__in=self.hashes.values(), hour__gte=day_of(now))
            .values("number")
            .annotate(of_day=Sum("sms"), of_hour=Sum("codes", filter=this_hour, default=0))
        )
        self.had = {row["number"]: (row["of_hour"], row["of_day"]) for row in rows}

    def hold(self, one: Wanted, now: datetime) -> Held | None:
        """A code that came too often is over; news wait for tomorrow."""
        number = self.hashes[one.phone]
        codes, sms = (
            had + new
            for had, new in zip(self.had.get(number, (0, 0)), self.new[number], strict=True)
        )
        if one.is_code:
            too_many = codes >= settings.SMS_CODES_AN_HOUR_TO_ONE
            return Held(None, Failure.TOO_MANY) if too_many else None
        return Held(day_of(now) + DAY) if sms >= settings.SMS_A_DAY_TO_ONE else None

    def count(self, one: Wanted) -> None:
        counts = self.new[self.hashes[one.phone]]
        counts[0] += one.is_code
        counts[1] += 1

    def write(self, now: datetime) -> None:
        rows = sorted((number, *counts) for number, counts in self.new.items() if counts[1])
        if rows:
            with connection.cursor() as cursor:
                cursor.execute(COUNTED, [hour_of(now), *map(list, zip(*rows, strict=True))])


def settle(differences: dict[int, Decimal]) -> None:
    """By lane: roubles more, or fewer, than were reserved, now that the operators have said."""
    for lane, sum_ in sorted(differences.items()):
        if sum_:
            purse = Spent.objects.filter(purpose=PURPOSES[Lane(lane)], hour=hour_of(clock.now()))
            purse.update(roubles=Greatest(F("roubles") + sum_, Decimal(0)))


def shut_lanes() -> set[int]:
    """Lanes whose purse cannot pay one more part: nobody need look at their messages now.

    Without it every sender would read a long queue again and again, only to put it off.
    """
    empty = empty_purposes()
    return {lane for lane, purpose in PURPOSES.items() if purpose in empty}


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
    if purpose not in PURPOSES.values():
        return False
    hour, day = limits(purpose)
    return of_hour + price(1) > hour or of_day + price(1) > day


def limits(purpose: str) -> tuple[Decimal, Decimal]:
    """Roubles of a purpose: within an hour of the clock, within a Moscow day."""
    return Decimal(settings.SMS_LIMIT_HOUR[purpose]), Decimal(settings.SMS_LIMIT_DAY[purpose])


def forget() -> None:
    NumberCount.objects.filter(hour__lt=clock.now() - KEPT).delete()


def hashed(phone: str) -> str:
    key = b"notifications.spending" + settings.SECRET_KEY.encode()
    return hmac.new(key, phone.encode(), hashlib.sha256).hexdigest()[:32]


def hour_of(instant: datetime) -> datetime:
    return instant.astimezone(clock.MOSCOW).replace(minute=0, second=0, microsecond=0)


def day_of(instant: datetime) -> datetime:
    """The midnight in Moscow from which this instant's day began."""
    return hour_of(instant).replace(hour=0)
