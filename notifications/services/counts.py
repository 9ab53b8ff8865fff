"""How many SMS one number gets: counted before an operator is asked, uncounted when it surely got
none. The numbers are hashed.
"""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import Q, Sum

from common import clock
from notifications import events
from notifications.failures import Failure
from notifications.models import Lane, NumberCount

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
CODES = events.PURPOSES[Lane.AWAITED]
COUNTED = """
INSERT INTO notifications_numbercount AS own (hour, number, codes, sms)
SELECT %s, number, codes, sms
FROM unnest(%s::text[], %s::int[], %s::int[]) AS new (number, codes, sms)
ON CONFLICT (number, hour)
DO UPDATE SET codes = own.codes + excluded.codes, sms = own.sms + excluded.sms
"""
# Locked in the order in which they are counted: two senders never wait for each other.
UNCOUNTED = """
WITH own AS MATERIALIZED (
    SELECT id, number FROM notifications_numbercount
    WHERE hour = %s AND number = ANY(%s) ORDER BY number FOR UPDATE
)
UPDATE notifications_numbercount AS count
SET codes = greatest(count.codes - untaken.codes, 0), sms = greatest(count.sms - untaken.sms, 0)
FROM own JOIN unnest(%s::text[], %s::int[], %s::int[]) AS untaken (number, codes, sms)
    ON untaken.number = own.number
WHERE count.id = own.id
"""


class Wanted(NamedTuple):
    """A message that is about to go. ``paid``: an earlier attempt reserved it and may have it;
    ``again``: asked now, an operator may take it once more."""

    pk: int
    purpose: str
    phone: str
    segments: int
    expires_at: datetime
    paid: bool = False
    again: bool = False

    @property
    def sum(self) -> Decimal:
        return price(self.segments)

    @property
    def is_code(self) -> bool:
        return self.purpose == CODES

    @property
    def costs(self) -> bool:
        return self.again or not self.paid

    @property
    def is_counted(self) -> bool:
        """Once, however many copies go. Not an answer: whoever writes as this number would use up
        what we may tell it."""
        return self.purpose != events.ANSWERS and not self.paid


class Held(NamedTuple):
    """It does not go now: it waits until then, or, with a failure, has come to its end."""

    until: datetime | None
    failure: str = ""


class Settled(NamedTuple):
    """Of a reserved message: what it cost more, or less, and whether it surely was not taken."""

    wanted: Wanted
    difference: Decimal
    is_untaken: bool


def price(segments: int) -> Decimal:
    return settings.SMS_PRICE * segments


class Numbers:
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
        """A code that came too often waits for the next hour, if it lives so long; news wait for
        tomorrow."""
        if not one.is_counted:
            return None
        number = self.hashes[one.phone]
        codes, sms = (
            had + new
            for had, new in zip(self.had.get(number, (0, 0)), self.new[number], strict=True)
        )
        if one.is_code:
            too_many = codes >= settings.SMS_CODES_AN_HOUR_TO_ONE
            return _until_next_hour(one, now) if too_many else None
        return Held(day_of(now) + DAY) if sms >= settings.SMS_A_DAY_TO_ONE else None

    def count(self, one: Wanted) -> None:
        if one.is_counted:
            counts = self.new[self.hashes[one.phone]]
            counts[0] += one.is_code
            counts[1] += 1

    def write(self, now: datetime) -> None:
        rows = sorted((number, *counts) for number, counts in self.new.items() if counts[1])
        if rows:
            with connection.cursor() as cursor:
                cursor.execute(COUNTED, [hour_of(now), *map(list, zip(*rows, strict=True))])


def _until_next_hour(one: Wanted, now: datetime) -> Held:
    next_hour = hour_of(now) + HOUR
    return Held(next_hour) if one.expires_at > next_hour else Held(None, Failure.TOO_MANY)


def uncount(untaken: list[Wanted], hour: datetime) -> None:
    """An attempt that reached nobody is none of the number's."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in untaken:
        if one.is_counted:
            counts[hashed(one.phone)][0] += one.is_code
            counts[hashed(one.phone)][1] += 1
    rows = [(number, *of_one) for number, of_one in counts.items()]
    if rows:
        numbers, codes, sms = map(list, zip(*rows, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(UNCOUNTED, [hour, numbers, numbers, codes, sms])


def hashed(phone: str) -> str:
    key = b"notifications.spending" + settings.SECRET_KEY.encode()
    return hmac.new(key, phone.encode(), hashlib.sha256).hexdigest()[:32]


def hour_of(instant: datetime) -> datetime:
    return instant.astimezone(clock.MOSCOW).replace(minute=0, second=0, microsecond=0)


def day_of(instant: datetime) -> datetime:
    """The midnight in Moscow from which this instant's day began."""
    return hour_of(instant).replace(hour=0)
