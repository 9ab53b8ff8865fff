"""Instants are aware UTC; days are Moscow's."""

from datetime import UTC, date, datetime, timedelta, timezone

# Moscow keeps UTC+3 without summer time since 2014; a bare machine may have no time zone data.
MOSCOW = timezone(timedelta(hours=3), "MSK")


def now() -> datetime:
    return datetime.now(UTC)


def moscow(moment: datetime) -> datetime:
    return moment.astimezone(MOSCOW)


def today() -> date:
    return moscow(now()).date()


def iso(moment: datetime) -> str:
    """UTC with milliseconds and a Z; these strings sort as the instants do."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse(text: str) -> datetime:
    return datetime.fromisoformat(text)


def in_seconds(seconds: float) -> str:
    return iso(now() + timedelta(seconds=seconds))
