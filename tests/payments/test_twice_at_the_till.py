"""Cash and a payment page: the clerk knows before money is taken, and what came twice is kept."""

from datetime import date

import pgtrigger
import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from accounts.services import approvals
from common.errors import Refusal
from desk.waiting import KINDS
from notifications.length import segments
from notifications.models import Message
from payments import messages, timeline
from payments.errors import AlreadyPaid, PageOpenAtTill, PayPageOpen
from payments.facts import standing_of
from payments.models import Charge, ChargeStatus, TillPayment
from payments.services.online import refunds
from payments.services.online.charges import refresh_charge, start_charge
from payments.services.papers.receipts import form_receipt
from payments.services.tills import till_corrections, tills
from tests.at_once import at_once
from tests.factories import (
    ChargeFactory,
    ReceiptFactory,
    StaffFactory,
    TillPaymentFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
TODAY, LATER = date(2026, 2, 10), date(2026, 2, 14)


def events():
    return set(Message.objects.values_list("event", flat=True))


def waiting(words):
    """How many rows a kind of work has; found by its address."""
    [work] = [one for one in KINDS if one.address.endswith(words)]
    return work.rows().count()


# --- before cash is taken


def test_beside_an_open_page_no_cash_is_recorded_and_the_refusal_says_until_when(
    paper, take, acquirer
):
    start_charge(receipt=paper)

    with translation.override("en"), pytest.raises(PageOpenAtTill, match="open until 13:00"):
        take(paper)

    assert not TillPayment.objects.exists()


def test_a_page_of_another_receipt_of_the_application_stands_in_the_way_too(
    application, paper, take, acquirer
):
    start_charge(receipt=form_receipt(application=application, months=2, on=TODAY))

    with pytest.raises(PageOpenAtTill):
        take(paper)


def test_a_page_that_the_acquirer_lets_be_closed_gives_way(paper, take, acquirer):
    acquirer.closes = True
    charge = start_charge(receipt=paper)

    take(paper, page_left=True)

    charge.refresh_from_db()
    assert (charge.status, charge.left_at) == (ChargeStatus.CANCELED, None)


def test_a_page_left_knowingly_lets_the_cash_be_recorded_and_the_person_reads_so(
    paper, take, acquirer, cashier
):
    charge = start_charge(receipt=paper)

    take(paper, page_left=True)

    charge.refresh_from_db()
    assert charge.status == ChargeStatus.PENDING
    assert charge.left_at is not None
    said = paper.person.timeline.get(kind=timeline.PAGE_LEFT)
    assert said.actor == cashier
    assert standing_of(paper.person, TODAY).months == 2


def test_a_refused_entry_leaves_the_page_where_it_was(paper, take, acquirer):
    charge = start_charge(receipt=paper)

    with pytest.raises(Refusal):
        take(paper, page_left=True, amount=paper.amount + 1)

    charge.refresh_from_db()
    assert charge.left_at is None


def test_money_taken_online_a_moment_ago_is_known_before_cash(paper, take, acquirer):
    charge = start_charge(receipt=paper)
    acquirer.pay(charge.provider_id)

    with pytest.raises(AlreadyPaid):
        take(paper, page_left=True)


def test_after_the_cash_no_page_is_opened_and_the_left_one_is_not_offered(
    application, paper, take, acquirer
):
    start_charge(receipt=paper)
    take(paper, page_left=True)

    with pytest.raises(AlreadyPaid):
        start_charge(receipt=paper)
    other = form_receipt(application=application, months=2, on=TODAY)
    with translation.override("en"), pytest.raises(PayPageOpen, match="Do not pay on it"):
        start_charge(receipt=other)


def test_a_correction_moves_no_cash_to_a_receipt_whose_page_is_open(
    application, paper, take, acquirer, cashier
):
    taken = take(paper)
    other = form_receipt(application=application, months=2, on=TODAY)
    start_charge(receipt=other)

    with pytest.raises(PageOpenAtTill):
        till_corrections.ask(
            taken=taken, receipt=other, taken_on=TODAY, actor=cashier, reason="не та квитанция"
        )


# --- the money came twice


def test_a_capture_beside_cash_is_kept_as_second_money_for_the_next_month(paper, twice):
    twice.refresh_from_db()

    assert (twice.status, twice.is_second) == (ChargeStatus.SUCCEEDED, True)
    assert (twice.first_month, twice.last_month) == (None, None)
    assert standing_of(paper.person, LATER).months == 3


def test_the_person_is_told_once_and_a_task_waits_for_staff(paper, twice):
    refresh_charge(charge=twice)

    assert messages.PAID_TWICE.code in events()
    assert messages.PAYMENT_TAKEN.code not in events()
    assert paper.person.timeline.filter(kind=timeline.TAKEN_AGAIN).count() == 1
    assert Message.objects.filter(event=messages.PAID_TWICE.code).count() == 1
    assert waiting("?shown=twice") == 1


@pytest.mark.parametrize("is_settled", [False, True])
def test_the_owner_reads_on_the_receipt_that_it_was_paid_twice(client, paper, twice, is_settled):
    if is_settled:
        twice.settled_at = twice.captured_at
        twice.save()
    client.force_login(paper.person.user)
    address = reverse("payments:receipt", args=[paper.reference])

    page = client.get(address, headers={"accept-language": "en"}).content.decode()

    assert "Paid twice: one more 10\xa0000\xa0₽ came online on" in page
    assert "It pays the next months." in page
    assert ("Do you want it back?" in page) is not is_settled


def test_a_receipt_that_was_paid_once_says_nothing_of_it(client, paper, take):
    take(paper)
    client.force_login(paper.person.user)
    address = reverse("payments:receipt", args=[paper.reference])

    page = client.get(address, headers={"accept-language": "en"}).content.decode()

    assert "Paid twice" not in page


def test_a_capture_for_the_months_of_another_receipt_is_second_money_too(
    application, paper, take, acquirer
):
    """The page was for two months; the person left it and paid one at the desk."""
    charge = start_charge(receipt=form_receipt(application=application, months=2, on=TODAY))
    take(paper, page_left=True)
    acquirer.pay(charge.provider_id)

    assert refresh_charge(charge=charge).is_second


def test_without_cash_a_left_page_that_is_paid_is_an_ordinary_payment(paper, acquirer):
    charge = start_charge(receipt=paper)
    acquirer.pay(charge.provider_id)

    assert not refresh_charge(charge=charge).is_second
    assert waiting("?shown=twice") == 0


def test_two_of_the_staff_give_the_second_money_back_and_the_cash_stays(paper, twice):
    asked = refunds.ask_refund(charge=twice, actor=StaffFactory(), reason="заплатил дважды")
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())

    refunds.sweep_refunds()

    twice.refresh_from_db()
    assert twice.status == ChargeStatus.REFUNDED
    assert standing_of(paper.person, LATER).months == 2
    assert messages.SECOND_REFUNDED.code in events()
    assert messages.PAYMENT_REFUNDED.code not in events()
    assert waiting("?shown=twice") == 0


