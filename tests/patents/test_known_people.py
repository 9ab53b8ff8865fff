"""Registration begins with a search; a known person gets one more application."""

import pytest
from django.urls import reverse

from patents.models import Application
from tests.factories import ApplicationFactory, PassportFactory, PersonFactory
from tests.patents.list_files import GOOD
from tests.searches import searched

ADD = reverse("admin:patents_application_add")


@pytest.fixture
def known(db):
    known = PersonFactory()
    PassportFactory(person=known, number="FA1234567")
    ApplicationFactory(person=known, number="1300001")
    return known


def again(person):
    return reverse("admin:patents_application_again", args=[person.pk])


@pytest.mark.parametrize("term", ["Каримов", "fa 1234567", "130-0001"])
def test_registration_begins_with_a_search(desk, known, term):
    page = searched(desk, ADD, term).content.decode()

    assert again(known) in page
    assert searched(desk, ADD, "Никого").context["found"] == []


def test_a_new_application_of_a_known_person_opens_the_same_cabinet(desk, known):
    before = known.user.password
    assert desk.get(again(known)).status_code == 200

    answer = desk.post(again(known), {"number": "1381170", "accepted_on": GOOD["accepted_on"]})

    application = Application.objects.get(number="1381170")
    known.user.refresh_from_db()
    assert (application.person, known.user.password) == (known, before)
    assert answer.url == reverse("admin:patents_application_change", args=[application.pk])
    assert set(known.user.login_names.values_list("value", flat=True)) == {"1300001", "1381170"}


def test_the_same_form_twice_makes_one_application(desk, known):
    typed = {"number": "1381170", "accepted_on": GOOD["accepted_on"]}
    first, second = desk.post(again(known), typed), desk.post(again(known), typed)

    assert first.url == second.url
    assert known.applications.count() == 2


def test_a_taken_number_offers_the_next_free_one(desk, known):
    ApplicationFactory(number="1381170", person__last_name="Другой")

    form = desk.post(
        again(known), {"number": "1381170", "accepted_on": GOOD["accepted_on"]}
    ).context["form"]

    assert form["number"].value() == "1381171"
    assert known.applications.count() == 1
