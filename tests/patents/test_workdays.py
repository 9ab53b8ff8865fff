"""Russian working days, compared with the calendar that xmlcalendar.ru publishes."""

from datetime import date, timedelta

import pytest
import time_machine

from patents.apps import transferred_days_are_known
from patents.workdays import (
    add_working_days,
    is_working,
    reissue_by,
    subtract_working_days,
    transfers_known_through,
)

# Days that differ from «Monday to Friday», as xmlcalendar.ru gives them for these years.
FREE_WEEKDAYS = {
    2025: "01-01 01-02 01-03 01-06 01-07 01-08 05-01 05-02 05-08 05-09 06-12 06-13 "
    "11-03 11-04 12-31",
    2026: "01-01 01-02 01-05 01-06 01-07 01-08 01-09 02-23 03-09 05-01 05-11 06-12 11-04 12-31",
    2027: "01-01 01-04 01-05 01-06 01-07 01-08 02-22 02-23 03-08 05-03 05-10 06-14 "
    "11-04 11-05 12-31",
}
WORKING_WEEKENDS = {2025: "11-01", 2026: "", 2027: "02-20"}


def days_of(year):
    return [date(year, 1, 1) + timedelta(days=n) for n in range(365)]


@pytest.mark.parametrize("year", FREE_WEEKDAYS)
def test_holidays_and_transferred_days_are_those_of_another_source(year):
    free = [f"{day:%m-%d}" for day in days_of(year) if day.weekday() < 5 and not is_working(day)]
    worked = [f"{day:%m-%d}" for day in days_of(year) if day.weekday() > 4 and is_working(day)]

    assert " ".join(free) == FREE_WEEKDAYS[year]
    assert " ".join(worked) == WORKING_WEEKENDS[year]


def test_a_transferred_saturday_counts():
    assert add_working_days(date(2027, 2, 19), 1) == date(2027, 2, 20)
    assert add_working_days(date(2027, 2, 20), 1) == date(2027, 2, 24)


def test_the_new_year_holidays_do_not_count():
    assert add_working_days(date(2025, 12, 30), 1) == date(2026, 1, 12)
    assert subtract_working_days(date(2026, 1, 12), 1) == date(2025, 12, 30)


def test_the_last_day_for_a_reissue_is_ten_subtract_working_days_the_end():
    assert reissue_by(date(2027, 1, 14)) == date(2026, 12, 22)


def test_no_working_day_lies_between_counted_ones():
    for day in days_of(2027)[::7]:
        assert subtract_working_days(add_working_days(day, 10), 10) <= day


def test_the_installed_release_knows_the_transfers_of_three_years():
    assert transfers_known_through() >= 2027


@pytest.mark.parametrize(
    ("day", "warnings"),
    [("2027-11-30", 0), ("2027-12-01", 1), ("2028-01-10", 1)],
)
def test_an_old_release_warns_before_it_counts_wrongly(day, warnings):
    with time_machine.travel(f"{day} 09:00:00+00:00", tick=False):
        assert len(transferred_days_are_known()) == warnings
