"""Each worklist is a page with its rows, a file of them, and a plain word when nobody is there."""

import io
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from accounts.services.alarms import not_me
from common import clock
from desk.waiting import waiting_for
from desk.worklists import WORKLISTS
from journal.models import Export, Look
from patents.models import Application, FormerDay
from tests.desk.rows import message
from tests.factories import ApplicationFactory, PatentFactory, PersonFactory, PhoneFactory
from tests.patents.desk import sign_in_as
from tests.searches import searched

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)
LONG_AGO = TODAY - timedelta(days=60)
NOBODY = _("Nobody stands in this list today. Nothing has to be done.")


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel("2026-06-15 12:00 +0300", tick=False):
        yield


@pytest.fixture
def operator(client):
    return sign_in_as(client, "operator")


def ready(person) -> Application:
    facts = {"status": "ready", "ready_on": LONG_AGO, "accepted_on": LONG_AGO}
    return ApplicationFactory(person=person, **facts)


def no_inn(person) -> Application:
    return ApplicationFactory(person=person, accepted_on=LONG_AGO)


def year_ends(person) -> Application:
    paid = {"application__first_paid_on": date(2025, 6, 20)}
    patent = PatentFactory(application__person=person, issued_on=date(2025, 6, 25), **paid)
    return patent.application


def first_payment(person) -> Application:
    return PatentFactory(application__person=person, issued_on=date(2026, 6, 1)).application


def no_sms(person) -> Application:
    phone = PhoneFactory(person=person)
    message(address=phone.number, status="failed", failure="blocked", person_id=person.pk)
    return ApplicationFactory(person=person, accepted_on=TODAY)


def said_not_me(person) -> Application:
    not_me(person=person, phone="+79161234567")
    return ApplicationFactory(person=person, accepted_on=TODAY)


def no_advice(person) -> Application:
    refused = {"status": "refused", "refused_on": LONG_AGO, "refusal_incomplete": True}
    return ApplicationFactory(person=person, accepted_on=LONG_AGO, **refused)


def former_day(person) -> Application:
    patent = PatentFactory(application__person=person)
    waits = {"until_at": clock.now(), "asks_since": clock.now()}
    FormerDay.objects.create(application=patent.application, issued_on=TODAY, **waits)
    return patent.application


STANDS = {
    "former-day": former_day,
    "ready": ready,
    "no-inn": no_inn,
    "no-advice": no_advice,
    "year-ends": year_ends,
    "first-payment": first_payment,
    "no-sms": no_sms,
    "not-me": said_not_me,
}


def page_of(name: str) -> str:
    return reverse("admin:worklist", args=[name])


def text_of(answer) -> str:
    return answer.content.decode()


def test_every_worklist_is_looked_at_here():
    assert set(STANDS) == set(WORKLISTS)


@pytest.mark.parametrize("name", WORKLISTS)
def test_its_page_shows_the_row_leads_to_the_card_and_keeps_the_look(client, operator, name):
    row = STANDS[name](PersonFactory(last_name="Щукарёв"))

    page = client.get(page_of(name))

    assert list(page.context["page"]) == [row]
    assert "Щукарёв" in text_of(page)
    assert reverse("admin:person_card", args=[row.person_id]) in text_of(page)
    assert NOBODY not in text_of(page)
    assert Look.objects.filter(actor_id=operator.pk, person_id=row.person_id).count() == 1


@pytest.mark.parametrize("name", WORKLISTS)
def test_its_file_has_the_row_and_leaves_its_trace(client, operator, name):
    row = STANDS[name](PersonFactory(last_name="=cmd()"))

    answer = client.post(page_of(name), {"export": "1"})

    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert (sheet["A2"].value, sheet["B2"].data_type, sheet.max_row) == (row.number, "s", 2)
    assert (Export.objects.get().name, Export.objects.get().rows) == (name, 1)
    assert Look.objects.filter(person_id=row.person_id, page=f"export {name}").exists()


@pytest.mark.parametrize("name", WORKLISTS)
def test_an_empty_list_says_that_nothing_has_to_be_done(client, operator, name):
    page = client.get(page_of(name))

    assert NOBODY in text_of(page)
    assert 'name="export"' not in text_of(page)
    assert "<table" not in text_of(page)


@pytest.mark.parametrize("name", WORKLISTS)
def test_a_narrowed_list_without_anybody_says_so(client, operator, name):
    STANDS[name](PersonFactory(last_name="Щукарёв"))
    narrowed = _("Nobody in this list fits. Take the filter off or type other words.")

    assert narrowed in text_of(client.get(page_of(name), {"country": "TJK"}))
    assert narrowed in text_of(searched(client, page_of(name), "Петров"))


@pytest.mark.parametrize("name", WORKLISTS)
def test_the_first_page_of_the_desk_counts_it_and_leads_to_it(client, operator, name):
    STANDS[name](PersonFactory())

    index = client.get(reverse("admin:index"))

    counted = {work.inside: count for work, count in waiting_for(operator)}
    assert counted[(name,)] == 1
    assert page_of(name) in text_of(index)


@pytest.mark.parametrize("name", WORKLISTS)
@pytest.mark.parametrize(("role", "may"), [("supervisor", True), ("accountant", False)])
def test_it_is_for_those_who_serve_people(client, name, role, may):
    sign_in_as(client, role)

    assert client.get(page_of(name)).status_code == (200 if may else 403)
    answer = client.post(page_of(name), {"export": "1"})
    assert answer.status_code == (200 if may else 403)
