from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.coverage import covered_through, month_bounds, pay_by, year_end

ISSUE_DAYS = st.dates(date(2015, 1, 1), date(2090, 12, 31))
MONTHS = st.integers(1, 12)


def next_month(year, month):
    return (year + 1, 1) if month == 12 else (year, month + 1)


def exists(year, month, day):
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def covered_in_words(issued_on, months):
    """The rule as the law says it, walking day by day.

    A month ends on the day before the matching day of the following month; where that month
    has no such day, on its last day.
    """
    year, month = issued_on.year, issued_on.month
    for _step in range(months):
        year, month = next_month(year, month)
    day = date(year, month, 1)
    if exists(year, month, issued_on.day):
        while day.day != issued_on.day:
            day += timedelta(days=1)
        return day - timedelta(days=1)
    while (day + timedelta(days=1)).month == month:
        day += timedelta(days=1)
    return day


@pytest.mark.parametrize(
    ("issued_on", "months", "last_day", "remind_until"),
    [
        (date(2023, 1, 10), 1, date(2023, 2, 9), date(2023, 2, 9)),
        (date(2026, 3, 10), 1, date(2026, 4, 9), date(2026, 4, 9)),
        (date(2026, 1, 15), 1, date(2026, 2, 14), date(2026, 2, 14)),
        (date(2026, 1, 31), 1, date(2026, 2, 28), date(2026, 2, 27)),
        (date(2026, 1, 31), 2, date(2026, 3, 30), date(2026, 3, 30)),
        (date(2026, 1, 31), 3, date(2026, 4, 30), date(2026, 4, 29)),
        (date(2028, 1, 31), 1, date(2028, 2, 29), date(2028, 2, 28)),
        (date(2026, 1, 29), 1, date(2026, 2, 28), date(2026, 2, 27)),
        (date(2028, 2, 29), 1, date(2028, 3, 28), date(2028, 3, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28), date(2029, 2, 27)),
        (date(2025, 12, 31), 1, date(2026, 1, 30), date(2026, 1, 30)),
        (date(2025, 12, 15), 1, date(2026, 1, 14), date(2026, 1, 14)),
        (date(2026, 3, 1), 1, date(2026, 3, 31), date(2026, 3, 31)),
        (date(2026, 1, 15), 12, date(2027, 1, 14), date(2027, 1, 14)),
        (date(2026, 1, 15), 0, date(2026, 1, 14), date(2026, 1, 15)),
    ],
)
def test_the_days_known_from_law_and_police(issued_on, months, last_day, remind_until):
    assert covered_through(issued_on, months) == last_day
    assert pay_by(issued_on, months) == remind_until


@given(ISSUE_DAYS, MONTHS)
def test_the_last_covered_day_is_the_one_the_rule_in_words_finds(issued_on, months):
    assert covered_through(issued_on, months) == covered_in_words(issued_on, months)


@given(ISSUE_DAYS, MONTHS)
def test_the_reminder_is_at_most_one_day_earlier_and_only_in_months_without_the_day(
    issued_on, months
):
    last = covered_through(issued_on, months)
    missing = not exists(last.year, last.month, issued_on.day)
    expected = last - timedelta(days=1) if missing and issued_on.day > 1 else last

    assert pay_by(issued_on, months) == expected


@given(ISSUE_DAYS)
def test_months_follow_each_other_without_gap_or_overlap(issued_on):
    bounds = [month_bounds(issued_on, number) for number in range(1, 13)]

    assert bounds[0][0] == issued_on
    assert bounds[-1][1] == year_end(issued_on)
    for (_first, last), (following, _last) in zip(bounds, bounds[1:], strict=False):
        assert following == last + timedelta(days=1)


@given(ISSUE_DAYS, st.integers(0, 11))
def test_another_month_always_reaches_further(issued_on, months):
    assert covered_through(issued_on, months) < covered_through(issued_on, months + 1)
    assert pay_by(issued_on, months) < pay_by(issued_on, months + 1)


def test_counting_from_the_last_end_instead_of_the_issue_would_drift():
    issued_on = date(2026, 1, 31)
    second_start = covered_through(issued_on, 1) + timedelta(days=1)

    assert covered_through(issued_on, 2) == date(2026, 3, 30)
    assert covered_through(second_start, 1) == date(2026, 3, 31)


@pytest.mark.parametrize("months", [-1, 13])
def test_a_number_of_months_outside_the_year_is_refused(months):
    with pytest.raises(ValueError, match="months"):
        covered_through(date(2026, 1, 15), months)


@pytest.mark.parametrize("number", [0, 13])
def test_a_patent_has_twelve_months(number):
    with pytest.raises(ValueError, match="no month"):
        month_bounds(date(2026, 1, 15), number)
