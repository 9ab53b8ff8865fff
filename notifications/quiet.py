"""The hours when nobody is woken: whatever is not waited for goes in the morning."""

from datetime import datetime, timedelta

from django.conf import settings

from common import clock


def is_quiet(instant: datetime) -> bool:
    """By the clock of Moscow; from the first hour of SMS_QUIET up to its second."""
    if not settings.SMS_QUIET:
        return False
    begins, ends = settings.SMS_QUIET
    hour = instant.astimezone(clock.MOSCOW).hour
    return begins <= hour < ends if begins < ends else hour >= begins or hour < ends


def quiet_until(instant: datetime) -> datetime:
    """When a message of this instant may go: at once, or when the quiet hours end."""
    if not is_quiet(instant):
        return instant
    there = instant.astimezone(clock.MOSCOW)
    morning = there.replace(hour=settings.SMS_QUIET[1], minute=0, second=0, microsecond=0)
    return morning if morning > there else morning + timedelta(days=1)


def longest_quiet() -> timedelta:
    if not settings.SMS_QUIET:
        return timedelta(0)
    begins, ends = settings.SMS_QUIET
    return timedelta(hours=(ends - begins) % 24)
