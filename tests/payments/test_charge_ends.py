"""How an online payment ends, whoever says so first."""

from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from patents.models import Patent
from payments.errors import AlreadyPaid
from payments.facts import standing_of
from payments.models import Charge, ChargeStatus, Placement, QueueReason
from payments.services.importing.statements import import_statement
from payments.services.online.charge_sweep import sweep_charges
from payments.services.online.charges import (
    record_taken,
    refresh_by_provider_id,
    refresh_charge,
    start_charge,
)
from payments.services.papers.receipts import form_receipt
from payments.standing import State
from tests.factories import ApplicationFactory
from tests.payments.charge_ages import age, effects
from tests.payments.statement_files import ACQUIRER_ACCOUNT, order, whole

TODAY = date(2026, 2, 10)
pytestmark = pytest.mark.usefixtures("february")


def test_taken_money_is_living_at_once_and_the_patent_is_paid(receipt, acquirer):
    Patent.objects.update(issued_on=TODAY)
    charge = start_charge(receipt=receipt)
    acquirer.pay(charge.provider_id, captured_at="2026-02-10T20:59:00.000Z")

    refresh_charge(charge=charge)

    standing = standing_of(receipt.person)
    assert standing.state == State.IN_TRANSIT
    assert standing.covered_through == date(2026, 3, 9)
    assert standing.transit.expected_by == date(2026, 2, 17)
    receipt.application.refresh_from_db()
    assert receipt.application.first_paid_on == TODAY


def test_before_issue_the_first_month_is_on_its_way(worker, acquirer):
    application = ApplicationFactory(person=worker, ready=True)
    charge = start_charge(receipt=form_receipt(application=application, months=1, on=TODAY))
    acquirer.pay(charge.provider_id, captured_at="2026-02-10T09:30:00.000Z")
    refresh_charge(charge=charge)

    standing = standing_of(worker)

    assert standing.state == State.READY
    assert standing.months_living == 1


def test_the_day_of_payment_is_moscows(receipt, acquirer):
    charge = start_charge(receipt=receipt)
    acquirer.pay(charge.provider_id, captured_at="2026-02-10T21:00:00.000Z")

    refresh_charge(charge=charge)

    receipt.application.refresh_from_db()
    assert receipt.application.first_paid_on == date(2026, 2, 11)


def test_asked_any_number_of_times_the_person_is_told_once(receipt, acquirer):
    charge = start_charge(receipt=receipt)
    acquirer.pay(charge.provider_id)

    for _time in range(3):
        refresh_charge(charge=charge)

    assert effects() == (1, 1)


WAYS = {
    "webhook": lambda charge: refresh_by_provider_id(charge.provider_id),
    "return": lambda charge: refresh_charge(charge=charge),
    "sweep": lambda charge: sweep_charges(),
    "second click": lambda charge: pytest.raises(AlreadyPaid, start_charge, receipt=charge.receipt),
}


@pytest.mark.parametrize("order", list(permutations(WAYS)), ids=", ".join)
def test_whatever_comes_first_the_end_is_one_and_the_same(receipt, acquirer, order):
    charge = start_charge(receipt=receipt)
    age(charge, minutes=5)
    acquirer.pay(charge.provider_id)

    for way in order:
        WAYS[way](charge)

    charge.refresh_from_db()
    assert charge.status == ChargeStatus.SUCCEEDED
    assert effects() == (1, 1)


@pytest.mark.parametrize(
    "forged",
    [
        {"amount": {"value": "1.00", "currency": "RUB"}},
        {"amount": {"value": "10000.00", "currency": "USD"}},
        {"metadata": {"receipt": "AAAAAAAA"}},
        {"metadata": {}},
        {"paid": False},
        {"id": "somebody-elses"},
    ],
)
def test_a_word_about_another_payment_changes_nothing(receipt, acquirer, forged):
    charge = start_charge(receipt=receipt)
    acquirer.pay(charge.provider_id)
    acquirer.payments[charge.provider_id] |= forged

    refresh_charge(charge=charge)

    charge.refresh_from_db()
    assert charge.status == ChargeStatus.PENDING
    assert effects() == (0, 0)


