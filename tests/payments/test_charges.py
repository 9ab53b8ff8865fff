from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import permutations
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from accounts.models import TimelineEntry
from notifications.models import Message
from patents.models import Patent
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
from payments.facts import standing_of
from payments.models import (
    Charge,
    ChargeStatus,
    Method,
    Placement,
    QueueReason,
    Receipt,
    ReceiptStatus,
    Tariff,
)
from payments.services import charge_orders, charge_sweep
from payments.services.charge_sweep import sweep_charges
from payments.services.charges import (
    record_taken,
    refresh_by_provider_id,
    refresh_charge,
    start_charge,
)
from payments.services.receipts import form_receipt
from payments.services.statements import import_statement
from payments.standing import State
from tests.factories import ApplicationFactory, PhoneFactory, cancelled_facts
from tests.payments.statement_files import ACQUIRER_ACCOUNT, order, whole

TODAY = date(2026, 2, 10)

pytestmark = pytest.mark.usefixtures("february")


@pytest.fixture
def receipt(application):
    PhoneFactory(person=application.person, number="+79161234567")
    return form_receipt(application=application, months=1, on=TODAY)


def age(charge: Charge, **by) -> None:
    Charge.objects.filter(pk=charge.pk).update(created_at=charge.created_at - timedelta(**by))


def effects() -> tuple[int, int]:
    """Messages and timeline entries of taken payments."""
    taken = TimelineEntry.objects.filter(kind="payments.taken")
    return Message.objects.filter(event="payments.taken").count(), taken.count()


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


# --- how it ends


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


# --- the sweep


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


# --- at once


def at_once(count: int, do) -> list:
    barrier = Barrier(count)

    def run(number: int):
        barrier.wait()
        try:
            return do(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_at_once_start_one_charge(receipt, acquirer):
    found = at_once(8, lambda number: start_charge(receipt=receipt).provider_id)

    assert len(set(found)) == 1
    assert Charge.objects.count() == 1
    assert len(acquirer.payments) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_claim_eight_clicks_start_several_payments(receipt, acquirer):
    """The twin: if this fails, the test above proves nothing."""

    def naive(number: int) -> None:
        if not receipt.charges.exists():
            key = str(uuid4())
            order = charge_orders.draft(receipt, key=key, method=Method.CARD, phone="")
            gateway.current().create(order)

    at_once(8, naive)

    assert len(acquirer.payments) > 1


@pytest.mark.django_db(transaction=True)
def test_the_same_news_eight_times_at_once_tells_the_person_once(receipt, acquirer):
    charge = start_charge(receipt=receipt)
    acquirer.pay(charge.provider_id)

    at_once(8, lambda number: refresh_by_provider_id(charge.provider_id))

    assert effects() == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_receipts_at_once_never_pass_twelve_months(application, acquirer):
    papers = [form_receipt(application=application, months=n, on=TODAY) for n in (7, 8)]

    def start(number: int) -> bool:
        try:
            return bool(start_charge(receipt=papers[number]))
        except PayPageOpen:
            return False

    assert sorted(at_once(2, start)) == [False, True]
