"""Two records of one person become one: numbers, papers, money and a single password."""

import time
from threading import Barrier, Event

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.urls import reverse

from accounts import services
from accounts.errors import AlreadyMerged, ReasonMissing, SameRecord
from accounts.models import (
    LoginName,
    Passport,
    Person,
    Phone,
    PhoneKind,
    RecoveryHold,
    TimelineEntry,
    User,
)
from accounts.services import approvals, merges, passwords, record, recovery, resets
from accounts.services.merges import merge
from common import clock
from common.errors import Refusal
from notifications.models import Message, MessageStatus
from patents.models import Inn
from payments.models import Placement, Receipt
from tests.at_once import PATIENCE, at_once, meeting
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
    above = {"applications", "inns", "receipts", "kept_cheques", "caller_checks", "notes"}
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


# --- two merges at once


def tried(deed, **facts):
    """A job: what was refused, by its class, or nothing when it was done."""

    def attempt():
        try:
            deed(**facts)
        except Refusal as refusal:
            return type(refusal)

    return attempt


def merging(keep, gone, actor):
    return tried(merge, keep=keep, gone=gone, actor=actor, reason=REASON)


def merged_into(*people):
    return [Person.objects.get(pk=person.pk).merged_into_id for person in people]


@pytest.mark.django_db(transaction=True)
def test_the_same_merge_four_times_at_once_is_done_once(keep, gone, operator):
    answers = at_once(*[merging(keep, gone, operator)] * 4)

    assert sorted(answers, key=str) == [AlreadyMerged] * 3 + [None]
    assert TimelineEntry.objects.filter(kind="records-merged").count() == 1
    assert merged_into(keep, gone) == [None, keep.pk]


@pytest.mark.django_db(transaction=True)
def test_of_two_merges_that_cross_at_once_one_is_done(keep, gone, operator):
    answers = at_once(merging(keep, gone, operator), merging(gone, keep, operator))

    assert sorted(answers, key=str) == [AlreadyMerged, None]
    assert sorted(merged_into(keep, gone), key=str) in [[keep.pk, None], [gone.pk, None]]
    assert Person.objects.get(merged_into=None).applications.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("unlocked")
def test_without_the_lock_two_merges_are_both_done(keep, gone, operator, monkeypatch):
    """The twin: both have looked before either of them writes."""
    meeting(monkeypatch, merges, "_numbers", 2)

    answers = at_once(*[merging(keep, gone, operator)] * 2)

    assert answers == [None, None]
    assert TimelineEntry.objects.filter(kind="records-merged").count() == 2


@pytest.mark.django_db(transaction=True)
def test_locked_as_they_are_named_two_merges_that_cross_wait_for_each_other(
    keep, gone, operator, monkeypatch
):
    """The twin: PostgreSQL ends one of them after a second, as a page's error 500."""
    each_holds_one = Barrier(2, timeout=PATIENCE)

    def as_named(*ids):
        rows = Person.objects.select_for_update(of=("self",))
        first = rows.get(pk=ids[0])
        each_holds_one.wait()
        return {first.pk: first, ids[1]: rows.get(pk=ids[1])}

    monkeypatch.setattr(merges, "hold_still", as_named)

    with pytest.raises(OperationalError, match="deadlock"):
        at_once(merging(keep, gone, operator), merging(gone, keep, operator))


def granting(approval, actor):
    return tried(approvals.decide, approval=approval, granted=True, actor=actor)


@pytest.fixture
def crossing(keep, gone, operator):
    """Two operators asked for one merge, each the other way round; a third one grants both."""
    decider = StaffFactory(username="decider")
    return [
        granting(merges.ask_merge(keep=one, gone=other, actor=operator, reason=REASON), decider)
        for one, other in [(keep, gone), (gone, keep)]
    ]


@pytest.mark.django_db(transaction=True)
def test_of_two_crossing_merges_granted_at_once_one_is_done(keep, gone, crossing):
    answers = at_once(*crossing)

    assert sorted(map(bool, answers)) == [False, True]
    assert merged_into(keep, gone).count(None) == 1


