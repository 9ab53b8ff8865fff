"""One box finds a person by whatever they show; the card says everything and writes the look."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.urls import reverse

from accounts import kinds, search
from accounts.services.records import record
from journal.models import Look
from patents.search import people
from tests.factories import (
    ApplicationFactory,
    InnFactory,
    PassportFactory,
    PatentFactory,
    PersonFactory,
    PhoneFactory,
    PlacementFactory,
    StaffFactory,
)

pytestmark = pytest.mark.django_db
FIND = reverse("admin:find")


@pytest.fixture
def someone():
    person = PersonFactory(
        last_name="Ғафуров", first_name="Артём", middle_name="", latin_name="GAFUROV ARTEM"
    )
    application = ApplicationFactory(person=person, number="1381161", status="issued")
    PatentFactory(application=application, series="77", number="2600012345")
    InnFactory(person=person, value="500100732259")
    PhoneFactory(person=person, number="+79161234567")
    PassportFactory(person=person, number="FA1234567")
    ApplicationFactory(person__last_name="Иванов", number="2222222")
    return person


def of(role):
    user = StaffFactory(username=role, is_superuser=False)
    user.groups.set(Group.objects.filter(name=role))
    return user


@pytest.fixture
def operator(client):
    user = of("operator")
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    "term",
    [
        *("1381161", "138-11-61", "+7 916 123-45-67", "4567", "45-67", "FA 1234567", "fa1234"),
        *("500100732259", "77 2600012345", "2600012345", "77 № 2600012345"),
        *("Гафуров", "Ғафуров", "гафуров артем", "Артём Гафу", "афуров", "GAFUROV", "gafur"),
        *("Гафурав", "Гафуровв", "Gafurof", "ГAФУPOB"),  # the last with Latin lookalikes
    ],
)
def test_a_person_is_found_by_whatever_they_show(someone, term):
    assert people(term) == [someone]


@pytest.mark.parametrize("term", ["Каримовский", "9999999", "123", "%%%", "а", "500100732258"])
def test_what_fits_nobody_finds_nobody(someone, term):
    assert people(term) == []


def test_a_latin_word_finds_who_is_written_in_cyrillic_alone():
    person = PersonFactory(last_name="Шукуров", first_name="Хуршед", latin_name="")

    assert search.people("Shukurov") == [person]


def test_who_is_named_exactly_hides_the_likenesses():
    exact = PersonFactory(last_name="Каримов")
    PersonFactory(last_name="Керимов")

    assert search.people("Каримов") == [exact]


@pytest.mark.parametrize(
    ("term", "index"),
    [
        ("Гафуров", "person_written"),
        ("Gafurof", "person_written"),
        ("4567", "phone_last_digits"),
        ("FA1234567", "passport_number"),
    ],
)
def test_each_part_of_a_search_goes_by_its_index(someone, term, index):
    """With sequential reading forbidden, a part without an index would still show it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    nearly = search._nearly([term]).values_list("pk") if term == "Gafurof" else None
    plan = (nearly if nearly is not None else search.ids_of(term)).explain()

    assert index in plan
    assert "Seq Scan" not in plan


def test_what_is_typed_stands_in_no_address_and_one_found_opens_the_card(client, operator, someone):
    answer = client.post(FIND, {"q": "Гафуров"})

    assert answer.url == reverse("admin:person_card", args=[someone.pk])
    assert Look.objects.filter(person_id=someone.pk, actor_id=operator.pk).exists()
    assert client.get(FIND, {"q": "Гафуров"}).context["found"] == []


def test_several_are_listed_and_each_was_looked_at(client, operator):
    both = [PersonFactory(last_name="Каримов") for _ in range(2)]

    page = client.post(FIND, {"q": "каримов"})

    assert {person.pk for person in page.context["found"]} == {person.pk for person in both}
    assert Look.objects.filter(page="list person").count() == 2


def test_each_page_of_the_desk_has_the_box(client, operator):
    for page in ["admin:index", "admin:patents_application_changelist", "admin:find"]:
        assert client.get(reverse(page)).content.decode().count(f'action="{FIND}"') == 1


def test_the_card_says_what_the_person_reads_and_what_the_centre_knows(client, operator, someone):
    record(person=someone, kind=kinds.REGISTERED, actor=operator)

    page = client.get(reverse("admin:person_card", args=[someone.pk]))

    text = page.content.decode()
    assert page.context["sentence"].title in text
    for fact in ["1381161", "77 № 2600012345", "500100732259", "45-67", "FA1234567"]:
        assert fact in text
    assert "annul" in text
    assert f"/{someone.pk}/correct/" in text
    assert Look.objects.get().page == "person"


@pytest.mark.parametrize(
    ("role", "money", "messages", "looks", "correct"),
    [
        ("operator", True, True, False, True),
        ("accountant", True, False, False, False),
        ("reviewer", False, False, False, False),
        ("supervisor", True, True, True, True),
        ("auditor", True, True, True, False),
    ],
)
def test_each_role_reads_its_part_of_the_card(
    client, someone, role, money, messages, looks, correct
):
    client.force_login(of(role))

    page = client.get(reverse("admin:person_card", args=[someone.pk]))

    assert ("receipts" in page.context) == money
    assert ("messages_sent" in page.context) == messages
    assert ("looks" in page.context) == looks
    assert (f"/{someone.pk}/correct/" in page.content.decode()) == correct


def test_the_card_asks_as_much_whatever_the_history(
    client, operator, someone, django_assert_max_num_queries
):
    address = reverse("admin:person_card", args=[someone.pk])
    client.get(address)
    with django_assert_max_num_queries(40) as few:
        client.get(address)
    for number in range(5):
        PlacementFactory(application=ApplicationFactory(person=someone), queued=bool(number % 2))
        record(person=someone, kind=kinds.REGISTERED, actor=of(f"clerk{number}"))
        PhoneFactory(person=someone, valid_until="2026-01-02")

    with django_assert_max_num_queries(len(few)) as many:
        client.get(address)

    assert len(many) == len(few)
