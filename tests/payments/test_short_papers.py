"""The receipt in short lines, and the calculator."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from payments.models import Receipt, Tariff
from payments.services.papers.receipts import form_receipt
from tests.factories import PlacementFactory, cancelled_facts

COUNT = reverse("payments:calculator")
TODAY = date(2026, 2, 10)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def mine(client, application):
    """One month is posted: paid through 14 February."""
    PlacementFactory(application=application)
    client.force_login(application.person.user)
    return client


def counted(client, until=None):
    given = {"until": until} if until is not None else {}
    page = client.get(COUNT, given, headers={"accept-language": "en"}).content.decode()
    return page.replace("\xa0", " ")


def lines_of(client, receipt):
    answer = client.get(reverse("payments:receipt_txt", args=[receipt.reference]))
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    return answer.content.decode().split("\r\n")


def test_the_text_has_what_a_terminal_asks_for_in_short_lines(mine, application):
    receipt = form_receipt(application=application, months=2, on=TODAY)

    lines = lines_of(mine, receipt)

    assert max(map(len, lines)) <= 32
    for line in (
        f"КВИТАНЦИЯ {receipt.reference[:4]}-{receipt.reference[4:]}",
        "Сумма: 20000.00 руб.",
        "ИНН плат.: 775100004210",
        "Счёт: 03100643000000018500",
        "КБК: 18210102040011000110",
        "БИК: 017003983",
        f"квитанция MMC-{receipt.reference}",
    ):
        assert any(line in found for found in lines), line


def test_long_names_are_wrapped_and_numbers_never_broken(mine, application):
    receipt = form_receipt(application=application, months=1, on=TODAY)
    receipt.snapshot["payer"]["last_name"] = "Абдурахмонзода-Саидмурадов Мухаммадабдурахмон"
    receipt.save()

    lines = lines_of(mine, receipt)

    assert max(map(len, lines)) <= 32
    assert sum("03100643000000018500" in line for line in lines) == 1


def test_a_paid_receipt_gives_no_text_to_pay_again(mine, application):
    receipt = form_receipt(application=application, months=1, on=TODAY)
    Receipt.objects.filter(pk=receipt.pk).update(**cancelled_facts())

    answer = mine.get(reverse("payments:receipt_txt", args=[receipt.reference]))

    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("until", "sum_", "day"),
    [
        ("2026-02-15", "10 000 ₽", "March 14, 2026"),
        ("2026-03-14", "10 000 ₽", "March 14, 2026"),
        ("2026-03-15", "20 000 ₽", "April 14, 2026"),
        ("14.01.2027", "110 000 ₽", "January 14, 2027"),
    ],
)
def test_the_fewest_months_that_reach_the_day(mine, until, sum_, day):
    page = counted(mine, until)

    assert f'<p class="big n">{sum_}</p>' in page
    assert f"The patent will be valid through {day}." in page


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("2026-02-14", "This day is already paid."),
        ("2026-02-09", "This day is over."),
        ("2027-01-15", "a patent lives twelve months"),
        ("9999-12-31", "a patent lives twelve months"),
        ("три", "This is not a day."),
        ("", "Choose the day."),
    ],
)
def test_a_day_that_cannot_be_bought_is_explained(mine, until, sentence):
    page = counted(mine, until)

    assert sentence in page
    assert 'class="big n"' not in page


def test_before_issue_no_day_is_promised(mine, application):
    application.patent.delete()
    application.status = "ready"
    application.save()

    assert "we cannot name the last day" in counted(mine, "2026-03-14")


def test_after_the_last_day_no_day_is_promised(mine, application, february):
    february.move_to(datetime(2026, 2, 15, 9, tzinfo=UTC))
    mine.force_login(application.person.user)

    assert "Ask the centre before you pay." in counted(mine, "2026-03-14")


def test_the_price_of_the_day_of_payment_is_explained(mine):
    assert "You may pay in December for months of the next year." in counted(mine)
    assert "The price holds for payments through December 31, 2026." in counted(mine)

    Tariff.objects.create(region="77", valid_from=date(2027, 1, 1), monthly=Decimal(11000))

    assert "From January 1, 2027 a month costs 11 000 ₽." in counted(mine)


def test_without_an_inn_the_reason_is_said(mine, application):
    application.person.inns.all().delete()

    assert "You have no INN yet" in counted(mine)
