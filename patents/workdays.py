"""Working days. Public holidays are not known yet: only weekends are left out."""

from datetime import date, timedelta

from patents.models import Application

READY_AFTER = 10  # working days (domain facts 2.3)
SATURDAY = 5


def add_working_days(day: date, count: int) -> date:
    """The count-th working day after `day`, which is not counted itself."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day


def subtract_working_days(day: date, count: int) -> date:
    """The count-th working day before `day`, which is not counted itself."""
    while count > 0:
        day -= timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day


def expected_ready_on(application: Application) -> date:
    """Ten working days after the acceptance or the first payment, whichever came later."""
    known = [application.accepted_on, application.first_paid_on]
    return add_working_days(max(day for day in known if day), READY_AFTER)
