"""How often something may happen, counted in the database that all processes share.

A window is cut into slices, one row each: a slice that is over grows no more, so the sum of a
rolling window is exact but for those who straddle its edge, and a Moscow day (one slice) is exact.
Counting takes part in the caller's transaction: what is rolled back did not happen.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import F, Sum
from django.db.models.functions import Greatest

from accounts.models import RateCounter
from common import clock

TAKE = """
INSERT INTO accounts_ratecounter AS own (kind, key, window_start, count)
SELECT %(kind)s, %(key)s, %(start)s, 1 WHERE %(before)s < %(limit)s
ON CONFLICT (kind, key, window_start)
DO UPDATE SET count = own.count + 1 WHERE own.count + %(before)s < %(limit)s
RETURNING count
"""
NO_LIMIT = 2**31 - 1
KEPT = timedelta(days=3)


@dataclass(frozen=True)
class Rolling:
    """The last `slices` pieces of time, the running one included."""

    slice: timedelta
    slices: int

    def starts(self, now: datetime) -> tuple[datetime, datetime]:
        """Where the window begins, and where the running slice does."""
        length = int(self.slice.total_seconds())
        newest = datetime.fromtimestamp(now.timestamp() // length * length, tz=clock.MOSCOW)
        return newest - self.slice * (self.slices - 1), newest


class MoscowDay:
    def starts(self, now: datetime) -> tuple[datetime, datetime]:
        midnight = datetime.combine(clock.moscow_day(now), time(), tzinfo=clock.MOSCOW)
        return midnight, midnight


# The same slices: one count is read over a quarter of an hour and over an hour.
QUARTER = Rolling(timedelta(minutes=5), slices=3)
HOUR = Rolling(timedelta(minutes=5), slices=12)
DAY = MoscowDay()
Window = Rolling | MoscowDay


def hashed(*parts) -> str:
    """A keyed hash of what must not be readable from a table: numbers, phones, addresses."""
    text = "\x00".join(str(part) for part in parts)
    key = b"accounts.limits" + settings.SECRET_KEY.encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def take(kind: str, key: str, window: Window, limit: int) -> bool:
    """Count one more, unless `limit` of the window are taken. `key` comes from `hashed`."""
    oldest, newest = window.starts(clock.now())
    before = _sum(kind, key, oldest, newest)
    wanted = {"kind": kind, "key": key, "start": newest, "before": before, "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, wanted)
        return cursor.fetchone() is not None


def note(kind: str, key: str, window: Window) -> int:
    """Count one more, however many there are; returns how many of the window there are now."""
    take(kind, key, window, NO_LIMIT)
    return spent(kind, key, window)


def give_back(kind: str, key: str, window: Window) -> None:
    """Undo one `take`: it turned out to be none."""
    _oldest, newest = window.starts(clock.now())
    row = RateCounter.objects.filter(kind=kind, key=key, window_start=newest)
    row.update(count=Greatest(F("count") - 1, 0))


def spent(kind: str, key: str, window: Window) -> int:
    """How many of the window are taken."""
    oldest, newest = window.starts(clock.now())
    return _sum(kind, key, oldest, newest + timedelta(microseconds=1))


def _sum(kind: str, key: str, since: datetime, before: datetime) -> int:
    if since == before:
        return 0
    rows = RateCounter.objects.filter(kind=kind, key=key, window_start__gte=since)
    return rows.filter(window_start__lt=before).aggregate(n=Sum("count"))["n"] or 0


def sweep() -> int:
    """Forget windows that are long over; returns how many rows went."""
    deleted, _by_model = RateCounter.objects.filter(window_start__lt=clock.now() - KEPT).delete()
    return deleted
