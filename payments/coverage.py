"""Which days the paid months of a patent cover, always counted from the day of issue.

Sources differ about months without a matching day, so there are two readings. The later one
(Tax Code, art. 6.1 p. 5) decides what is covered and in time, the earlier one when to remind.
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

MONTHS_IN_YEAR = 12
ONE_DAY = timedelta(days=1)


# Asked several times for each line of a statement, about few days.
@lru_cache(maxsize=8192)
def covered_through(issued_on: date, months: int) -> date:
    """The last covered day, inclusive; with no month paid, the day before issue.

    Where the last month has no day with the number of issue, its last day is still covered.
    """
    if months == 0:
        return issued_on - ONE_DAY
    year, month = _month_after(issued_on, months)
    if issued_on.day > monthrange(year, month)[1]:
        return date(year, month, monthrange(year, month)[1])
    return date(year, month, issued_on.day) - ONE_DAY


@lru_cache(maxsize=8192)  # each evening asks for all months of a year of days
def pay_by(issued_on: date, months: int) -> date:
    """The last day, inclusive, to ask for the next payment: the earlier reading.

    The first month is paid before the patent is handed over: by the day of issue.
    """
    if months == 0:
        return issued_on
    year, month = _month_after(issued_on, months)
    return date(year, month, min(issued_on.day, monthrange(year, month)[1])) - ONE_DAY


def year_end(issued_on: date) -> date:
    """The last day a patent can live, inclusive, however much was paid."""
    return covered_through(issued_on, MONTHS_IN_YEAR)


def month_bounds(issued_on: date, number: int) -> tuple[date, date]:
    """The first and the last day, inclusive, of the month of this number; the first is 1."""
    if not 1 <= number <= MONTHS_IN_YEAR:
        raise ValueError(f"a patent has no month {number}")
    return covered_through(issued_on, number - 1) + ONE_DAY, covered_through(issued_on, number)


def _month_after(issued_on: date, months: int) -> tuple[int, int]:
    if not 0 <= months <= MONTHS_IN_YEAR:
        raise ValueError(f"a patent cannot have {months} months")
    years, month_index = divmod(issued_on.month - 1 + months, 12)
    return issued_on.year + years, month_index + 1
