"""The quieter links beside the one button."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from cabinet.buttons import links
from payments.standing import (
    ApplicationFacts,
    Case,
    Facts,
    LateMoney,
    Money,
    PatentFacts,
    standing,
)

TODAY = date(2026, 3, 10)
PRICE = Decimal(10_000)
PAID = Money(PRICE, 1, TODAY)
WAITS = LateMoney(PRICE, None, TODAY)
BANK, PAY, CERTIFICATE = (
    reverse(f"payments:{name}") for name in ("receipt_new", "pay", "certificate")
)
LATE = reverse("cabinet:help") + "#late"


def urls(case):
    return [link.url for link in links(standing(Facts((case,), TODAY, PRICE), TODAY))]


def before_issue(status, **more):
    return Case(ApplicationFacts("1381162", status, date(2026, 2, 20)), **more)


def issued(day, **more):
    return Case(None, PatentFacts("77", "2600000001", day), **more)


@pytest.mark.parametrize("status", ["ready", "in_review"])
def test_a_receipt_for_a_bank_is_offered_only_while_nothing_is_paid(status):
    assert urls(before_issue(status)) == [BANK]
    assert urls(before_issue(status, money=(PAID,))) == [CERTIFICATE]
    assert urls(before_issue(status, late=(WAITS,))) == []


def test_on_the_day_of_issue_the_first_month_can_still_be_paid():
    assert urls(issued(TODAY)) == [PAY]
    assert urls(issued(date(2026, 3, 9))) == [LATE]


def test_on_the_day_of_issue_money_that_waits_is_not_asked_for_again():
    assert urls(issued(TODAY, late=(WAITS,))) == [LATE]
