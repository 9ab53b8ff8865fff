"""Whatever page of the staff shows a person's data keeps the look: generated from the addresses."""

import pytest
from django.db import transaction

from accounts.models import Person
from common import clock
from desk.models import CallerCheck
from journal.models import Look
from tests.checks.test_matrix import NAMES, World, _close_files, _files

__all__ = ["_files"]  # the matrix' own place for files, taken over as a fixture

LAST_NAME, PASSPORT = "Щукарёв-Единственный", "XQ7019283"  # no form has them as examples
DESK = [name for name in NAMES if name.startswith("admin:")]


def facts_of(world: World) -> list[str]:
    """The data of the owner, none of which anybody else has."""
    person = world.person
    Person.objects.filter(pk=person.pk).update(last_name=LAST_NAME)
    person.passports.update(number=PASSPORT)
    CallerCheck.objects.filter(pk=world.check.pk).update(confirmed_at=clock.now())
    phones = person.phones.values_list("number", flat=True)
    return [LAST_NAME, PASSPORT, world.inn.value, *phones]


def opened(world: World, client, name: str) -> tuple[str, int]:
    """What a page said, and how many looks at the owner it wrote; it is undone afterwards."""
    before, looks = transaction.savepoint(), Look.objects.filter(person_id=world.person.pk)
    already = looks.count()
    answer = client.get(world.address(name))
    said = b"".join(answer) if answer.streaming else answer.content
    written = looks.count() - already
    _close_files(answer)
    transaction.savepoint_rollback(before)
    return said.decode(errors="replace"), written


def unseen(role: str, names: list[str] = DESK) -> tuple[list[str], list[str]]:
    """Pages that showed the owner's data; those among them that wrote no look down."""
    world = World()
    facts, client = facts_of(world), world.client(role)
    shown, kept_quiet = [], []
    for name in names:
        said, written = opened(world, client, name)
        if any(fact in said for fact in facts):
            shown.append(name)
            kept_quiet += [] if written else [name]
    return shown, kept_quiet


@pytest.mark.django_db
def test_no_page_of_a_supervisor_shows_a_person_unseen():
    shown, kept_quiet = unseen("supervisor")

    assert kept_quiet == []
    assert len(shown) > 25  # the check looks at something


@pytest.mark.django_db
@pytest.mark.long
@pytest.mark.parametrize("role", ["operator", "accountant", "reviewer", "auditor", "hotline"])
def test_no_page_of_the_staff_shows_a_person_unseen(role):
    assert unseen(role)[1] == []


@pytest.mark.django_db
def test_without_writing_them_down_the_looks_are_missed(monkeypatch):
    """The twin: the check sees it when a card forgets."""
    monkeypatch.setattr("accounts.admin.record_look", lambda **look: None)

    card = "admin:accounts_person_change"
    assert unseen("reviewer", [card]) == ([card], [card])
