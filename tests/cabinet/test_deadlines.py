"""The days of obligations: counted from facts, named only while the patent lives."""

from datetime import date
from decimal import Decimal

import pytest

from cabinet.deadlines import deadlines
from payments.standing import (
    ApplicationFacts,
    Case,
    Channel,
    Facts,
    Money,
    PatentFacts,
    standing,
)

ISSUED = date(2026, 4, 15)  # no holiday near the end of the months used here and of the year
MONTHLY = Decimal(10000)


def days(today, *money, issued_on=ISSUED, complete=date(2026, 12, 31), annulled_on=None):
    patent = PatentFacts("77", "2600000001", issued_on, annulled_on)
    application = ApplicationFacts("1381161", "issued", date(2026, 4, 1))
    case = Case(application, patent, money)
    return deadlines(standing(Facts((case,), complete, MONTHLY), today))


def posted(months, paid_on=date(2026, 4, 10)):
    return Money(MONTHLY * months, months, paid_on, paid_on, Channel.BANK)


def test_each_obligation_has_its_day():
    assert days(date(2026, 5, 4), posted(3)) == {
        "pay": date(2026, 7, 14),
        # two months from 15 April, by the reading that harms nobody
        "contract": date(2026, 6, 14),
        # before Tuesday, 14 July: 13, 10 and 9 July are working days
        "registration": date(2026, 7, 9),
        # before Wednesday, 14 April 2027: ten working days, 13 April to 31 March
        "reissue": date(2027, 3, 31),
        "leave": date(2026, 7, 14),
    }


def test_with_the_whole_year_paid_nothing_more_is_to_be_paid():
    found = days(date(2026, 5, 4), posted(12))

    assert "pay" not in found
    assert found["leave"] == date(2027, 4, 14)


def test_while_a_payment_is_not_visible_nobody_is_told_to_leave():
    found = days(date(2026, 5, 16), posted(1), complete=date(2026, 5, 14))

    assert set(found) == {"contract", "reissue"}


def test_an_ended_patent_has_no_days():
    assert days(date(2026, 6, 20), posted(1)) == {}
    assert days(date(2026, 5, 4), posted(2), annulled_on=date(2026, 5, 2)) == {}


def test_without_a_patent_there_are_no_days():
    assert deadlines(standing(Facts(), date(2026, 5, 4))) == {}


@pytest.mark.parametrize("paid_on", [date(2026, 5, 14), date(2026, 5, 1)])
def test_money_on_its_way_counts_as_paid(paid_on):
    living = Money(MONTHLY, 1, paid_on, None, Channel.CHARGE)

    assert days(date(2026, 5, 16), posted(1), living)["leave"] == date(2026, 6, 14)
