"""Cash and a payment page: the clerk knows before money is taken, and what came twice is kept."""

from datetime import date

import pgtrigger
import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from accounts.services import approvals
from common.errors import Refusal
from common.formats import day_year
from desk.waiting import KINDS
from notifications.length import segments
from notifications.models import Message
from payments import messages, timeline
from payments.errors import AlreadyPaid, PageOpenAtTill, PayPageOpen
from payments.facts import standing_of
from payments.models import Charge, ChargeStatus, TillPayment
from payments.services import refunds, till_corrections, tills
from payments.services.charges import refresh_charge, start_charge
from payments.services.receipts import form_receipt
from tests.at_once import at_once
from tests.factories import (
    ChargeFactory,
    PhoneFactory,
    PlacementFactory,
    ReceiptFactory,
    StaffFactory,
    TillFactory,
    TillPaymentFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
TODAY, LATER = date(2026, 2, 10), date(2026, 2, 14)


@pytest.fixture
def paper(application):
    """The second month; the first one is posted."""
    PhoneFactory(person=application.person, number="+79161234567")
    PlacementFactory(application=application)
    return form_receipt(application=application, months=1, on=TODAY)


@pytest.fixture
def cashier(db):
    return StaffFactory(username="cashier")


@pytest.fixture
def till(db):
    return TillFactory()


@pytest.fixture
def take(till, cashier):
    def taken(paper, cheque="0042", **more):
        facts = {"till": till, "cheque_number": cheque, "amount": paper.amount, "actor": cashier}
        return tills.take(receipt=paper, **facts | more)

    return taken


@pytest.fixture
def twice(paper, take, acquirer):
    """The page was left for the cash desk, cash was taken, and the page was paid all the same."""
    charge = start_charge(receipt=paper)
    take(paper, page_left=True)
    acquirer.pay(charge.provider_id)
    return refresh_charge(charge=charge)


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


@pytest.mark.parametrize("event", [messages.PAID_TWICE, messages.SECOND_REFUNDED])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_words_fit_into_two_sms(event, language):
    with translation.override(language):
        said = translation.gettext(event.template) % {
            "amount": "120 000 ₽",
            "tail": "161",
            "day": "14.02.2026",
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


# --- the clerk's pages


@pytest.fixture
def operator(client):
    user = StaffFactory(username="operator", is_superuser=False)
    user.groups.set(Group.objects.filter(name="operator"))
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def page_of(paper, name="assist_receipt"):
    return reverse(f"admin:{name}", args=[paper.person_id, paper.reference])


def said(paper, till, client=None, **more):
    """What the clerk sends; having read, with the mark of what was read."""
    data = {"till": till.pk, "cheque": "0042", "amount": "10 000"} | more
    if client:
        stop = client.get(page_of(paper)).context["stop"]
        data |= {"knows": "on", "known": stop.fingerprint}
    return data


def test_the_form_says_before_cash_that_a_page_is_open_and_until_when(operator, paper, acquirer):
    start_charge(receipt=paper)

    page = operator.get(page_of(paper)).content.decode()

    assert "A payment page is open" in page
    assert "until 13:00" in page
    assert 'name="page_left"' in page
    assert page_of(paper, "till_ask_bank") in page


def test_without_an_open_page_nothing_of_it_is_said(operator, paper):
    page = operator.get(page_of(paper)).content.decode()

    assert "A payment page is open" not in page
    assert 'name="page_left"' not in page


def test_the_clerk_asks_the_bank_and_reads_what_became_of_the_page(operator, paper, acquirer):
    charge = start_charge(receipt=paper)
    acquirer.pay(charge.provider_id)

    page = operator.post(page_of(paper, "till_ask_bank"), follow=True).content.decode()

    assert "This receipt is paid by card." in page
    assert "till_take" not in page


def test_the_clerk_marks_that_the_page_is_left_and_records(operator, paper, till, acquirer):
    start_charge(receipt=paper)
    address = page_of(paper, "till_take")

    assert "errornote" in operator.post(address, said(paper, till)).content.decode()
    assert not TillPayment.objects.exists()

    operator.post(address, said(paper, till, page_left="on"))

    assert TillPayment.objects.get().receipt == paper


def test_cash_taken_for_what_was_paid_online_a_moment_ago_goes_back(
    operator, paper, till, acquirer
):
    charge = start_charge(receipt=paper)
    acquirer.pay(charge.provider_id)

    page = operator.post(page_of(paper, "till_take"), said(paper, till)).content.decode()

    assert "Give the cash back" in page
    assert not TillPayment.objects.exists()


@pytest.fixture
def next_paper(application, paper, take):
    """One more month, after the second one was paid at the desk a moment ago."""
    take(paper, cheque="0041")
    return form_receipt(application=application, months=2, on=TODAY)


@pytest.mark.parametrize("name", ["till_take", "assist_receipt"])
def test_what_is_already_paid_is_read_to_the_person_before_more_money(
    operator, next_paper, till, acquirer, name
):
    page = operator.get(page_of(next_paper)).content.decode()
    assert "Read this to the person first" in page
    with translation.override("en"):
        assert f"paid on {day_year(TODAY)}" in page
    assert "On its way" in page
    sent = said(next_paper, till, amount="20 000")

    answer = operator.post(page_of(next_paper, name), sent)

    assert "Read to the person what is already paid" in answer.content.decode()
    assert not taken_for(next_paper)

    operator.post(page_of(next_paper, name), said(next_paper, till, operator, amount="20 000"))

    assert taken_for(next_paper)


def taken_for(paper) -> bool:
    return paper.till_payments.exists() or paper.charges.exists()


def test_a_mark_about_something_else_counts_for_nothing(operator, next_paper, till):
    sent = said(next_paper, till, amount="20 000") | {"knows": "on", "known": "0" * 16}

    operator.post(page_of(next_paper, "till_take"), sent)

    assert not taken_for(next_paper)


def test_after_the_last_covered_day_the_clerk_reads_that_late_money_revives_nothing(
    request, paper, february
):
    february.move_to("2026-02-20 09:00:00+00:00")
    operator = request.getfixturevalue("operator")
    late = form_receipt(application=paper.application, months=1, on=date(2026, 2, 20))

    page = operator.get(page_of(late)).content.decode()

    assert "does not make the patent valid again" in page
    assert 'name="knows"' in page


def test_a_receipt_is_made_at_the_window_only_knowingly(operator, next_paper):
    address = reverse("admin:assist", args=[next_paper.person_id])

    page = operator.post(address, {"months": "3"}).content.decode()

    assert "Read to the person what is already paid" in page
    assert not next_paper.person.receipts.filter(months=3).exists()


def test_the_receipt_says_to_the_clerk_that_it_was_paid_twice(operator, paper, twice):
    page = operator.get(page_of(paper)).content.decode()

    assert "Paid twice: 10" in page
    assert reverse("admin:payments_charge_change", args=[twice.pk]) in page
