from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError

from payments import gateway
from payments.errors import (
    AlreadyPaid,
    GatewayRefused,
    GatewayUnavailable,
    PayPageOpen,
    PriceChanged,
    ReceiptCancelled,
    ReceiptTooLong,
)
from payments.models import Charge, ChargeStatus, Method, Receipt, ReceiptStatus, Tariff
from payments.services.online import charge_orders, charges
from payments.services.online.charges import refresh_by_provider_id, start_charge
from payments.services.papers.receipts import form_receipt
from tests.at_once import at_once, meeting, no_row_is_locked, outcome
from tests.factories import cancelled_facts
from tests.guards import without_rule
from tests.payments.charge_ages import effects

TODAY = date(2026, 2, 10)
pytestmark = pytest.mark.usefixtures("february")


# --- starting


def test_a_charge_leads_to_the_payment_page(receipt, acquirer):
    charge = start_charge(receipt=receipt)

    assert charge.status == ChargeStatus.PENDING
    assert charge.confirmation_url.endswith(f"/pay/{charge.provider_id}/")


def test_the_order_names_the_worker_for_the_acquirers_own_order(receipt, acquirer):
    start_charge(receipt=receipt)

    [body] = acquirer.bodies
    assert body["amount"]["value"] == "10000.00"
    assert body["metadata"] == {
        "receipt": receipt.reference,
        "login": receipt.application.number,
        "inn": "775100004210",
        "payer": "Каримов Тимур Рустамович",
        "charge": str(Charge.objects.get().idempotence_key),
        "cms_name": "yookassa_sdk_python",
    }
    back = f"http://testserver/cabinet/payments/back/{receipt.reference}/"
    assert body["confirmation"]["return_url"] == back


def test_a_second_click_gives_the_same_payment_page(receipt, acquirer):
    first = start_charge(receipt=receipt)
    again = start_charge(receipt=receipt)

    assert first == again
    assert len(acquirer.payments) == 1


def test_the_charge_is_kept_before_the_acquirer_hears_of_it(receipt, acquirer, settings):
    settings.YOOKASSA_URL = "http://127.0.0.1:9/v3"

    with pytest.raises(GatewayUnavailable):
        start_charge(receipt=receipt)

    assert Charge.objects.get().status == ChargeStatus.NEW


def test_money_taken_behind_a_lost_answer_is_one_charge(receipt, acquirer):
    with acquirer.answering(500), pytest.raises(GatewayUnavailable):
        start_charge(receipt=receipt)

    charge = start_charge(receipt=receipt)

    assert charge.provider_id == acquirer.only["id"]
    assert Charge.objects.count() == 1


def test_a_repetition_says_the_same_whatever_changed_since(receipt, acquirer):
    with acquirer.answering(500), pytest.raises(GatewayUnavailable):
        start_charge(receipt=receipt)
    receipt.person.last_name = "Каримова"
    receipt.person.save()

    start_charge(receipt=Receipt.objects.get())

    assert acquirer.bodies[0] == acquirer.bodies[1]


def test_what_the_acquirer_refuses_for_good_ends_and_may_be_tried_anew(receipt, acquirer):
    with acquirer.answering(400), pytest.raises(GatewayRefused):
        start_charge(receipt=receipt)

    assert Charge.objects.get().status == ChargeStatus.CANCELED
    assert start_charge(receipt=receipt).status == ChargeStatus.PENDING


def test_a_taken_receipt_is_not_charged_again_even_before_any_webhook(receipt, acquirer):
    acquirer.pay(start_charge(receipt=receipt).provider_id)

    with pytest.raises(AlreadyPaid):
        start_charge(receipt=receipt)

    assert len(acquirer.payments) == 1


def test_a_canceled_payment_gives_way_to_a_new_one(receipt, acquirer):
    first = start_charge(receipt=receipt)
    acquirer.cancel(first.provider_id)

    second = start_charge(receipt=receipt)

    first.refresh_from_db()
    assert first.status == ChargeStatus.CANCELED
    assert second != first


@pytest.mark.parametrize(
    ("closed", "refusal"),
    [
        (lambda: {"status": ReceiptStatus.POSTED, "posted_on": TODAY}, AlreadyPaid),
        (cancelled_facts, ReceiptCancelled),
    ],
)
def test_a_closed_receipt_is_not_charged(receipt, acquirer, closed, refusal):
    Receipt.objects.update(**closed())

    with pytest.raises(refusal):
        start_charge(receipt=receipt)

    assert acquirer.bodies == []


