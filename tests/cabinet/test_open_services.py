"""The services without login: one sentence for whoever has the number, nothing for guessers."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from captcha.models import CaptchaStore
from django.urls import reverse
from pypdf import PdfReader

from cabinet.views import open as views
from common import clock
from notifications.models import Message
from notifications.services import deliver
from patents.models import Inn
from payments.facts import standing_of
from payments.models import PayLink, Receipt
from payments.sentence import sentence
from tests.factories import (
    ApplicationFactory,
    InnFactory,
    PatentFactory,
    PhoneFactory,
    statements_through,
)

pytestmark = pytest.mark.django_db
STATUS, CHECK, INN, PAY, RECEIPT = (
    reverse(f"cabinet:open_{name}") for name in ("status", "patent", "inn", "pay", "receipt")
)
WRITTEN = "775100004210"
TODAY = datetime(2026, 2, 10, 12, tzinfo=clock.MOSCOW)


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def holder(patent):
    """Whose patent it is, with names, a phone and an INN."""
    person = patent.application.person
    person.last_name, person.first_name, person.middle_name = "Каримов", "Тимур", "Азизович"
    person.save()
    PhoneFactory(person=person, number="+79161234567")
    Inn.objects.filter(person=person).delete()
    InnFactory(person=person, value=WRITTEN)
    return person


def ask(client, page, **typed):
    """As typed, with the right answer to a new picture."""
    key = CaptchaStore.generate_key()
    answer = CaptchaStore.objects.get(hashkey=key).response
    return client.post(page, {"captcha_0": key, "captcha_1": answer, **typed})


def text(answer) -> str:
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


# --- every page


@pytest.mark.parametrize("page", [STATUS, CHECK, INN, PAY, RECEIPT])
def test_each_page_says_what_is_needed_and_leads_to_the_cabinet(client, page):
    answer = client.get(page)

    assert "Войти в личный кабинет" in text(answer)
    assert "captcha_1" in text(answer)
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("page", [STATUS, CHECK, INN, PAY, RECEIPT])
def test_the_landing_page_leads_to_each(client, page):
    assert f'href="{page}"' in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        (STATUS, {"number": "2000001"}),
        (CHECK, {"series": "77", "number": "2600000001"}),
        (INN, {"number": "2000001"}),
        (PAY, {"paper": "2000001", "last_name": "Каримов", "months": "1"}),
    ],
)
def test_a_wrong_picture_code_answers_nothing_and_keeps_what_was_typed(client, page, typed):
    answer = ask(client, page, captcha_1="nope", **typed)

    assert answer.context["form"].errors.keys() == {"captcha"}
    assert all(value in text(answer) for value in typed.values())
    assert 'id="status"' not in text(answer)


def test_too_many_questions_of_one_network_are_told_when_to_come_back(client, monkeypatch):
    monkeypatch.setattr(views, "ASKED", 2)
    answers = [ask(client, STATUS, number="1381161").status_code for _try in range(3)]

    assert answers == [200, 200, 429]
    assert client.get(STATUS).status_code == 200


# --- the status of an application


def test_the_status_is_the_short_sentence_of_the_standing_without_a_name(client, holder):
    number = holder.applications.get().number
    page = text(ask(client, STATUS, number=f" {number[:3]} {number[3:]} "))

    assert "Патент выдан 15.01.2026" in page
    assert "Каримов" not in page
    assert WRITTEN not in page


def test_an_older_application_of_a_person_sends_to_the_newer_one(client):
    old = ApplicationFactory(accepted_on=date(2024, 1, 10))
    PatentFactory(application=old, issued_on=date(2024, 1, 20))
    ApplicationFactory(person=old.person, accepted_on=date(2026, 2, 10))

    assert "Это заявление закрыто" in text(ask(client, STATUS, number=old.number))


def test_an_unknown_number_is_one_sentence(client):
    assert "Мы не знаем такого номера" in text(ask(client, STATUS, number="9999999"))


@pytest.mark.parametrize("number", ["77A", "12", "1" * 40, "١٢٣", "'; --"])
def test_what_is_no_number_is_said_beside_the_field(client, number):
    answer = ask(client, STATUS, number=number)

    assert answer.context["form"].errors.keys() == {"number"}


# --- a patent


def test_a_patent_is_said_to_be_valid_and_when_to_pay(client, holder, patent):
    page = text(ask(client, CHECK, series="77", number=patent.number))

    assert "Патент действует." in page
    assert "14 февраля" in page
    assert "Каримов" not in page


def test_spaces_dashes_and_other_digits_are_the_same_number(client, patent):
    spaced = f"{patent.number[:4]} {patent.number[4:7]}-{patent.number[7:]}"

    assert "Патент действует." in text(ask(client, CHECK, series="№ 77", number=spaced))


def test_before_the_statements_are_complete_nobody_is_said_to_be_late(client, patent):
    with time_machine.travel(TODAY + timedelta(days=8), tick=False):
        page = text(ask(client, CHECK, series="77", number=patent.number))

    assert "Платёж проверяют." in page
    assert "Ничего не делайте" in page
    assert "не действует" not in page


def test_a_patent_that_ended_says_what_the_statements_show(client, patent):
    statements_through(date(2026, 3, 20))
    with time_machine.travel(TODAY + timedelta(days=40), tick=False):
        page = text(ask(client, CHECK, series="77", number=patent.number))
        title = sentence(standing_of(patent.application.person)).title

    assert "Патент не действует." in page
    assert title.replace("\xa0", " ") in page


def test_a_patent_before_a_newer_application_is_over(client, patent):
    statements_through(date(2027, 2, 20))
    with time_machine.travel("2027-02-20 09:00:00+00:00", tick=False):
        ApplicationFactory(person=patent.application.person, accepted_on=date(2027, 2, 1))
        page = text(ask(client, CHECK, series="77", number=patent.number))

    assert "Патент не действует." in page


@pytest.mark.parametrize(
    ("series", "number", "said"),
    [
        ("77", "2600999999", "Мы не знаем такого патента"),
        ("50", "2600999999", "Это патент другого региона"),
        ("АБ", "2600999999", "две цифры серии"),
        ("77", "26009", "две цифры серии"),
    ],
)
def test_what_is_no_patent_of_ours_gets_one_sentence(client, patent, series, number, said):
    assert said in text(ask(client, CHECK, series=series, number=number))


# --- the INN


def test_the_inn_goes_to_the_phone_and_never_to_the_screen(client, holder):
    page = text(ask(client, INN, number=holder.applications.get().number))
    [message] = Message.objects.filter(event="cabinet.inn_asked")
    deliver(message.pk)

    assert "Если мы знаем этот номер" in page
    assert WRITTEN not in page
    message.refresh_from_db()
    assert WRITTEN in message.text
    assert message.person_id == holder.pk


def test_known_and_unknown_numbers_look_the_same(client, holder):
    known = ask(client, INN, number=holder.applications.get().number)
    unknown = ask(client, INN, number="9999999")

    assert known.status_code == unknown.status_code
    assert _bare(known) == _bare(unknown)


def _bare(answer) -> str:
    page = text(answer)
    return page[page.index("<h1") : page.index("captcha")].replace("9999999", "N")[:200]


def test_a_phone_finds_its_owner_and_a_foreign_or_unproven_one_nobody(client, holder):
    holder.phones.update(bound_at=clock.now())
    ask(client, INN, phone="8 916 123-45-67")
    ask(client, INN, phone="8 916 765-43-21")

    assert Message.objects.filter(event="cabinet.inn_asked").count() == 1


def test_three_times_a_day_and_then_tomorrow_for_unknown_numbers_too(client, holder):
    for number in (holder.applications.get().number, "9999999"):
        pages = [text(ask(client, INN, number=number)) for _try in range(4)]

        assert ["3 раза" in page for page in pages] == [False, False, False, True]
    assert Message.objects.filter(event="cabinet.inn_asked").count() == 3


@pytest.mark.parametrize("typed", [{}, {"number": "1381161", "phone": "8 916 123-45-67"}])
def test_one_of_the_two_is_asked_for(client, typed):
    assert "что-то одно" in text(ask(client, INN, **typed))


# --- a receipt and a payment


def receipt_of(client, patent, **changed):
    typed = {
        "paper": f"77 {patent.number}",
        "last_name": "Каримов",
        "first_name": "Тимур",
        "inn": WRITTEN,
        "months": "1",
    }
    return ask(client, RECEIPT, **typed | changed)


def test_the_receipt_says_what_was_typed_and_no_more(client, holder, patent):
    answer = receipt_of(client, patent)
    paper = Receipt.objects.get()
    content = client.get(answer["location"].rstrip("/") + ".pdf").getvalue()
    printed = "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)

    assert answer["location"] == reverse("cabinet:open_receipt_made", args=[paper.reference])
    assert "Каримов" in printed
    assert WRITTEN in printed
    assert "Азизович" not in printed
    assert paper.snapshot["payer"]["passport"] == ""


def test_the_page_of_the_receipt_says_how_the_patent_stands(client, holder, patent):
    page = text(client.get(receipt_of(client, patent)["location"]))

    assert "10 000 ₽" in page
    assert "Патент действует." in page


def test_another_browser_finds_no_receipt(client, holder, patent):
    address = receipt_of(client, patent)["location"]
    client.cookies.clear()

    assert client.get(address).status_code == 404
    assert client.get(address.rstrip("/") + ".pdf").status_code == 404


def test_latin_letters_and_other_spellings_are_the_same_name(client, holder, patent):
    assert receipt_of(client, patent, last_name=" KARIMOV ", first_name="Timur").status_code == 302


@pytest.mark.parametrize(
    "changed",
    [
        {"paper": "77 2600999999"},
        {"paper": "9999999"},
        {"last_name": "Рахимов"},
        {"first_name": "Олим"},
        {"inn": "773412345609"},
    ],
)
def test_what_does_not_go_together_gets_one_sentence_and_no_paper(client, holder, patent, changed):
    answer = receipt_of(client, patent, **changed)

    assert "Эти данные не подходят" in text(answer) or "inn" in answer.context["form"].errors
    assert not Receipt.objects.exists()


def test_more_months_than_the_year_has_are_refused(client, holder, patent):
    assert "11" in text(receipt_of(client, patent, months="12"))
    assert not Receipt.objects.exists()


def test_five_papers_a_day_for_one_person(client, holder, patent):
    codes = [receipt_of(client, patent, months=str(n)).status_code for n in range(1, 7)]

    assert codes == [302] * 5 + [200]


def test_paying_leads_to_the_page_of_a_link_with_initials_alone(client, holder, patent):
    typed = {"paper": f"77{patent.number}", "last_name": "каримов", "months": "2"}
    answer = ask(client, PAY, **typed)
    link = PayLink.objects.get()
    page = text(client.get(answer["location"]))

    assert (link.months, link.application) == (2, patent.application)
    assert "20 000 ₽" in page
    assert "Каримов" not in page
    assert "номер которого вы написали" in page
    assert "кто прислал" not in page


def test_its_owner_reads_how_the_link_was_made(client, holder, patent):
    ask(client, PAY, paper=f"77{patent.number}", last_name="Каримов", months="1")
    client.force_login(holder.user)

    assert "Сделано без входа" in text(client.get(reverse("payments:links")))


@pytest.mark.parametrize("typed", ["77260000000", "7726000000001", "12"])
def test_digits_that_are_neither_a_patent_nor_an_application_are_said_so(client, typed):
    page = text(ask(client, PAY, paper=typed, last_name="Каримов", months="1"))

    assert "Напишите 12 цифр патента или от 6 до 10 цифр заявления." in page


def test_paying_too_late_is_told_to_ask_the_centre_first(client, holder, patent):
    with time_machine.travel(TODAY + timedelta(days=20), tick=False):
        answer = ask(client, PAY, paper=f"77{patent.number}", last_name="Каримов", months="1")

    assert answer.status_code == 200
    assert not PayLink.objects.exists()
