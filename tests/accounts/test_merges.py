"""Two records of one person become one: numbers, papers, money and a single password."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.errors import AlreadyMerged, ReasonMissing, SameRecord
from accounts.models import LoginName, Passport, Person, Phone, PhoneKind, TimelineEntry
from accounts.services import merges, record
from accounts.services.merges import merge
from notifications.models import Message
from patents.models import Inn
from payments.models import Placement, Receipt
from tests.factories import (
    PASSWORD,
    ApplicationFactory,
    InnFactory,
    PassportFactory,
    PersonFactory,
    PhoneFactory,
    PlacementFactory,
    ReceiptFactory,
    StaffFactory,
)

pytestmark = pytest.mark.django_db
REASON = "один человек, два заявления"


@pytest.fixture
def operator(db):
    return StaffFactory()


@pytest.fixture
def keep(person):
    PassportFactory(person=person, number="FA1111111")
    InnFactory(person=person, value="775100004210")
    return person


@pytest.fixture
def gone(db):
    gone = PersonFactory(last_name="Каримав")
    PassportFactory(person=gone, number="FA2222222")
    PhoneFactory(person=gone, kind=PhoneKind.CENTRE_SIM, number="+79160000002")
    InnFactory(person=gone, value="770000000156")
    ApplicationFactory(person=gone, number="1381999")
    return gone


@pytest.fixture
def joined(keep, gone, operator):
    def join():
        merge(keep=keep, gone=gone, actor=operator, reason=REASON)
        for row in (keep, gone):
            row.refresh_from_db()
        return keep

    return join


def test_both_numbers_open_the_kept_cabinet_with_its_password(client, keep, joined):
    joined()

    for number in ["1381161", "1381999"]:
        client.logout()
        client.post(reverse("accounts:login"), {"username": number, "password": PASSWORD})
        assert client.session["_auth_user_id"] == str(keep.user_id)


def test_the_other_account_is_closed_and_its_sessions_end(client, gone, joined):
    account = gone.user
    client.force_login(account)

    joined()

    account.refresh_from_db()
    assert (account.is_active, account.has_usable_password()) == (False, False)
    assert not LoginName.objects.filter(user=account).exists()
    assert client.get(reverse("cabinet:home")).status_code == 302


def test_phones_papers_and_inns_stay_as_history(keep, joined):
    joined()

    assert set(Phone.objects.filter(person=keep).values_list("number", flat=True)) == {
        "+79161234567",
        "+79160000002",
    }
    assert [row.number for row in Phone.objects.current().filter(person=keep)] == ["+79161234567"]
    assert [row.number for row in Passport.objects.current().filter(person=keep)] == ["FA1111111"]
    assert [row.value for row in Inn.objects.current().filter(person=keep)] == ["775100004210"]
    assert keep.passports.count() == keep.inns.count() == 2


def test_applications_receipts_and_payments_follow(keep, gone, joined):
    application = gone.applications.get()
    ReceiptFactory(application=application)
    PlacementFactory(application=application)

    joined()

    assert keep.applications.count() == 2
    assert Receipt.objects.get().person == keep
    assert Placement.objects.get().application.person == keep


def test_the_story_and_the_messages_of_both_are_one(keep, gone, joined):
    record(person=gone, kind="person-registered")
    Message.objects.create(
        event="x", subject_id=1, key="x", person_id=gone.pk,
        next_try_at="2026-01-01T00:00Z", expires_at="2026-01-02T00:00Z",
    )  # fmt: skip

    joined()

    kinds = list(keep.timeline.values_list("kind", flat=True))
    assert kinds[0] == "records-merged"
    assert "person-registered" in kinds
    assert Message.objects.get().person_id == keep.pk
    assert gone.merged_into == keep


def test_the_entry_names_the_numbers_and_the_operator(keep, operator, joined):
    joined()

    entry = TimelineEntry.objects.get(kind="records-merged")
    assert (entry.actor, entry.facts) == (operator, {"numbers": "1381999", "reason": REASON})


def test_a_record_without_a_password_takes_the_account_of_the_other(gone, operator):
    bare = PersonFactory(user=None)
    account = gone.user

    merge(keep=bare, gone=gone, actor=operator, reason=REASON)

    bare.refresh_from_db()
    account.refresh_from_db()
    assert (bare.user, account.is_active) == (account, True)
    assert account.check_password(PASSWORD)
    assert Phone.objects.current().get(person=bare).number == "+79160000002"


def test_what_cannot_be_merged_is_refused(keep, gone, operator, joined):
    with pytest.raises(SameRecord):
        merge(keep=keep, gone=keep, actor=operator, reason=REASON)
    with pytest.raises(ReasonMissing):
        merge(keep=keep, gone=gone, actor=operator, reason="  ")
    joined()
    with pytest.raises(AlreadyMerged):
        merge(keep=keep, gone=gone, actor=operator, reason=REASON)


def test_a_new_table_about_people_must_say_what_a_merge_does_with_it():
    here = {*merges.FOLLOWING, *merges.STORY}
    above = {"applications", "inns", "receipts", "caller_checks"}
    relations = {
        relation.get_accessor_name()
        for relation in Person._meta.related_objects
        if not relation.related_model.__name__.endswith("History")
    }

    assert relations == here | above


def test_without_closing_the_database_refuses_two_in_use(keep, gone, operator, monkeypatch):
    monkeypatch.setattr(merges, "_close_what_both_have", lambda *_: None)

    with pytest.raises(IntegrityError), transaction.atomic():
        merge(keep=keep, gone=gone, actor=operator, reason=REASON)
