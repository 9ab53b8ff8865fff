"""By what a person pays online, each way with its limits, and what the page says before."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from payments.errors import WayTakesLess
from payments.models import Charge, Method, MobileOperator, PaymentMethod
from payments.services.online.charges import refresh_charge, start_charge
from payments.services.papers.receipts import form_receipt
from payments.ways import ways_for
from tests.factories import ApplicationFactory, PhoneFactory

PAY = reverse("payments:pay")
PHONE = "+79161234567"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]


@pytest.fixture
def application(worker):
    """Ready, the first month to be paid: nothing stands between the choice and the page."""
    return ApplicationFactory(person=worker, ready=True)


@pytest.fixture
def person(application, client):
    PhoneFactory(person=application.person, number=PHONE)
    client.force_login(application.person.user)
    return application.person


def chosen(client, **fields):
    return client.post(PAY, {"months": "1", "known": "", **fields})


@pytest.mark.parametrize("method", [Method.CARD, Method.SBP, Method.WALLET])
def test_each_way_with_a_page_leads_to_it(client, person, acquirer, method):
    answer = chosen(client, method=method)

    assert answer.status_code == 303
    assert acquirer.bodies[0]["payment_method_data"] == {"type": method}
    assert Charge.objects.get().method == method


def test_money_of_a_phone_number_is_confirmed_by_sms_and_has_no_page(client, person, acquirer):
    answer = chosen(client, method=Method.MOBILE, phone="8 916 123-45-67")

    body = acquirer.bodies[0]
    assert body["payment_method_data"] == {"type": "mobile_balance", "phone": "79161234567"}
    assert body["confirmation"] == {"type": "external"}
    assert "/payments/back/" in answer.url
    told = client.get(answer.url, follow=True).content.decode()
    assert "SMS" in told


def test_a_phone_that_is_no_phone_is_asked_for_again(client, person, acquirer):
    page = chosen(client, method=Method.MOBILE, phone="12345").content.decode()

    assert "+7" in page
    assert not Charge.objects.exists()


def test_two_months_are_more_than_any_operator_lets_through(client, person, acquirer):
    page = chosen(client, months="2", method=Method.MOBILE, phone=PHONE).content.decode()

    assert "15 000" in page.replace("\xa0", " ")
    assert not Charge.objects.exists()


def test_whoever_calls_the_limit_of_a_way_holds(application, acquirer):
    paper = form_receipt(application=application, months=2, on=date(2026, 2, 10))

    with pytest.raises(WayTakesLess):
        start_charge(receipt=paper, method=Method.MOBILE, phone=PHONE)


def test_a_closed_way_is_not_offered_and_not_taken(client, person, acquirer):
    PaymentMethod.objects.filter(code=Method.SBP).update(is_open=False)

    page = client.get(PAY).content.decode()
    chosen(client, method=Method.SBP)

    assert 'value="sbp"' not in page
    assert not Charge.objects.exists()


def test_nothing_chosen_is_a_card(client, person, acquirer):
    assert chosen(client).status_code == 303
    assert Charge.objects.get().method == Method.CARD


def test_the_page_says_which_operators_can_pay_a_month_and_which_cannot(client, person):
    MobileOperator.objects.filter(name="t2").update(most=None)

    [mobile] = [way for way in ways_for(Decimal(10_000)) if way.row.code == Method.MOBILE]
    page = client.get(PAY).content.decode()

    assert (mobile.can, mobile.cannot, mobile.unknown) == (["МТС", "Билайн"], ["МегаФон"], ["t2"])
    assert "МТС, Билайн" in page
    assert "МегаФон" in page


@pytest.mark.parametrize(
    ("code", "amount", "possible", "sure"),
    [
        (Method.CARD, 120_000, True, True),
        (Method.WALLET, 10_000, True, True),
        (Method.WALLET, 20_000, True, False),
        (Method.MOBILE, 10_000, True, False),
        (Method.MOBILE, 20_000, False, False),
        (Method.SBP, 120_000, True, True),
    ],
)
def test_limits_are_those_of_the_acquirer(code, amount, possible, sure):
    [way] = [way for way in ways_for(Decimal(amount)) if way.row.code == code]

    assert (way.is_possible, way.row.surely_takes(way.amount)) == (possible, sure)


def test_before_paying_the_page_says_who_gets_it_and_whose_inn_counts(client, person):
    page = client.get(PAY, headers={"accept-language": "en"}).content.decode()

    for said in ("Treasury", "up to 7 days", "Your own INN counts", "in one order"):
        assert said in page


def test_the_cheque_of_the_law_names_the_worker_and_the_whole_sum(client, person, acquirer):
    chosen(client)

    cheque = acquirer.bodies[0]["receipt"]
    assert cheque["customer"] == {
        "full_name": "Каримов Тимур Рустамович",
        "inn": "775100004210",
        "phone": "79161234567",
    }
    [item] = cheque["items"]
    assert item["amount"] == {"value": "10000.00", "currency": "RUB"}
    assert (item["vat_code"], item["payment_subject"]) == (1, "payment")
    assert item["payment_mode"] == "full_payment"


def test_without_a_phone_the_cheque_goes_to_the_centre(application, acquirer, settings):
    settings.YOOKASSA_CHEQUE_EMAIL = "cheques@centre.example"
    settings.YOOKASSA_TAX_SYSTEM = 6

    start_charge(receipt=form_receipt(application=application, months=1, on=date(2026, 2, 10)))

    cheque = acquirer.bodies[0]["receipt"]
    assert cheque["customer"]["email"] == "cheques@centre.example"
    assert cheque["tax_system_code"] == 6


def test_the_order_is_forgotten_when_the_payment_has_ended(application, acquirer):
    paper = form_receipt(application=application, months=1, on=date(2026, 2, 10))
    charge = start_charge(receipt=paper)
    assert charge.order["metadata"]["inn"] == "775100004210"
    acquirer.pay(charge.provider_id)

    assert refresh_charge(charge=charge).order == {}


def test_an_open_page_for_another_sum_is_shown_with_its_button(client, person, acquirer):
    chosen(client, months="2")
    open_one = Charge.objects.get()

    answer = chosen(client, months="1")

    assert answer.url.endswith(f"?receipt={open_one.receipt.reference}")
    assert Charge.objects.count() == 1
