"""«Who looked at my data»: complete, in words, without a name of the staff."""

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.translation import gettext

from cabinet import access_log
from journal.models import Look
from journal.services import record_look
from tests.factories import (
    ApplicationFactory,
    ChargeFactory,
    InnFactory,
    PatentFactory,
    PersonFactory,
    PlacementFactory,
    ReceiptFactory,
    StaffFactory,
)

PAGE = reverse("cabinet:access_log")
pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person.user)
    return person


def test_the_page_says_when_who_and_what_but_no_name(client, person):
    operator = StaffFactory(username="novikova", is_superuser=False)
    operator.groups.set(Group.objects.filter(name="operator"))
    record_look(actor_id=operator.pk, person_id=person.pk, page="application/issue")

    page = client.get(PAGE).content.decode()

    role, thing = gettext(access_log.ROLES["operator"]), gettext(access_log.PAGES["application"])
    assert [(look.who, look.page) for look in access_log.seen(person)] == [
        (f"{role} № {operator.pk}", thing)
    ]
    assert f"{role.capitalize()} № {operator.pk}: {thing}" in page
    assert "novikova" not in page


def test_looks_at_others_are_not_shown(client, person):
    record_look(actor_id=1, person_id=PersonFactory().pk, page="person")

    assert access_log.seen(person) == []


def test_staff_have_no_such_page(client):
    client.force_login(StaffFactory())

    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_whatever_its_length(
    client, person, django_assert_num_queries, count
):
    for _ in range(count):
        record_look(actor_id=StaffFactory().pk, person_id=person.pk, page="person")

    with django_assert_num_queries(7):  # session, user, merged, looks, staff, groups, news
        client.get(PAGE)


@pytest.fixture
def rows():
    """A row of each kind that is about one person."""
    patent = PatentFactory()
    application = patent.application
    receipt = ReceiptFactory(application=application)
    placement = PlacementFactory(application=application)
    return {
        "accounts_person": application.person,
        "patents_application": application,
        "patents_patent": patent,
        "patents_inn": InnFactory(person=application.person),
        "payments_receipt": receipt,
        "payments_charge": ChargeFactory(receipt=receipt),
        "payments_placement": placement,
        "payments_statementline": placement.line,
    }


KINDS = [
    *("accounts_person", "patents_application", "patents_patent", "patents_inn"),
    *("payments_receipt", "payments_charge", "payments_placement", "payments_statementline"),
]


@pytest.mark.parametrize("page", ["change", "history"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_card_that_staff_open_is_written_down(client, rows, kind, page):
    client.force_login(StaffFactory())
    row = rows[kind]

    answer = client.get(reverse(f"admin:{kind}_{page}", args=[row.pk]))

    assert answer.status_code == 200
    person = rows["accounts_person"]
    assert {look.person_id for look in Look.objects.all()} == {person.pk}


@pytest.mark.parametrize("kind", KINDS)
def test_every_list_that_staff_open_is_written_down_person_by_person(client, rows, kind):
    other = ApplicationFactory()
    client.force_login(StaffFactory())

    choice = {"shown": "all"} if kind == "payments_placement" else {}
    client.get(reverse(f"admin:{kind}_changelist"), choice)

    seen = set(Look.objects.values_list("person_id", flat=True))
    both = {rows["accounts_person"].pk, other.person_id}
    assert seen == (both if kind in KINDS[:2] else {rows["accounts_person"].pk})


@pytest.mark.parametrize(
    "statement", ["UPDATE journal_look SET person_id = 1", "DELETE FROM journal_look"]
)
def test_the_database_lets_nobody_change_who_looked(statement):
    look = record_look(actor_id=7, person_id=8, page="person")

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Look.objects.get() == look


def test_without_its_trigger_a_look_could_be_changed():
    """The twin: it is the trigger that refuses, not the role of the connection."""
    record_look(actor_id=7, person_id=8, page="person")

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_look DISABLE TRIGGER journal_look_append_only")
        cursor.execute("UPDATE journal_look SET person_id = 1")
        cursor.execute("ALTER TABLE journal_look ENABLE TRIGGER journal_look_append_only")

    assert Look.objects.get().person_id == 1
