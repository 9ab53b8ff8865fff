"""The groups follow the code: made by migrate, repaired by it, never wider than written."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db.models.signals import post_migrate

from desk import roles
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


def rights(role):
    pairs = Group.objects.get(name=role).permissions.values_list(
        "content_type__app_label", "codename"
    )
    return set(pairs)


def written(role):
    return {(app, name) for app in roles.APPS for name in roles.wanted(role, app)}


def migrate_again():
    for config in apps.get_app_configs():
        post_migrate.send(config, app_config=config, using="default", verbosity=0, apps=apps)


@pytest.mark.parametrize("role", roles.ROLES)
def test_every_written_right_exists_and_is_given_by_migrate(role):
    assert rights(role) == written(role)


def test_syncing_twice_changes_nothing():
    before = {role: rights(role) for role in roles.ROLES}

    migrate_again()

    assert {role: rights(role) for role in roles.ROLES} == before


def test_a_right_added_by_hand_goes_and_a_missing_one_comes_back():
    group = Group.objects.get(name="reviewer")
    group.permissions.set(Permission.objects.filter(codename="add_application"))

    migrate_again()

    assert rights("reviewer") == written("reviewer")


def test_a_reviewer_only_reads():
    assert {name.split("_")[0] for _, name in rights("reviewer")} == {"view"}


@pytest.mark.parametrize("role", roles.ROLES)
def test_nobody_of_the_staff_deletes_or_widens_a_role(role):
    names = {name for _, name in rights(role)}

    assert not {name for name in names if name.startswith("delete_")}
    assert not names & {"add_group", "change_group", "change_permission"}


def test_only_supervisors_open_accounts_for_staff():
    allowed = {role for role in roles.ROLES if ("accounts", "add_user") in rights(role)}

    assert allowed == {"supervisor"}


def test_only_operators_and_supervisors_serve_people():
    allowed = {role for role in roles.ROLES if ("patents", "add_application") in rights(role)}

    assert allowed == {"operator", "supervisor"}


def test_only_accountants_and_supervisors_place_money():
    allowed = {role for role in roles.ROLES if ("payments", "change_placement") in rights(role)}

    assert allowed == {"accountant", "supervisor"}


READS = ("view_", "read_")


def test_an_auditor_reads_everything_that_has_a_page_and_writes_nothing():
    names = {name for _, name in rights("auditor")}
    assert [name for name in names if not name.startswith(READS)] == []

    auditor = StaffFactory(is_superuser=False)
    auditor.groups.set(Group.objects.filter(name="auditor"))
    unread = [
        model._meta.label
        for model in admin.site._registry
        if not auditor.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")
    ]
    assert unread == []
