"""Every list of the desk whose rows are about people is searched by whatever a person can show."""

import pytest
from django.contrib import admin
from django.urls import reverse

from common.found_admin import FoundByPerson
from journal.looks import LooksAreKept
from tests.desk.rows import ABOUT
from tests.factories import (
    InnFactory,
    PassportFactory,
    PatentFactory,
    PersonFactory,
    PhoneFactory,
    StaffFactory,
)
from tests.searches import searched

pytestmark = pytest.mark.django_db
NUMBER, LAST_NAME = "1381170", "Щукарёв"
PHONE, PASSPORT = "+79161234567", "FA7654321"
INN, PATENT = "775100004210", "2600418163"
TYPED = {
    "number": NUMBER,
    "name": f"{LAST_NAME} Тимур",
    "phone": "8 916 123-45-67",
    "passport": "FA 7654321",
    "INN": INN,
    "patent": f"77 {PATENT}",
}
EVERYTHING = {"payments.Placement": "?shown=all"}  # the list begins with what waits


def somebody(last_name: str, number: str, phone: str, passport: str, inn: str, patent: str):
    person = PersonFactory(last_name=last_name)
    PhoneFactory(person=person, number=phone)
    PassportFactory(person=person, number=passport)
    InnFactory(person=person, value=inn)
    facts = {"application__person": person, "application__number": number}
    return PatentFactory(number=patent, **facts).application


def lists() -> dict[str, type]:
    return {model._meta.label: shown for model, shown in admin.site._registry.items()}


def test_every_list_about_people_is_searched_for_people():
    about_people = {
        label for label, shown in lists().items() if isinstance(shown, LooksAreKept | FoundByPerson)
    }

    assert {label for label in about_people if not isinstance(lists()[label], FoundByPerson)} == (
        set()
    )
    assert about_people == set(ABOUT)


@pytest.mark.parametrize("label", ABOUT)
def test_a_list_finds_its_row_by_each_thing_that_a_person_can_show(client, label):
    mine = ABOUT[label](somebody(LAST_NAME, NUMBER, PHONE, PASSPORT, INN, PATENT))
    other = somebody("Иванов", "1381171", "+79160000000", "FB0000000", "500100732259", "2600000001")
    ABOUT[label](other)
    client.force_login(StaffFactory())
    address = reverse(f"admin:{label.lower().replace('.', '_')}_changelist")

    found = {}
    for what, words in TYPED.items():
        page = searched(client, address + EVERYTHING.get(label, ""), words)
        found[what] = [row.pk for row in page.context["cl"].result_list]

    assert found == dict.fromkeys(TYPED, [mine.pk])


def test_a_search_for_nobody_finds_nothing(client):
    somebody(LAST_NAME, NUMBER, PHONE, PASSPORT, INN, PATENT)
    client.force_login(StaffFactory())

    page = searched(client, "/admin/patents/paper/", "Петров")

    assert list(page.context["cl"].result_list) == []
