"""What a payment costs and where it goes, by the day of payment; what a person may choose from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings

from payments import coverage
from payments.errors import RequisitesUnknown, TariffUnknown
from payments.models import Requisites, Tariff


@dataclass(frozen=True, slots=True)
class Option:
    """A number of months to pay for; `until` is the last covered day, where it can be promised."""

    months: int
    amount: Decimal
    until: date | None


def tariff_on(day: date) -> Tariff:
    """The tariff of a payment date, which counts whatever months are paid (domain facts 1.1).

    Raises TariffUnknown.
    """
    tariff = Tariff.objects.on(day, settings.REGION).first()
    if tariff is None:
        raise TariffUnknown(day)
    return tariff


def monthly_on(day: date) -> Decimal | None:
    """Roubles a month on a payment date; None where nobody has said it."""
    try:
        return tariff_on(day).monthly
    except TariffUnknown:
        return None


class Prices:
    """What a month costs on the days to come, as far as that is known; one question."""

    def __init__(self, day: date):
        self.day = day
        self.rows = Tariff.objects.filter(region=settings.REGION).exclude(valid_until__lt=day)

    def on(self, day: date) -> Decimal | None:
        row = self._row(day)
        return row and row.monthly

    @property
    def until(self) -> date | None:
        """The last day of today's price, where somebody has said it."""
        row = self._row(self.day)
        return row and row.valid_until

    def _row(self, day: date) -> Tariff | None:
        return next((row for row in self.rows if row.valid_from <= day <= self._end(row)), None)

    def _end(self, row: Tariff) -> date:
        """An open end promises nothing: the price changes with each year."""
        return row.valid_until or date(max(self.day.year, row.valid_from.year), 12, 31)


def requisites_on(day: date) -> Requisites:
    """Where a payment of this date goes. Raises RequisitesUnknown."""
    requisites = Requisites.objects.on(day, settings.REGION).first()
    if requisites is None:
        raise RequisitesUnknown(day)
    return requisites


def options(
    monthly: Decimal, left: int, *, issued_on: date | None = None, paid_months: int = 0
) -> tuple[Option, ...]:
    """One choice for each number of months that still fits into the patent's year."""
    return tuple(
        Option(months, monthly * months, _until(issued_on, paid_months + months))
        for months in range(1, left + 1)
    )


def _until(issued_on: date | None, months: int) -> date | None:
    if issued_on is None or months > coverage.MONTHS_IN_YEAR:
        return None
    return coverage.covered_through(issued_on, months)
