"""Obligations, prices, help and announcements as pages."""

import re
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import strip_tags

from cabinet.buttons import ADDRESSES, button
from cabinet.models import HelpTopic, Obligation
from mmc_portal.settings import local
from patents.models import Application
from payments.models import Tariff
from payments.sentence import sentence
from payments.standing import Facts, standing
from tests.factories import (
    AnnouncementFactory,
    ApplicationFactory,
    InnFactory,
    PatentFactory,
    PersonFactory,
    PlacementFactory,
)

pytestmark = pytest.mark.django_db


def text_of(answer) -> str:
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\u00a0", " ")
    return re.sub(r"\s+", " ", plain)


@pytest.fixture
def paid(client):
    """Issued 15 April 2026, one month posted."""
    application = ApplicationFactory(status="issued", ready_on=date(2026, 1, 12))
    InnFactory(person=application.person)
    PatentFactory(application=application, issued_on=date(2026, 4, 15))
    PlacementFactory(application=application)
    client.force_login(application.person.user)
    return client


# --- obligations


@time_machine.travel("2026-05-04 09:00:00+03:00", tick=False)
def test_obligations_name_the_days_of_this_person(paid):
    said = text_of(paid.get("/cabinet/obligations/"))

    assert "До 14 мая 2026 включительно." in said
    assert "До 14 июня 2026 включительно." in said
    assert "До 31 марта 2027 включительно." in said
    assert "Оплачено по 14 мая 2026." in said


@time_machine.travel("2026-05-13 09:00:00+03:00", tick=False)
def test_a_day_that_has_passed_blames_nobody(paid):
    said = text_of(paid.get("/cabinet/obligations/"))

    assert "Оплаченные дни скоро закончатся: проверьте регистрацию сегодня." in said


@time_machine.travel("2026-05-16 09:00:00+03:00", tick=False)
def test_while_a_payment_is_not_visible_no_day_says_that_time_is_over(paid):
    said = text_of(paid.get("/cabinet/obligations/"))

    assert "14 мая" not in said
    assert "До 14 июня 2026 включительно." in said


def test_without_a_patent_the_obligations_stand_without_days(client):
    client.force_login(PersonFactory().user)

    said = text_of(client.get("/cabinet/obligations/"))

    assert "Дни появятся, когда патент выдадут и оплатят." in said
    assert "включительно" not in said


def test_an_obligation_outside_its_days_is_not_shown(paid):
    Obligation.objects.filter(slug="carry").update(last_day=date(2020, 1, 1))

    assert "Носите патент с собой" not in text_of(paid.get("/cabinet/obligations/"))


@time_machine.travel("2026-07-01 09:00:00+03:00", tick=False)
def test_a_day_gone_by_is_not_called_missed(paid):
    application = Application.objects.get()
    PlacementFactory(application=application, months=2, amount=20000, line__amount=20000)

    said = text_of(paid.get("/cabinet/obligations/"))

    assert "Последний день был 14 июня 2026." in said
    assert "Уже сделано? Тогда ничего делать не нужно." in said


# --- prices


@time_machine.travel("2026-11-20 09:00:00+03:00", tick=False)
def test_prices_stand_for_one_to_twelve_months_of_today(paid):
    answer = paid.get("/cabinet/tariffs/")

    options = answer.context["prices"].options
    assert [(option.months, int(option.amount)) for option in options] == [
        (months, months * 10000) for months in range(1, 13)
    ]
    assert "120 000 ₽" in text_of(answer)


@time_machine.travel("2026-11-20 09:00:00+03:00", tick=False)
def test_the_next_year_is_honestly_unknown(paid):
    said = text_of(paid.get("/cabinet/tariffs/"))

    assert "Что изменится 1 января 2027" in said
    assert "Цену следующего года ещё не назвали." in said


@time_machine.travel("2026-11-20 09:00:00+03:00", tick=False)
def test_the_price_of_the_next_year_stands_there_once_it_is_known(paid):
    Tariff.objects.filter(valid_from=date(2026, 1, 1)).update(valid_until=date(2026, 12, 31))
    Tariff.objects.create(region="77", valid_from=date(2027, 1, 1), monthly=11000)

    said = text_of(paid.get("/cabinet/tariffs/"))

    assert "С 1 января 2027 один месяц стоит 11 000 ₽." in said
    assert "ещё не назвали" not in said


