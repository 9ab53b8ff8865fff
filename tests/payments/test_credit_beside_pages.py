"""What a person has over buys no month that they are paying for on an open page."""

from datetime import date
from decimal import Decimal
from threading import Event

import pytest
from django.urls import reverse

from payments.errors import CreditBesidePage, PayPageOpen
from payments.models import Charge, Placement
from payments.services.importing.statements import import_statement
from payments.services.online import credits
from payments.services.online.charges import start_charge
from payments.services.online.credits import NothingToCount, count_credit
from payments.services.papers.receipts import form_receipt
from tests.at_once import PATIENCE, at_once
from tests.payments.statement_files import order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
LIST, COUNT = reverse("payments:list"), reverse("payments:count_credit")
TODAY = date(2026, 2, 10)


def pay(amount: str, on: date, number: str) -> None:
    line = order(number=number, on=on, posted_on=on, amount=Decimal(amount))
    import_statement(content=whole(line, first=on), name="file.txt")


@pytest.fixture
def covered(application):
    """The first month is posted, and 12 000 roubles wait; today is 10 February."""
    pay("10000", date(2026, 1, 14), "first")
    pay("12000", date(2026, 2, 9), "second")
    return application


@pytest.fixture
def paper(covered):
    return form_receipt(application=covered, months=1, on=TODAY)


def second_month_is_bought_twice() -> bool:
    posted = sum(row.months for row in Placement.objects.matched())
    return posted > 1 and Charge.objects.open().filter(first_month=2).exists()


def test_while_a_page_is_open_the_credit_waits(paper, acquirer):
    start_charge(receipt=paper)

    with pytest.raises(CreditBesidePage):
        count_credit(person=paper.person)

    assert not second_month_is_bought_twice()


def test_the_person_reads_why_and_the_money_stays(client, paper, acquirer):
    start_charge(receipt=paper)
    client.force_login(paper.person.user)

    page = client.post(COUNT, follow=True, headers={"accept-language": "en"}).content.decode()

    assert "A payment of 10\xa0000\xa0₽ was opened at 12:00" in page
    assert Placement.objects.surplus().count() == 1


def test_a_page_that_was_not_paid_lets_the_credit_count(paper, acquirer):
    charge = start_charge(receipt=paper)
    acquirer.cancel(charge.provider_id)

    assert count_credit(person=paper.person) == 1


def test_a_page_paid_a_moment_ago_makes_the_credit_count_for_the_month_after(paper, acquirer):
    charge = start_charge(receipt=paper)
    acquirer.pay(charge.provider_id, "2026-02-10T09:00:00.000Z")

    assert count_credit(person=paper.person) == 1
    assert not second_month_is_bought_twice()
    charge.refresh_from_db()
    assert (charge.status, charge.first_month) == ("succeeded", 2)


def test_while_the_acquirer_is_away_an_open_page_still_holds_the_credit(
    paper, acquirer, settings, february
):
    start_charge(receipt=paper)
    settings.YOOKASSA_URL = "http://127.0.0.1:9/v3"
    february.shift(7200)

    with pytest.raises(CreditBesidePage):
        count_credit(person=paper.person)


def test_after_the_credit_counted_a_page_is_for_the_month_after(paper, acquirer):
    count_credit(person=paper.person)

    assert start_charge(receipt=paper).first_month == 3


@pytest.fixture
def opened_after_the_question(monkeypatch, paper, acquirer):
    """A page is opened just after the acquirer was asked, before the credit is counted."""
    asked, opened = Event(), Event()
    real = credits.ask_about_open_pages

    def ask(*, person):
        real(person=person)
        asked.set()
        assert opened.wait(PATIENCE)

    monkeypatch.setattr(credits, "ask_about_open_pages", ask)

    def start() -> None:
        assert asked.wait(PATIENCE)
        try:
            start_charge(receipt=paper)
        finally:
            opened.set()

    return start


def count(person) -> bool:
    try:
        return bool(count_credit(person=person))
    except (CreditBesidePage, NothingToCount):
        return False


@pytest.mark.django_db(transaction=True)
def test_a_page_opened_meanwhile_is_seen_under_the_lock(paper, opened_after_the_question):
    counted, _page = at_once(lambda: count(paper.person), opened_after_the_question)

    assert counted is False
    assert not second_month_is_bought_twice()


@pytest.mark.django_db(transaction=True)
def test_without_the_look_under_the_lock_the_month_is_bought_twice(
    monkeypatch, paper, opened_after_the_question
):
    monkeypatch.setattr(credits, "_require_no_page", lambda person: None)

    at_once(lambda: count(paper.person), opened_after_the_question)

    assert second_month_is_bought_twice()


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_at_once_never_buy_the_month_twice(paper, acquirer):
    def start() -> bool:
        try:
            return bool(start_charge(receipt=paper))
        except PayPageOpen:
            return False

    at_once(*[lambda: count(paper.person)] * 4, *[start] * 4)

    assert not second_month_is_bought_twice()
    assert Charge.objects.count() == 1
