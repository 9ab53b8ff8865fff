"""НЕ Я from a number that was only said: nothing about the person goes there any more."""

from dataclasses import replace
from datetime import timedelta
from threading import Thread
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.text import capfirst

from accounts import messages, services
from accounts.deaf import mark, people_unreached
from accounts.models import (
    Email,
    Phone,
    PhoneHistory,
    PhoneKind,
    RecoveryHold,
    TimelineEntry,
)
from accounts.recipients import recipient_of, recipients_of
from accounts.services import alarms, people, phones, recovery, resets
from accounts.services.numbers import send_numbers
from accounts.services.records import record
from common import clock
from desk.worklists import WORKLISTS
from notifications import failures
from notifications.failures import Failure
from notifications.models import Message, MessageStatus, Preference
from notifications.services import claiming, ends, queue
from notifications.services.composing import Batch
from payments.fiscal import current_phone
from tests.at_once import PATIENCE, ended_or_waiting_for_us
from tests.factories import ApplicationFactory, PhoneFactory
from tests.patents.desk import sign_in_as
from ussd.services import inbound

pytestmark = pytest.mark.django_db
SAID, SIM = "+79160000001", "+79160000002"
WORDS = failures.words(Failure.DISOWNED)


@pytest.fixture
def person():
    """Somebody whose only number was said at the desk, wrong by a digit."""
    application = ApplicationFactory(number="1381161")
    PhoneFactory(person=application.person, kind=PhoneKind.OWN, number=SAID)
    return application.person


def not_me(again="", text="НЕ Я"):
    inbound.take_in(provider="smsaero", number=f"in{again}{text}", phone=SAID, text=text)


def written(message) -> Batch:
    """Claimed and put into words, as right before an operator is asked."""
    return Batch(claiming.claim_these([message.pk]))


def told(person):
    """A notice of the law promised to each number, as a worker finds it: the first one."""
    entry = record(person=person, kind="account-closed")
    phones.tell_each_number(messages.ACCOUNT_CLOSED, entry, {SAID})
    return Message.objects.get(event=messages.ACCOUNT_CLOSED.code, channel="sms")


# --- what it does


def test_its_holder_is_thanked_without_a_word_of_the_person_and_it_stands_once(person):
    not_me()
    not_me(again="again")

    answers = Message.objects.values_list("event", "person_id", "fixed_address")
    assert set(answers) == {("ussd.disowned", None, SAID)}
    assert person.timeline.filter(kind="number-disowned").count() == 1
    assert person.phones.get().disowned_at is not None


def test_it_is_no_alarm_and_switches_no_topic(person):
    not_me()

    assert not TimelineEntry.objects.filter(kind__in=["not-me-by-sms", "said-number-stopped"])
    assert not Preference.objects.exists()


def test_the_history_of_the_number_says_why(person):
    not_me()

    newest = PhoneHistory.objects.latest("pgh_id")
    assert newest.disowned_at is not None


def test_start_proves_nothing(person):
    not_me()
    not_me(text="СТАРТ")

    assert person.phones.get().disowned_at is not None


def test_a_proven_number_stays_an_alarm(person):
    person.phones.update(bound_at=clock.now())
    not_me()

    assert person.phones.get().disowned_at is None
    assert WORKLISTS["not-me"].rows().exists()


def test_where_one_proved_it_and_another_only_said_it_both_happen(person):
    other = ApplicationFactory().person
    PhoneFactory(person=other, number=SAID)
    not_me()

    assert TimelineEntry.objects.get(kind="not-me-by-sms").person == other
    assert list(Phone.objects.disowned()) == [person.phones.get()]


# --- nothing goes there


def test_the_other_numbers_stay(person):
    PhoneFactory(person=person, number=SIM)
    not_me()

    one, many = recipient_of(person.pk), recipients_of([person.pk])[person.pk]
    assert (one.addresses, one.disowned) == ((SIM,), frozenset({SAID}))
    assert one == many


