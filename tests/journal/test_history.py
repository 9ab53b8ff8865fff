"""History by triggers: complete, in somebody's name, without secrets, never changed."""

import pgtrigger
import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import InternalError, connection, transaction
from django.urls import reverse

from accounts import services
from accounts.models import (
    Address,
    Email,
    GroupPermission,
    Membership,
    OwnPermission,
    Person,
    User,
)
from journal.history import acting, because, keys_of, states
from journal.services import record_look
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
    cancelled_facts,
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

    Receipt.objects.filter(pk=receipt.pk).update(**cancelled_facts())

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


def test_an_address_and_an_email_keep_what_they_were():
    person = PersonFactory()
    address = services.change_address(person=person, text="Москва, улица Первая, 1")
    email = Email.objects.create(person=person, address="one@example.org", token_hash="1" * 64)
    Address.objects.filter(pk=address.pk).update(text="Москва, улица Вторая, 2")
    Email.objects.filter(pk=email.pk).update(address="two@example.org")

    assert [row.text[-1] for row in states(Address, address.pk)] == ["2", "1"]
    assert [row.address[:3] for row in states(Email, email.pk)] == ["two", "one"]
    assert "token_hash" not in {field.name for field in Email.pgh_event_model._meta.fields}


def labels(model, **facts):
    return [state.pgh_label for key in keys_of(model, **facts) for state in states(model, key)]


def test_a_role_that_raw_sql_gives_and_takes_is_seen():
    colleague, group = StaffFactory(is_superuser=False), Group.objects.get(name="auditor")
    with connection.cursor() as cursor:
        for statement in [
            "INSERT INTO accounts_user_groups (user_id, group_id) VALUES (%s, %s)",
            "DELETE FROM accounts_user_groups WHERE user_id = %s AND group_id = %s",
        ]:
            cursor.execute(statement, [colleague.pk, group.pk])

    assert labels(Membership, user_id=colleague.pk) == ["delete", "insert"]


def test_without_its_trigger_a_role_is_given_unseen():
    """The twin: Django's own log would know of pressed buttons alone."""
    colleague = StaffFactory(is_superuser=False)
    with pgtrigger.ignore("accounts.Membership:insert_insert"):
        colleague.groups.add(Group.objects.get(name="auditor"))

    assert labels(Membership, user_id=colleague.pk) == []


def test_what_a_group_or_one_account_may_do_is_kept():
    colleague, group = StaffFactory(is_superuser=False), Group.objects.get(name="reviewer")
    right = Permission.objects.get(codename="add_application")
    group.permissions.add(right)
    colleague.user_permissions.add(right)

    facts = {"permission_id": right.pk}
    assert labels(GroupPermission, group_id=group.pk, **facts) == ["insert"]
    assert labels(OwnPermission, user_id=colleague.pk, **facts) == ["insert"]


def tables_that_only_grow() -> list[str]:
    history = [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    names = [model._meta.db_table for model in history]
    return [*names, "journal_look", "payments_statementline", "payments_placement"]


@pytest.mark.parametrize("table", tables_that_only_grow())
def test_the_database_empties_no_table_that_only_grows(table):
    with (
        pytest.raises(InternalError, match="never emptied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {table} CASCADE")


def test_without_its_trigger_the_looks_could_be_emptied():
    """The twin: TRUNCATE passes by the trigger that guards the rows."""
    record_look(actor_id=7, person_id=8, page="person")
    with pgtrigger.ignore("journal.Look:never_emptied"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE journal_look")
        cursor.execute("SELECT count(*) FROM journal_look")
        assert cursor.fetchone() == (0,)


def test_the_list_of_triggers_to_leave_out_is_there_and_empty(db):
    """Where it is missing, each trigger of each row raises an error and forgets it: a million rows
    of one transaction would take days."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('pgtrigger.ignore')")
        assert cursor.fetchone() == ("{}",)
