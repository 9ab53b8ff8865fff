"""What the months cost: today, on 1 January, and what they cost before."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings

from payments import coverage, pricing
from payments.models import Tariff
from payments.pricing import Option


@dataclass(frozen=True, slots=True)
class Prices:
    now: Tariff | None
    options: tuple[Option, ...]  # 1 to 12 months at today's price
    coming: Tariff | None  # the next one that is known
    past: tuple[Tariff, ...]  # the newest first
    next_year: int
    next_is_unknown: bool


def prices_on(day: date) -> Prices:
    """One question, however many years."""
    rows = list(Tariff.objects.filter(region=settings.REGION).order_by("valid_from"))
    now = next((row for row in rows if _holds(row, day)), None)
    coming = next((row for row in rows if row.valid_from > day), None)
    new_year = date(day.year + 1, 1, 1)
    return Prices(
        now=now,
        options=_options(now.monthly) if now else (),
        coming=coming,
        past=tuple(row for row in reversed(rows) if row.valid_until and row.valid_until < day),
        next_year=new_year.year,
        next_is_unknown=coming is None and not _reaches(now, new_year),
    )


def _reaches(row: Tariff | None, day: date) -> bool:
    """An open end promises nothing: the price changes with each year."""
    return row is not None and row.valid_until is not None and day <= row.valid_until


def _holds(row: Tariff, day: date) -> bool:
    return row.valid_from <= day and (row.valid_until is None or day <= row.valid_until)


def _options(monthly: Decimal) -> tuple[Option, ...]:
    return pricing.options(monthly, coverage.MONTHS_IN_YEAR)