def test_the_same_number_that_is_also_their_sim_takes_sms(person):
    not_me()
    PhoneFactory(person=person, number=SAID)

    assert recipient_of(person.pk).disowned == frozenset()


@pytest.mark.parametrize("when", ["waits", "claimed"])
def test_a_notice_of_the_law_that_waits_or_is_claimed_does_not_go_there(person, when):
    message = told(person)
    rows = claiming.claim_these([message.pk]) if when == "claimed" else []
    not_me()
    batch = Batch(rows or claiming.claim_these([message.pk]))

    [over] = batch.over
    assert (over.status, over.failure) == (MessageStatus.FAILED, Failure.DISOWNED)
    assert over.row.text  # the cabinet has it


def test_without_asking_again_it_would_go(person, monkeypatch):
    message = told(person)
    rows = claiming.claim_these([message.pk])
    not_me()
    monkeypatch.setattr(
        messages, "recipient_of", lambda pk: replace(recipient_of(pk), disowned=frozenset())
    )

    assert [one.row.address for one in Batch(rows).ready] == [SAID]


def test_what_an_operator_may_have_is_not_called_unsent(person):
    message = told(person)
    Message.objects.filter(pk=message.pk).update(
        taken_possible=True, provider="smsaero", address=SAID
    )
    not_me()

    [over] = written(message).over
    assert over.status == MessageStatus.UNKNOWN


def test_a_new_password_has_no_number_to_go_to(person):
    not_me()
    services.issue_password(person=person)
    message = Message.objects.get(event=messages.PASSWORD_ISSUED.code)

    [over] = written(message).over
    assert (over.failure, over.row.address) == (Failure.NO_ADDRESS, "")


def test_the_letter_stands_in(person):
    Email.objects.create(
        person=person, address="a@example.org", asked_at=clock.now(), confirmed_at=clock.now()
    )
    not_me()
    entry = record(person=person, kind="account-closed")
    message = queue(messages.NEW_DEVICE, entry.pk, key="test")
    ends.end(written(message).over)

    assert Message.objects.get(after=message).fixed_address == "a@example.org"


def test_who_has_it_cannot_ask_for_a_password_or_the_number_of_the_application(person):
    not_me()
    before = Message.objects.count()
    at = clock.now()
    resets.send_reset(asked_at=at, number="1381161", phone=SAID, known=None)
    send_numbers(asked_at=at, phone=SAID)

    assert Message.objects.count() == before


def test_the_printed_code_opens_nothing_for_it(person):
    RecoveryHold.objects.create(
        person=person, number=SAID, opens_at=clock.now() - timedelta(minutes=1)
    )
    not_me()

    assert recovery.open_due_holds() == 0
    assert person.phones.get().bound_at is None


def test_the_printed_code_is_not_used_up_for_it(person):
    code = services.issue_recovery_code(user=person.user)
    not_me()
    asked = {"asked_at": clock.now(), "number": "1381161", "code": code}
    recovery.hold(**asked, phone=SAID)
    assert not RecoveryHold.objects.exists()

    recovery.hold(**asked, phone=SIM)
    assert RecoveryHold.objects.get().number == SIM


def test_no_cheque_goes_there(person):
    not_me()

    assert current_phone(person) == ""


def test_a_cheque_goes_to_the_sim_before_a_number_that_was_only_said(person):
    PhoneFactory(person=person, kind=PhoneKind.CENTRE_SIM, number=SIM)

    assert current_phone(person) == SIM


def test_another_number_in_its_place_is_told_to_nobody_there(person):
    """What the person is asked for must not be what tells the stranger of it."""
    not_me()

    phones.bind_phone(person=person, number=SIM)

    assert not Message.objects.filter(fixed_address=SAID, event=messages.PHONE_BOUND.code)


def test_a_word_that_waited_there_does_not_go_once_the_number_is_closed(person):
    message = told(person)
    not_me()
    phones.bind_phone(person=person, number=SIM)

    [over] = written(message).over

    assert (over.status, over.failure) == (MessageStatus.FAILED, Failure.DISOWNED)