def test_cash_given_back_at_once_makes_the_capture_the_only_payment(paper, twice, cashier):
    taken = TillPayment.objects.get()
    asked = till_corrections.ask(
        taken=taken, receipt=None, taken_on=TODAY, actor=cashier, reason="наличные вернули"
    )
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())

    twice.refresh_from_db()
    assert not twice.is_second
    assert waiting("?shown=twice") == 0
    assert standing_of(paper.person, LATER).months == 2


@pytest.mark.parametrize(
    "event", [messages.PAID_TWICE, messages.SECOND_REFUNDED, messages.ONE_PAYMENT]
)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_words_fit_into_two_sms(event, language):
    with translation.override(language):
        said = translation.gettext(event.template) % {
            "amount": "120 000 ₽",
            "tail": "161",
            "day": "14.02.2026",
            "next": translation.gettext("It pays the next month or goes back. Tell the centre."),
        }
    assert segments(said) <= 2


# --- the last wall


def test_the_database_takes_no_cash_beside_an_open_page(paper):
    ChargeFactory(receipt=paper, status="pending", captured_at=None)

    with pytest.raises(IntegrityError, match="online"), transaction.atomic():
        TillPaymentFactory(receipt=paper)


def test_the_database_takes_no_cash_beside_a_page_of_the_same_months(application, paper):
    other = ReceiptFactory(application=application, months=2)
    ChargeFactory(receipt=other, status="new", captured_at=None, provider_id=None)

    with pytest.raises(IntegrityError, match="online"), transaction.atomic():
        TillPaymentFactory(receipt=paper)


def test_the_database_takes_no_cash_for_what_is_paid_online(paper):
    ChargeFactory(receipt=paper)

    with pytest.raises(IntegrityError, match="online"), transaction.atomic():
        TillPaymentFactory(receipt=paper)


@pytest.mark.parametrize("status", ["new", "pending"])
def test_the_database_opens_no_page_for_what_the_till_took(paper, status):
    TillPaymentFactory(receipt=paper)

    with pytest.raises(IntegrityError, match="till"), transaction.atomic():
        ChargeFactory(receipt=paper, status=status, captured_at=None)


def test_the_database_keeps_a_capture_that_happened_whatever_the_till_took(paper):
    TillPaymentFactory(receipt=paper)

    assert ChargeFactory(receipt=paper).status == ChargeStatus.SUCCEEDED


# --- at once


def outcome(job):
    try:
        job()
    except Refusal as refusal:
        return type(refusal)
    return None


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_either_cash_or_a_page_is_there_never_both(paper, take, acquirer):
    def cash(number):
        return lambda: outcome(lambda: take(paper, cheque=f"c-{number}"))

    def page():
        return outcome(lambda: start_charge(receipt=paper))

    found = at_once(*(cash(number) for number in range(4)), *(page for _number in range(4)))

    cash_taken, pages = TillPayment.objects.standing().count(), Charge.objects.open().count()
    assert (cash_taken, pages) in {(1, 0), (0, 1)}
    assert set(found) <= {None, AlreadyPaid, PageOpenAtTill}


def opened_in_between(monkeypatch, paper):
    """After the clerk's look and before the entry a page is opened; nobody holds a lock."""
    looks = tills.require_no_page

    def look(application):
        looks(application)
        at_once(lambda: start_charge(receipt=paper))

    monkeypatch.setattr(tills, "require_no_page", look)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **how: rows)


@pytest.mark.django_db(transaction=True)
def test_without_the_locks_the_wall_still_stands_and_the_refusal_says_why(
    paper, take, acquirer, monkeypatch
):
    opened_in_between(monkeypatch, paper)

    with pytest.raises(PageOpenAtTill):
        take(paper)

    assert not TillPayment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_without_locks_and_wall_cash_stands_beside_an_open_page(paper, take, acquirer, monkeypatch):
    """The twin: if this fails, the tests above prove nothing."""
    opened_in_between(monkeypatch, paper)

    with pgtrigger.ignore("payments.TillPayment:no_page_open"):
        take(paper)

    assert TillPayment.objects.standing().exists()
    assert Charge.objects.in_the_way().exists()
