"""Working days of Russia: weekends, public holidays and the days the Government transferred.

Transfers are decided in the autumn for the next year; the library learns them with a release. For
a year it does not know yet only weekends and the holidays of the Labour Code are left out.
"""

from datetime import date, timedelta
from functools import cache, lru_cache

from holidays.countries.russia import Russia, RussiaStaticHolidays

from patents.models import Application

READY_AFTER = 10  # working days by the law (domain facts 2.3)
REISSUE_BEFORE = 10  # working days before the end of the patent's year (domain facts 2.4)
ONE_DAY = timedelta(days=1)


@cache
def _year(year: int) -> Russia:
    return Russia(years=year, expand=False)


def is_working(day: date) -> bool:
    return _year(day.year).is_working_day(day)


def transfers_known_through() -> int:
    """The last year whose transferred days are known."""
    return max(RussiaStaticHolidays.special_public_holidays)


def add_working_days(day: date, count: int) -> date:
    """The count-th working day after `day`, which is not counted itself."""
    return _count(day, count, ONE_DAY)


def subtract_working_days(day: date, count: int) -> date:
    """The count-th working day before `day`, which is not counted itself."""
    return _count(day, count, -ONE_DAY)


@lru_cache(maxsize=4096)  # each home page counts ten days of somebody's course
def _count(day: date, count: int, step: timedelta) -> date:
    while count > 0:
        day += step
        count -= is_working(day)
    return day


def expected_ready_on(application: Application) -> date:
    """Ten working days after the acceptance or the first payment, whichever came later."""
    known = [application.accepted_on, application.first_paid_on]
    return add_working_days(max(day for day in known if day), READY_AFTER)


def reissue_by(year_end: date) -> date:
    """The last day, inclusive, to apply for a new patent, from the last day of the present one."""
    return subtract_working_days(year_end, REISSUE_BEFORE)