def test_it_stops_a_recovery_too_and_the_desk_calls(person):
    """Asked «not you?», the person may answer from their own number, which they only said."""
    code = services.issue_recovery_code(user=person.user)
    recovery.hold(asked_at=clock.now(), number="1381161", code=code, phone="+79160000003")

    not_me()

    assert not RecoveryHold.objects.open().exists()
    assert WORKLISTS["not-me"].rows().exists()


def test_it_stops_the_binding_of_another_number(person):
    phones.ask_phone_change(person=person, number=SIM)

    not_me()

    with pytest.raises(phones.NothingToConfirm):
        phones.confirm_phone(person=person, code="000000")
    assert WORKLISTS["not-me"].rows().exists()


# --- what ends it


def test_a_code_may_go_there_and_typed_back_it_ends_it(person):
    not_me()
    change = phones.ask_phone_change(person=person, number=SAID)
    message = Message.objects.get(event=messages.PHONE_CODE.code, subject_id=change.pk)
    [going] = written(message).ready
    phones.confirm_phone(person=person, code=going.text.split("код ")[1][:6])

    assert recipient_of(person.pk).addresses == (SAID,)


def test_the_number_given_anew_at_the_desk_ends_it(person):
    not_me()
    phones.bind_phone(person=person, number=SAID)

    assert recipient_of(person.pk).disowned == frozenset()


def test_the_database_holds_that_a_proven_number_is_not_disowned(person):
    for facts in [{"bound_at": clock.now()}, {"kind": PhoneKind.CENTRE_SIM}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            person.phones.update(disowned_at=clock.now(), **facts)


# --- a code comes back in the same moment


@pytest.fixture
def bound_meanwhile(person, monkeypatch):
    """The number proves itself between the look at it and what is written of it."""

    def bind():
        with transaction.atomic():
            people.hold_still(person.pk)
            phones.bind_phone(person=person, number=SAID)
        connection.close()

    other = Thread(target=bind)

    def now():
        other.start()
        ended_or_waiting_for_us(other)
        return clock.now()

    monkeypatch.setattr(alarms, "clock", SimpleNamespace(now=now))
    yield other
    other.join(PATIENCE)


@pytest.mark.django_db(transaction=True)
def test_a_proof_in_the_same_moment_comes_after_and_stays(person, bound_meanwhile):
    alarms.disown(number=SAID)
    bound_meanwhile.join(PATIENCE)

    phone = person.phones.get()
    assert (phone.disowned_at, phone.bound_at is None) == (None, False)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_only_the_constraint_would_stand_between(
    person, bound_meanwhile, monkeypatch
):
    monkeypatch.setattr(alarms, "hold_still", lambda *ids: None)

    with pytest.raises(IntegrityError):
        alarms.disown(number=SAID)


# --- who reads of it


def test_it_is_marked_with_its_own_reason_and_stands_in_the_worklist(person):
    not_me()

    assert [one.deaf for one in mark(person.phones.all())] == [WORDS]
    assert list(people_unreached()) == [{"person_id": person.pk}]
    assert [row.person_id for row in WORKLISTS["no-sms"].rows()] == [person.pk]


@pytest.mark.parametrize("page", ["admin:person_card", "admin:accounts_person_password"])
def test_staff_read_it_where_they_serve_the_person(client, person, page):
    not_me()
    sign_in_as(client, "operator")

    assert capfirst(WORDS) in client.get(reverse(page, args=[person.pk])).content.decode()


def test_the_person_reads_it_in_the_cabinet_and_how_to_mend_it(client, person):
    not_me()
    person.user.must_change_password = False
    person.user.save()
    client.force_login(person.user)

    page = client.get(reverse("accounts:contacts")).content.decode()
    assert WORDS in page
    assert "Сейчас наши SMS к вам не приходят" in page
    assert "пришлём на него код" in page
