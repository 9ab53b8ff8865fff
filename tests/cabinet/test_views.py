"""The cabinet's own pages: the right person's, the right sentence, nothing for strangers."""

from datetime import date

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from payments.models import Tariff
from tests.factories import (
    ApplicationFactory,
    InnFactory,
    PatentFactory,
    PersonFactory,
    PlacementFactory,
    StaffFactory,
    statements_through,
)

pytestmark = pytest.mark.django_db
NOON = "2026-02-17 09:00:00+00:00"
PAGES = ["home", "patent", "inn", "tariffs", "history", "messages"]


@pytest.fixture
def patent():
    patent = PatentFactory(issued_on=date(2026, 1, 15))
    PlacementFactory(application=patent.application)
    return patent


@pytest.fixture
def mine(client, patent):
    client.force_login(patent.application.person.user)
    return client


def home_of(client) -> str:
    with time_machine.travel(NOON, tick=False):
        return client.get(reverse("cabinet:home")).content.decode()


def test_the_status_stands_first_with_its_state(mine):
    statements_through(date(2026, 2, 16))

    page = " ".join(home_of(mine).split())

    assert '<section class="status" id="status" data-state="unseen"' in page
    assert page.index('id="status"') < page.index('id="year-title"')


def test_yesterday_was_the_last_day_and_nothing_is_known_is_not_lapsed(mine):
    statements_through(date(2026, 2, 14))

    with time_machine.travel("2026-02-15 09:00:00+00:00", tick=False):
        page = mine.get(reverse("cabinet:home")).content.decode()

    assert 'data-state="unseen"' in page
    assert 'data-state="lapsed"' not in page


def test_the_inn_is_shown(mine, patent):
    InnFactory(person=patent.application.person, value="775100004210")

    assert "775100004210" in home_of(mine)


def test_without_an_inn_the_page_says_why(mine):
    assert reverse("cabinet:inn") in home_of(mine)
    assert "ИНН пока нет" in mine.get(reverse("cabinet:inn")).content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_the_cabinet_open_for_their_person(mine, name):
    assert mine.get(reverse(f"cabinet:{name}")).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_the_cabinet_ask_for_a_login(client, name):
    response = client.get(reverse(f"cabinet:{name}"))

    assert response.status_code == 302
    assert response.url.startswith(reverse("accounts:login"))


def test_staff_have_no_cabinet(client):
    client.force_login(StaffFactory())

    assert client.get(reverse("cabinet:home")).status_code == 404


def test_a_person_sees_nobody_elses_application(mine):
    stranger = ApplicationFactory(person=PersonFactory(last_name="Чужой"), number="7654321")

    page = mine.get(reverse("cabinet:patent")).content.decode()

    assert stranger.number not in page
    assert "Чужой" not in page


@pytest.mark.parametrize("name", ["landing", "help", "no_access"])
def test_everybody_may_read_the_public_pages(client, name):
    response = client.get(reverse(f"cabinet:{name}"))

    assert response.status_code == 200
    assert "8 (495) 777-77-77" in response.content.decode()


def test_the_landing_survives_a_year_without_a_price(client):
    Tariff.objects.all().delete()

    assert client.get(reverse("cabinet:landing")).status_code == 200


def test_an_unknown_address_gets_a_kind_page_with_the_hotline(client):
    response = client.get("/nothing-here/")

    assert response.status_code == 404
    assert "ГБУ «Миграционный центр»" in response.content.decode()
    assert "8 (495) 777-77-77" in response.content.decode()


def test_a_broken_page_says_so_without_asking_the_database(client, django_assert_num_queries, rf):
    from cabinet.views import server_error

    request = rf.get("/")
    request.session = SessionStore("the row behind it cannot be read now")
    with django_assert_num_queries(0):
        page = server_error(request).content.decode()

    assert "У нас что-то сломалось" in page


def test_whoever_is_signed_in_is_led_to_the_cabinet_not_to_the_door(mine):
    page = mine.get(reverse("cabinet:landing")).content.decode()

    assert "Открыть личный кабинет" in page
    assert "Войти в личный кабинет" not in page