@pytest.mark.parametrize(
    ("first", "then", "corrections"), [("pay", "cancel", 0), ("cancel", "pay", 1)]
)
def test_taken_money_counts_whatever_is_said_before_or_later(
    receipt, acquirer, first, then, corrections, caplog
):
    charge = start_charge(receipt=receipt)
    for say in (first, then):
        getattr(acquirer, say)(charge.provider_id)
        refresh_charge(charge=charge)

    charge.refresh_from_db()
    assert charge.status == ChargeStatus.SUCCEEDED
    assert charge.corrections.count() == corrections
    assert effects() == (1, 1)
    assert "took its word back" in caplog.text


def test_an_unknown_payment_is_nobodys(db, acquirer):
    assert refresh_by_provider_id("unknown") is None


def test_a_line_that_came_before_the_acquirers_word_finds_its_charge(receipt, acquirer):
    Patent.objects.update(issued_on=TODAY)
    charge = start_charge(receipt=receipt)
    acquirer.pay(charge.provider_id, captured_at="2026-02-10T09:30:00.000Z")
    day = date(2026, 2, 11)
    told = order(
        on=day, payer_account=ACQUIRER_ACCOUNT, purpose=receipt.snapshot["purpose"], inn="0"
    )
    import_statement(content=whole(told, first=day), name="early.txt")
    assert Placement.objects.queued().get().queue_reason == QueueReason.DAY_UNKNOWN

    refresh_charge(charge=charge)

    posted = Placement.objects.matched().get()
    assert (posted.charge, posted.paid_on) == (charge, TODAY)
    assert not Charge.objects.unposted().exists()


def test_a_line_posted_in_time_still_waits_for_the_open_page_and_counts_once(receipt, acquirer):
    """Counted at once by its posting, the money would live a second time when the word comes."""
    charge = start_charge(receipt=receipt)
    acquirer.pay(charge.provider_id, captured_at="2026-02-10T09:30:00.000Z")
    line_of_the_acquirer(receipt)
    assert Placement.objects.queued().get().queue_reason == QueueReason.DAY_UNKNOWN

    refresh_charge(charge=charge)

    assert Placement.objects.matched().get().charge == charge
    assert standing_of(receipt.person).months == 1


def test_a_page_that_is_given_up_stands_in_the_way_of_its_line_no_more(receipt, acquirer):
    charge = start_charge(receipt=receipt)
    line_of_the_acquirer(receipt)
    acquirer.cancel(charge.provider_id)

    refresh_charge(charge=charge)

    posted = Placement.objects.matched().get()
    assert (posted.charge, posted.receipt) == (None, receipt)


def line_of_the_acquirer(receipt):
    """The first month, posted on the day of issue: whenever it was paid, it is in time."""
    day = date(2026, 2, 11)
    Patent.objects.update(issued_on=day)
    told = order(
        on=day, payer_account=ACQUIRER_ACCOUNT, purpose=receipt.snapshot["purpose"], inn="0"
    )
    import_statement(content=whole(told, first=day), name="early.txt")


def test_a_known_fact_is_written_down_once(receipt):
    noon = datetime(2026, 2, 10, 9, tzinfo=UTC)

    first = record_taken(receipt=receipt, provider_id="demo-1", captured_at=noon)
    again = record_taken(receipt=receipt, provider_id="demo-1", captured_at=noon)

    assert first == again
    assert effects() == (1, 1)


def test_logs_carry_ids_only(receipt, acquirer, caplog):
    charge = start_charge(receipt=receipt)
    acquirer.payments[charge.provider_id] |= {"metadata": {}}
    caplog.set_level("DEBUG")

    refresh_charge(charge=charge)

    ours = [record.getMessage() for record in caplog.records if record.name.startswith("payments")]
    assert ours
    assert not any("Каримов" in text or "775100004210" in text for text in ours)