@pytest.mark.django_db(transaction=True)
def test_decisions_locked_before_their_people_wait_for_each_other(crossing, monkeypatch):
    """The twin: a merge moves the decisions about the other record, and one of them is held."""
    meeting(monkeypatch, merges, "hold_still", 2)
    monkeypatch.setattr(approvals, "hold_still", lambda *ids: None)

    with pytest.raises(OperationalError, match="deadlock"):
        at_once(*crossing)


@pytest.fixture
def first_use(gone, monkeypatch):
    """Something runs while a password is used for the first time, which holds the account."""
    services.let_wait(user_id=gone.user_id)
    account, holding = User.objects.get(pk=gone.user_id), Event()

    def slowly(user):
        holding.set()
        time.sleep(0.3)  # the other one runs into the lock now
        return True

    monkeypatch.setattr(passwords, "waits", slowly)

    def meanwhile(job):
        def wait_and_do():
            assert holding.wait(PATIENCE)
            return job()

        return at_once(wait_and_do, lambda: services.adopt_waiting(user=account))

    return meanwhile


@pytest.mark.django_db(transaction=True)
def test_a_merge_and_the_first_use_of_a_password_never_wait_for_each_other(
    keep, gone, operator, first_use
):
    answers = first_use(merging(keep, gone, operator))

    assert answers == [None, gone.user]
    assert merged_into(keep, gone) == [None, keep.pk]
    assert keep.timeline.filter(kind="password-reset-used").count() == 1


@pytest.mark.django_db(transaction=True)
def test_another_number_and_the_first_use_of_a_password_never_wait_for_each_other(gone, first_use):
    def register():
        with transaction.atomic():
            services.open_login(person=gone, number="1381777")
            services.issue_password(person=gone, tell=False)

    first_use(register)

    assert gone.user.login_names.count() == 2


@pytest.mark.django_db(transaction=True)
def test_people_locked_with_their_keys_and_without_accounts_wait_for_a_first_use(
    keep, gone, operator, first_use, monkeypatch
):
    """The twin: the story's entry needs the key of the person, the merge needs the account."""

    def with_keys(*ids):
        rows = Person.objects.select_for_update(of=("self",)).order_by("pk")
        return {person.pk: person for person in rows.filter(pk__in=ids)}

    monkeypatch.setattr(merges, "hold_still", with_keys)

    with pytest.raises(OperationalError, match="deadlock"):
        first_use(merging(keep, gone, operator))


def reset_again(gone):
    resets.send_reset(asked_at=clock.now(), number="1381999", phone="+79160000002", known=None)


def send_to_second_number(gone):
    resets.send_to_second_numbers()


def open_hold(gone):
    recovery.open_due_holds()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker")
@pytest.mark.parametrize("work", [reset_again, send_to_second_number, open_hold])
def test_a_merge_and_a_worker_with_a_new_password_never_wait_for_each_other(
    keep, gone, operator, monkeypatch, work
):
    """The workers write into the story, or lock a row of it, before the account."""
    PhoneFactory(person=gone, kind=PhoneKind.OWN, number="+79160000003", bound_at=clock.now())
    reset_again(gone)
    Message.objects.update(status=MessageStatus.FAILED, secret="")
    RecoveryHold.objects.create(person=gone, number="+79160000004", opens_at=clock.now())
    real, holding = merges._numbers, Event()

    def slowly(person):
        holding.set()
        time.sleep(0.3)  # the worker runs into the locks now
        return real(person)

    def work_then():
        assert holding.wait(PATIENCE)
        work(gone)

    monkeypatch.setattr(merges, "_numbers", slowly)

    answers = at_once(merging(keep, gone, operator), work_then)

    assert answers == [None, None]
    assert merged_into(keep, gone) == [None, keep.pk]
    assert not Message.objects.exclude(secret="").exists()  # of a password that opens nothing