@time_machine.travel("2026-11-20 09:00:00+03:00", tick=False)
def test_past_years_stand_below_the_newest_first(paid):
    past = paid.get("/cabinet/tariffs/").context["prices"].past

    assert [int(row.monthly) for row in past[:3]] == [8900, 7500, 6600]


@time_machine.travel("2031-01-01 09:00:00+03:00", tick=False)
def test_a_day_without_a_price_says_so(client):
    Tariff.objects.filter(valid_until=None).update(valid_until=date(2026, 12, 31))
    client.force_login(PersonFactory().user)

    assert "Цена на сегодня порталу неизвестна." in text_of(client.get("/cabinet/tariffs/"))


# --- help


def test_help_is_read_by_everybody_with_one_question(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        said = text_of(client.get("/help/"))

    assert "Долга по ней нет, пока вы не пополнили счёт." in said


def test_every_address_that_a_button_leads_to_is_a_section_of_the_help(client):
    page = client.get("/help/").content.decode()

    wanted = {anchor[1:] for name, anchor in ADDRESSES.values() if name == "cabinet:help"}
    assert [anchor for anchor in wanted if f'id="{anchor}"' not in page] == []


def test_links_of_shipped_texts_lead_to_pages_that_exist(client):
    person = ApplicationFactory().person
    client.force_login(person.user)
    bodies = [row.body_ru for row in [*HelpTopic.objects.all(), *Obligation.objects.all()]]
    links = set(re.findall(r"\]\((/[^)#]*)", " ".join(bodies)))

    assert len(links) > 8
    assert {link: client.get(link).status_code for link in links if _missing(client, link)} == {}


def _missing(client, link):
    return client.get(link).status_code == 404


# --- announcements


@pytest.mark.parametrize("address", ["/", "/login/"])
@time_machine.travel("2026-02-15 23:30:00+03:00", tick=False)
def test_an_announcement_stands_before_the_door_on_its_last_day(client, address):
    AnnouncementFactory()

    said = text_of(client.get(address))

    assert "Центр закрыт 23 февраля" in said
    assert "С 1 февраля 2026 по 15 февраля 2026 включительно" in said


@time_machine.travel("2026-02-15 23:30:00+03:00", tick=False)
def test_an_announcement_stands_at_home_and_a_changed_one_at_the_next_request(paid):
    assert "Центр закрыт" not in text_of(paid.get("/cabinet/"))
    row = AnnouncementFactory()
    assert "Центр закрыт 23 февраля" in text_of(paid.get("/cabinet/"))
    row.title_ru = "Центр открыт"
    row.save()

    assert "Центр открыт" in text_of(paid.get("/cabinet/"))


@time_machine.travel("2026-02-15 23:30:00+03:00", tick=False)
def test_at_home_an_announcement_speaks_the_readers_language(paid):
    AnnouncementFactory(title_en="Closed", body_en="")

    said = text_of(paid.get("/cabinet/", headers={"accept-language": "en"}))

    assert "Closed" in said
    assert "Приходите 24 февраля." in said


@pytest.mark.parametrize("address", ["/", "/login/"])
@time_machine.travel("2026-02-16 00:30:00+03:00", tick=False)
def test_an_announcement_is_gone_at_moscow_midnight(client, address):
    AnnouncementFactory()

    assert "Центр закрыт" not in text_of(client.get(address))


def test_a_new_announcement_stands_there_at_the_next_request(client):
    client.get(reverse("cabinet:landing"))
    AnnouncementFactory(last_day=None)

    assert "Центр закрыт" in text_of(client.get(reverse("cabinet:landing")))


def test_help_keeps_the_menu_for_those_who_are_at_home(client):
    outside = client.get("/help/").content.decode()
    client.force_login(PersonFactory().user)
    inside = client.get("/help/").content.decode()

    assert ('id="sections"' in outside, 'id="sections"' in inside) == (False, True)


def test_the_menu_leads_to_every_page_of_the_cabinet(client):
    client.force_login(PersonFactory().user)

    page = client.get("/cabinet/tariffs/").content.decode()

    menu = set(re.findall(r'href="(/[^"]*)"', page[page.index('class="tabs"') :]))
    assert PAGES - menu == set()


PAGES = {
    "/cabinet/",
    "/cabinet/patent/",
    "/cabinet/payments/",
    "/cabinet/payments/pay/",
    "/cabinet/payments/claims/",
    "/cabinet/receipts/new/",
    "/cabinet/tariffs/",
    "/cabinet/inn/",
    "/cabinet/obligations/",
    "/cabinet/messages/",
    "/cabinet/history/",
    "/cabinet/contacts/",
    "/cabinet/settings/",
    "/cabinet/settings/sessions/",
    "/cabinet/access-log/",
    "/password/change/",
    "/help/",
}


# --- where the centre is


PLACE = {
    "CENTRE_OFFICE": "Миграционный центр",
    "CENTRE_ADDRESS": "улица Примерная, дом 1",
    "CENTRE_HOURS": "пн-пт 9:00-18:00",
}


@pytest.mark.parametrize("address", ["/", "/help/"])
def test_address_hours_and_hotline_stand_in_help_and_before_the_door(client, settings, address):
    for name, words in PLACE.items():
        setattr(settings, name, words)

    said = text_of(client.get(address))

    assert all(words in said for words in [*PLACE.values(), settings.HOTLINE])


@pytest.mark.parametrize("address", ["/", "/help/"])
def test_what_nobody_said_is_asked_of_the_hotline(client, settings, address):
    for name in PLACE:
        setattr(settings, name, "")

    said = text_of(client.get(address))

    assert "Адрес скажут на горячей линии" in said
    assert settings.HOTLINE in said


@pytest.mark.parametrize("known", [(), *PLACE])
def test_whatever_is_known_of_the_place_no_line_of_it_is_empty(client, settings, known):
    for name, words in PLACE.items():
        setattr(settings, name, words if name == known else "")

    facts = re.findall(r"<d([td])>(.*?)</d\1>", block_of_the_place(client), re.DOTALL)

    assert [kind for kind, _said in facts] == ["t", "d"] * 3
    assert all(strip_tags(said).strip() for _kind, said in facts)
    assert not any(said.strip().startswith("<br>") for _kind, said in facts)


def block_of_the_place(client) -> str:
    page = client.get("/help/").content.decode()
    block = page[page.index('id="visit"') :]
    return block[: block.index("</section>")]


def test_a_portal_on_ones_own_machine_shows_an_example_of_a_place():
    """Whoever tries the portal sees where the address and the hours will stand."""
    said = ["CENTRE_OFFICE", "CENTRE_ADDRESS", "CENTRE_WINDOW", "CENTRE_OPEN"]
    assert all(getattr(local, name) for name in said)
    assert "Примерная" in local.CENTRE_ADDRESS


@pytest.mark.parametrize(
    ("language", "said"),
    [("ru", "каждый день с 8:00 до 20:00"), ("uz", "har kuni soat 8:00 dan 20:00 gacha")],
)
def test_the_hours_of_every_day_are_said_in_the_readers_language(client, settings, language, said):
    settings.CENTRE_OPEN = "8:00-20:00"
    page = client.get("/help/", headers={"accept-language": language})

    assert said in text_of(page)


def test_the_button_of_an_appointment_leads_to_the_address_and_the_hours(client, settings):
    for name, words in PLACE.items():
        setattr(settings, name, words)
    nothing = standing(Facts(monthly=Decimal(10_000)), date(2026, 2, 10))
    address = button(sentence(nothing)).url

    assert address == "/help/#visit"
    assert all(words in block_of_the_place(client) for words in PLACE.values())


def test_help_says_that_the_card_of_the_centre_makes_no_debt_and_how_to_block_it(client):
    page = client.get("/help/").content.decode()

    topic = page[page.index('id="sim"') :]
    topic = " ".join(topic[: topic.index("</section>")].split())
    assert "Долга по ней нет, пока вы не пополнили счёт" in topic
    assert "Пополнение включает карту" in topic
    assert "попросите в офисе оператора заблокировать карту" in topic
    assert "привяжите свой номер" in topic
