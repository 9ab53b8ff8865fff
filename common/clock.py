"""The only place that asks what time it is. Instants are aware; days are Moscow's."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

MOSCOW = ZoneInfo("Europe/Moscow")


def now() -> datetime:
    """This instant, aware."""
    return timezone.now()


def today() -> date:
    """The day it is in Moscow."""
    return moscow_day(now())


def moscow_day(instant: datetime) -> date:
    """The Moscow day of an aware instant; a naive one raises ValueError."""
    if timezone.is_naive(instant):
        raise ValueError("a naive instant has no day")
    return instant.astimezone(MOSCOW).date()
