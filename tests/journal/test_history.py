"""History by triggers: complete, in somebody's name, without secrets, never changed."""

import pgtrigger
import pytest
from django.db import InternalError, connection, transaction
from django.urls import reverse

from accounts.models import Person, User
from journal.history import acting, because, states
from patents.models import Application
from payments.models import Receipt, ReceiptStatus
from tests.factories import (
    ApplicationFactory,
    LineFactory,
    PersonFactory,
    PlacementFactory,
    ReceiptFactory,
    StaffFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def names(person):
    return [row.last_name for row in states(Person, person.pk)]


def test_each_state_of_a_person_is_kept():
    person = PersonFactory(last_name="Каримов")
    person.last_name = "Каримова"
    person.save()

    assert names(person) == ["Каримова", "Каримов"]


def test_updates_in_bulk_and_raw_sql_are_seen_too():
    person = PersonFactory(last_name="Каримов")
    Person.objects.filter(pk=person.pk).update(last_name="Назаров")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_person SET last_name = 'Юсупов' WHERE id = %s", [person.pk])

    assert names(person) == ["Юсупов", "Назаров", "Каримов"]


def test_without_its_trigger_a_change_leaves_no_trace():
    """The twin: nothing but the trigger writes history."""
    person = PersonFactory(last_name="Каримов")
    with pgtrigger.ignore("accounts.Person:update_update"):
        Person.objects.filter(pk=person.pk).update(last_name="Назаров")

    assert names(person) == ["Каримов"]


def test_a_save_that_changes_nothing_is_no_history():
    person = PersonFactory()
    person.save()

    assert len(names(person)) == 1


def test_a_deleted_row_is_kept():
    application = ApplicationFactory()
    application.delete()

    last = Application.pgh_event_model.objects.order_by("-pgh_id").first()
    assert (last.number, last.pgh_label) == (application.number, "delete")


def test_money_keeps_what_it_was_and_costs_nothing_when_it_is_made():
    receipt = ReceiptFactory()
    assert not states(Receipt, receipt.pk).exists()

    Receipt.objects.filter(pk=receipt.pk).update(status=ReceiptStatus.CANCELLED)

    assert [row.status for row in states(Receipt, receipt.pk)] == [ReceiptStatus.FORMED]


def test_lines_of_statements_and_new_places_of_money_write_no_history():
    PlacementFactory(line=LineFactory())

    tables = connection.introspection.table_names()
    assert "payments_statementlinehistory" not in tables
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM payments_placementhistory")
        assert cursor.fetchone() == (0,)


def test_history_holds_no_password():
    user = UserFactory()
    columns = {field.name for field in User.pgh_event_model._meta.fields}

    assert states(User, user.pk).count() == 1
    assert not columns & {"password", "waiting_password"}


@pytest.mark.parametrize(
    "statement",
    ["UPDATE accounts_personhistory SET last_name = 'x'", "DELETE FROM accounts_personhistory"],
)
def test_the_database_lets_nobody_change_history(statement):
    person = PersonFactory(last_name="Каримов")

    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert names(person) == ["Каримов"]


def test_a_change_says_who_made_it_and_why():
    person = PersonFactory()

    with acting(7, "admin:page"):
        because("the passport has another spelling")
        Person.objects.filter(pk=person.pk).update(last_name="Назаров")

    assert states(Person, person.pk)[0].pgh_context == {
        "operator": 7,
        "reason": "the passport has another spelling",
    }


@pytest.mark.django_db(transaction=True)
def test_the_next_change_is_in_nobodys_name_again():
    person = PersonFactory()
    with acting(7, "once"):
        Person.objects.filter(pk=person.pk).update(last_name="Назаров")
    Person.objects.filter(pk=person.pk).update(last_name="Юсупов")

    assert states(Person, person.pk)[0].pgh_context is None


def test_a_request_names_its_sender_and_its_page(client):
    chief, colleague = StaffFactory(), StaffFactory(is_superuser=False)
    client.force_login(chief)

    client.post(reverse("admin:accounts_user_change", args=[colleague.pk]), {"groups": []})

    last = states(User, colleague.pk)[0]
    assert last.is_active is False
    assert last.pgh_context == {"operator": chief.pk, "reason": "The account was closed."}


def test_a_task_names_itself():
    from mmc_portal.celery import app

    person = PersonFactory()

    @app.task(name="tests.rename", shared=False)
    def rename():
        Person.objects.filter(pk=person.pk).update(last_name="Назаров")

    rename.apply()

    assert states(Person, person.pk)[0].pgh_context["reason"] == "task tests.rename"
