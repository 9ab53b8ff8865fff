"""Cash and a payment page, at the window: what the clerk reads, marks and writes."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from common.formats import day_year
from payments.models import TillPayment
from payments.services.online.charges import start_charge
from payments.services.papers.receipts import form_receipt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
TODAY = date(2026, 2, 10)


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
