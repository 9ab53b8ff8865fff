"""What is read from the database for the standing is what stands in it."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from common.clock import MOSCOW
from payments.facts import complete_through, facts_of, standing_of
from payments.models import Account, QueueReason
from payments.standing import Channel, LateMoney, Money, State
from tests.factories import (
    MONTHLY,
    ApplicationFactory,
    ChargeFactory,
    PatentFactory,
    PersonFactory,
    PlacementFactory,
    ReceiptFactory,
    statements_through,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 17)


@pytest.fixture
def patent():
    """Issued on 15 January, the first month posted."""
    patent = PatentFactory(issued_on=date(2026, 1, 15))
    PlacementFactory(application=patent.application)
    return patent


def test_posted_and_living_money_of_a_case(patent):
    ChargeFactory(
        receipt=ReceiptFactory(application=patent.application),
        captured_at=datetime(2026, 2, 14, 23, 30, tzinfo=MOSCOW),
    )

    [case] = facts_of(patent.application.person, DAY).cases

    assert case.money == (
        Money(MONTHLY, 1, date(2026, 1, 10), date(2026, 1, 13), Channel.BANK),
        Money(MONTHLY, 1, date(2026, 2, 14)),
    )


def test_a_posted_charge_lives_once(patent):
    receipt = ReceiptFactory(application=patent.application)
    charge = ChargeFactory(receipt=receipt)
    PlacementFactory(
        application=patent.application, receipt=receipt, charge=charge, paid_on=date(2026, 2, 14)
    )

    [case] = facts_of(patent.application.person, DAY).cases

    assert sorted(money.paid_on for money in case.money) == [date(2026, 1, 10), date(2026, 2, 14)]
    assert {money.channel for money in case.money} == {Channel.BANK, Channel.CHARGE}


def test_late_money_in_the_queue_is_named(patent):
    PlacementFactory(
        queued=True,
        queue_reason=QueueReason.LATE,
        application=patent.application,
        paid_on=date(2026, 2, 16),
    )

    [case] = facts_of(patent.application.person, DAY).cases

    assert case.late == (LateMoney(MONTHLY, date(2026, 2, 16), date(2026, 1, 13)),)


def test_the_tariff_of_the_day_and_nothing_when_it_is_unknown(patent):
    person = patent.application.person

    assert facts_of(person, DAY).monthly == Decimal(10000)
    assert facts_of(person, date(2027, 2, 1)).monthly == 0


def test_completeness_of_the_account_in_force(patent):
    statements_through(date(2026, 2, 21))

    assert complete_through(patent.application.person, DAY) == date(2026, 2, 21)


def test_an_open_receipt_on_another_account_is_waited_for(patent):
    statements_through(date(2026, 2, 21))
    statements_through(date(2026, 2, 3), "03100643000000017300")
    receipt = ReceiptFactory(application=patent.application)
    receipt.snapshot["account"] = "03100643000000017300"
    receipt.save()

    assert complete_through(patent.application.person, DAY) == date(2026, 2, 3)


def test_without_statements_nothing_is_known():
    assert not Account.objects.exists()
    assert complete_through(PersonFactory(), DAY) is None


def test_somebody_elses_money_is_not_mine(patent):
    stranger = ApplicationFactory().person

    assert standing_of(stranger, DAY).state == State.PREPARING
    assert standing_of(stranger, DAY).months == 0


@pytest.mark.parametrize("count", [1, 3])
def test_a_standing_costs_the_same_questions_whatever_the_history(
    patent, count, django_assert_num_queries
):
    for _ in range(count):
        PlacementFactory(application=patent.application)

    with django_assert_num_queries(9):
        standing_of(patent.application.person, DAY)