def test_at_another_price_the_old_paper_is_not_charged(receipt, acquirer, february):
    Tariff.objects.create(region="77", valid_from=date(2027, 1, 1), monthly=Decimal("11000"))
    february.move_to(datetime(2027, 1, 2, 12, tzinfo=UTC))

    with pytest.raises(PriceChanged):
        start_charge(receipt=receipt)


def test_paying_by_card_never_passes_twelve_months(application, acquirer):
    small = form_receipt(application=application, months=2, on=TODAY)
    large = form_receipt(application=application, months=11, on=TODAY)
    acquirer.pay(start_charge(receipt=large).provider_id)

    with pytest.raises(ReceiptTooLong):
        start_charge(receipt=small)


def test_one_page_at_a_time_and_the_open_one_is_offered(application, acquirer):
    first = start_charge(receipt=form_receipt(application=application, months=2, on=TODAY))

    with pytest.raises(PayPageOpen) as refusal:
        start_charge(receipt=form_receipt(application=application, months=1, on=TODAY))

    assert refusal.value.charge == first
    assert "13:00" in str(refusal.value)
    assert len(acquirer.payments) == 1


def test_a_page_that_the_acquirer_closes_gives_way_to_another(application, acquirer):
    acquirer.closes = True
    first = start_charge(receipt=form_receipt(application=application, months=2, on=TODAY))

    other = start_charge(receipt=form_receipt(application=application, months=1, on=TODAY))

    first.refresh_from_db()
    assert (first.status, other.status) == (ChargeStatus.CANCELED, ChargeStatus.PENDING)
    assert (other.first_month, other.last_month) == (1, 1)


def test_another_way_of_paying_leads_to_the_page_that_is_open(receipt, acquirer):
    start_charge(receipt=receipt, method=Method.CARD)

    with pytest.raises(PayPageOpen):
        start_charge(receipt=receipt, method=Method.SBP)


def test_a_page_that_was_paid_a_moment_ago_is_known_before_the_next_months(application, acquirer):
    first = start_charge(receipt=form_receipt(application=application, months=2, on=TODAY))
    acquirer.pay(first.provider_id)

    other = start_charge(receipt=form_receipt(application=application, months=1, on=TODAY))

    first.refresh_from_db()
    assert first.status == ChargeStatus.SUCCEEDED
    assert (other.first_month, other.last_month) == (3, 3)


# --- at once


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_at_once_start_one_charge(receipt, acquirer):
    found = at_once(*[lambda: start_charge(receipt=receipt).provider_id] * 8)

    assert len(set(found)) == 1
    assert Charge.objects.count() == 1
    assert len(acquirer.payments) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_claim_eight_clicks_start_several_payments(receipt, acquirer):
    """The twin: if this fails, the test above proves nothing."""

    def naive() -> None:
        if not receipt.charges.exists():
            key = str(uuid4())
            order = charge_orders.draft(receipt, key=key, method=Method.CARD, phone="")
            gateway.current().create(order)

    at_once(*[naive] * 8)

    assert len(acquirer.payments) > 1


@pytest.mark.django_db(transaction=True)
def test_the_same_news_eight_times_at_once_tells_the_person_once(receipt, acquirer):
    charge = start_charge(receipt=receipt)
    acquirer.pay(charge.provider_id)

    at_once(*[lambda: refresh_by_provider_id(charge.provider_id)] * 8)

    assert effects() == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_receipts_at_once_never_pass_twelve_months(application, acquirer):
    papers = [form_receipt(application=application, months=n, on=TODAY) for n in (7, 8)]

    def start(paper: Receipt) -> bool:
        try:
            return bool(start_charge(receipt=paper))
        except PayPageOpen:
            return False

    assert sorted(at_once(*[partial(start, paper) for paper in papers])) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_locks_only_the_constraint_refuses_the_second_page(
    application, acquirer, monkeypatch
):
    papers = [form_receipt(application=application, months=n, on=TODAY) for n in (7, 8)]
    no_row_is_locked(monkeypatch)
    meeting(monkeypatch, charges, "_opened", 2)

    found = at_once(*[outcome(partial(start_charge, receipt=paper)) for paper in papers])

    assert IntegrityError in found
    assert Charge.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_constraints_either_they_pass_twelve_months(
    application, acquirer, monkeypatch
):
    papers = [form_receipt(application=application, months=n, on=TODAY) for n in (7, 8)]
    no_row_is_locked(monkeypatch)
    meeting(monkeypatch, charges, "_opened", 2)

    one_page, no_month_twice = "charge_one_open_an_application", "charge_no_month_twice"
    with without_rule(Charge, one_page), without_rule(Charge, no_month_twice):
        at_once(*[outcome(partial(start_charge, receipt=paper)) for paper in papers])

        assert sum(charge.receipt.months for charge in Charge.objects.open()) == 15
