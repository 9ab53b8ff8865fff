"""Decisions of two: nobody decides alone, and each is decided once."""

import contextlib
import threading
from functools import partial

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts import kinds
from accounts.models import Approval, ApprovalKind, Person, PhoneKind
from accounts.services import approvals, merges
from common import clock, identifiers
from common.sealing import unseal
from notifications.models import Message
from tests.at_once import at_once, meeting_after, no_row_is_locked
from tests.factories import PASSWORD, ApplicationFactory, PersonFactory, PhoneFactory, StaffFactory

NEW = "+79160000077"


@pytest.fixture
def first(db):
    return operator("first")


@pytest.fixture
def second(db):
    return operator("second")


def operator(name):
    user = StaffFactory(username=name, is_superuser=False)
    user.groups.set(Group.objects.filter(name="operator"))
    return user


def asked(person, actor):
    return approvals.ask_phone(person=person, number=NEW, actor=actor, reason="SIM lost")


def current(person):
    return set(person.phones.current().values_list("kind", "number"))


def test_nothing_changes_before_the_decision(person, first):
    before = current(person)

    approval = asked(person, first)

    assert current(person) == before
    assert Approval.objects.open().get() == approval
    assert person.timeline.filter(kind=kinds.DESK_PHONE_ASKED, actor=first).count() == 1


def test_asking_twice_gives_one_row(person, first):
    assert asked(person, first) == asked(person, first)


def test_who_asked_cannot_decide(person, first):
    approval = asked(person, first)

    with pytest.raises(approvals.AnotherMustDecide):
        approvals.decide(approval=approval, granted=True, actor=first)


def test_the_database_refuses_it_too(person, first):
    approval = asked(person, first)
    alone = {"decided_by": first, "decided_at": clock.now(), "granted": True}

    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(**alone)


def test_granted_the_old_phone_is_told_and_ends_and_the_new_one_gets_the_password(
    person, first, second
):
    approvals.decide(approval=asked(person, first), granted=True, actor=second)

    assert current(person) == {(PhoneKind.OWN, NEW)}
    told = {message.fixed_address for message in Message.objects.all()}
    assert "+79161234567" in told
    password = unseal(Message.objects.get(event="accounts.password_issued").secret)
    person.user.refresh_from_db()
    assert person.user.check_password(password)
    assert not person.user.check_password(PASSWORD)


def test_refused_nothing_changes(person, first, second):
    before = current(person)

    approvals.decide(approval=asked(person, first), granted=False, actor=second)

    assert current(person) == before
    person.user.refresh_from_db()
    assert person.user.check_password(PASSWORD)
    assert not Approval.objects.open().exists()
    said = person.timeline.get(kind=kinds.DESK_PHONE_REFUSED)
    assert (said.actor, said.facts) == (second, {"phone": identifiers.mask_phone(NEW)})


def test_a_merge_is_carried_out_when_it_is_granted(person, first, second):
    other = ApplicationFactory(number="7654321").person
    approval = merges.ask_merge(keep=person, gone=other, actor=first, reason="the same passport")

    approvals.decide(approval=approval, granted=True, actor=second)

    assert Person.objects.get(pk=other.pk).merged_into_id == person.pk


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_decide_once():
    person = PersonFactory()
    ApplicationFactory(person=person)
    PhoneFactory(person=person)
    approval = asked(person, operator("first"))
    deciders = [operator(f"decider-{n}") for n in range(4)]
    done, together = [], threading.Barrier(4)

    def attempt(actor):
        together.wait()
        with contextlib.suppress(approvals.AlreadyDecided):
            done.append(approvals.decide(approval=approval, granted=True, actor=actor))
        connection.close()

    threads = [threading.Thread(target=attempt, args=[actor]) for actor in deciders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(done) == 1
    assert Message.objects.filter(event="accounts.password_issued").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_who_decide_issue_two_passwords(monkeypatch):
    """The twin: both have read the question open before either of them signs it."""
    person = PhoneFactory(person=ApplicationFactory().person).person
    approval = asked(person, operator("first"))
    no_row_is_locked(monkeypatch)
    meeting_after(monkeypatch, approvals, "_held", 2)
    decide = partial(approvals.decide, approval=approval, granted=True)

    at_once(*[partial(decide, actor=operator(name)) for name in ("second", "third")])

    assert Message.objects.filter(event="accounts.password_issued").count() == 2


def test_two_operators_give_a_phone_through_the_admin(client, person, first, second):
    client.force_login(first)
    form = reverse("admin:accounts_person_phone", args=[person.pk])
    assert client.get(form).status_code == 200
    client.post(form, {"number": "8 916 000-00-77", "reason": "SIM lost, passport seen"})
    approval = Approval.objects.get(kind=ApprovalKind.PHONE)
    card = reverse("admin:accounts_approval_change", args=[approval.pk])
    decide = reverse("admin:accounts_approval_decide", args=[approval.pk])
    assert decide not in client.get(card).content.decode()
    client.post(decide, {"decision": "grant"})
    assert Approval.objects.open().exists()

    client.force_login(second)
    assert decide in client.get(card).content.decode()
    client.post(decide, {"decision": "grant"})

    assert current(person) == {(PhoneKind.OWN, NEW)}


@pytest.mark.parametrize("role", ["accountant", "reviewer", "hotline", "auditor"])
def test_others_neither_ask_nor_decide(client, person, first, role):
    approval = asked(person, first)
    user = StaffFactory(is_superuser=False)
    user.groups.set(Group.objects.filter(name=role))
    client.force_login(user)

    for page in [
        reverse("admin:accounts_person_phone", args=[person.pk]),
        reverse("admin:accounts_approval_decide", args=[approval.pk]),
    ]:
        assert client.post(page, {"decision": "grant"}).status_code == 403
    assert Approval.objects.open().exists()
