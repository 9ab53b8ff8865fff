"""The sweep finds what webhooks lost, and leaves the young payments to their payers."""

from datetime import UTC, date, datetime

import pytest

from payments.errors import GatewayUnavailable
from payments.models import Charge, ChargeStatus, Method
from payments.services.online import charge_sweep
from payments.services.online.charge_sweep import sweep_charges
from payments.services.online.charges import start_charge
from payments.services.papers.receipts import form_receipt
from tests.factories import ApplicationFactory
from tests.payments.charge_ages import age, effects

TODAY = date(2026, 2, 10)
pytestmark = pytest.mark.usefixtures("february")


def test_the_sweep_finds_what_the_webhook_lost(receipt, acquirer):
    charge = start_charge(receipt=receipt)
    acquirer.pay(charge.provider_id)
    age(charge, minutes=2)

    assert sweep_charges() == 1

    charge.refresh_from_db()
    assert charge.status == ChargeStatus.SUCCEEDED


def test_the_sweep_leaves_young_charges_to_their_payers(receipt, acquirer):
    start_charge(receipt=receipt)

    assert sweep_charges() == 0


def test_the_sweep_repeats_a_lost_beginning_with_the_same_key(receipt, acquirer):
    with acquirer.answering(500), pytest.raises(GatewayUnavailable):
        start_charge(receipt=receipt)
    charge = Charge.objects.get()
    age(charge, minutes=2)

    sweep_charges()

    charge.refresh_from_db()
    assert charge.status == ChargeStatus.PENDING
    assert len(acquirer.payments) == 1


def test_a_beginning_older_than_its_key_is_looked_for_by_its_time(receipt, acquirer):
    with acquirer.answering(500), pytest.raises(GatewayUnavailable):
        start_charge(receipt=receipt, method=Method.MOBILE, phone="+79161234567")
    charge = Charge.objects.get()
    acquirer.pay(acquirer.only["id"])
    age(charge, hours=24)

    sweep_charges()

    charge.refresh_from_db()
    assert charge.status == ChargeStatus.SUCCEEDED
    assert effects() == (1, 1)


def test_a_beginning_older_than_its_key_is_given_up(receipt, acquirer):
    with acquirer.answering(500), pytest.raises(GatewayUnavailable):
        start_charge(receipt=receipt)
    charge = Charge.objects.get()
    acquirer.payments.clear()
    age(charge, hours=24)

    sweep_charges()

    charge.refresh_from_db()
    assert (charge.status, charge.reason) == (ChargeStatus.CANCELED, charge_sweep.NEVER_KNOWN)


@pytest.mark.parametrize(("days", "status"), [(1, "pending"), (3, "canceled")])
def test_what_the_acquirer_forgot_ends_after_days(receipt, acquirer, days, status):
    charge = start_charge(receipt=receipt)
    acquirer.payments.clear()
    age(charge, days=days)

    sweep_charges()

    charge.refresh_from_db()
    assert charge.status == status


def test_while_the_acquirer_is_away_the_sweep_asks_once_and_waits(application, acquirer, settings):
    for one in (application, ApplicationFactory(person=application.person, ready=True)):
        start_charge(receipt=form_receipt(application=one, months=1, on=TODAY))
    Charge.objects.update(created_at=datetime(2026, 2, 10, 8, tzinfo=UTC))

    with acquirer.answering(503):
        before = acquirer.found
        assert sweep_charges() == 0

    assert acquirer.found == before + 1
    assert Charge.objects.open().count() == 2
