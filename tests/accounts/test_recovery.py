import re
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.db import IntegrityError
from django.urls import reverse
from django.utils import translation

from accounts import kinds, messages, reached, services
from accounts.contacts import contacts_of
from accounts.errors import TooManyTries
from accounts.models import DoorRequest, Phone, RecoveryCode, RecoveryHold, User
from accounts.models.access import RecoveryCodeQuerySet
from accounts.passwords import ALPHABET
from accounts.recipients import recipient_of, recipients_of
from accounts.services import alarms, door_requests, passwords, recovery
from common import clock, sealing
from notifications.length import segments
from notifications.models import Message
from tests.at_once import PATIENCE, at_once, meeting
from tests.factories import PASSWORD, PersonFactory, PhoneFactory

NUMBER, SIM, NEW = "1381161", "+79161234567", "+998901234567"
RECOVER, DONE = reverse("accounts:recover"), reverse("accounts:recover_done")


@pytest.fixture
def code(person):
    return services.issue_recovery_code(user=person.user)


@pytest.fixture
def ask(carried_out):
    def asked(code, number=NUMBER, phone=NEW):
        services.ask_recovery(number=number, code=code, phone=phone)
        carried_out()

    return asked


def later(**much):
    return time_machine.travel(clock.now() + timedelta(**much))


def test_the_code_has_seventy_bits_and_is_kept_hashed(person, code):
    assert re.fullmatch(rf"([{ALPHABET}]{{4}}-){{3}}[{ALPHABET}]{{4}}", code)
    row = RecoveryCode.objects.get()
    assert row.code_hash not in (code, code.replace("-", ""))
    assert re.fullmatch("[0-9a-f]{64}", row.code_hash)


def test_after_a_day_a_password_comes_to_the_new_phone_and_the_old_ones_are_off(person, code, ask):
    ask(code.upper().replace("-", " "))
    hold = RecoveryHold.objects.get()
    assert Message.objects.get().fixed_address == SIM  # the notice, and no password yet

    with later(hours=23, minutes=59):
        assert recovery.open_due_holds() == 0
    with later(hours=24):
        assert recovery.open_due_holds() == 1
        assert recovery.open_due_holds() == 0
        message = Message.objects.get(event="accounts.recovery_opened")
        assert message.fixed_address == NEW
        assert authenticate(None, username=NUMBER, password=PASSWORD) == person.user
        user = authenticate(None, username=NUMBER, password=sealing.unseal(message.secret))
        assert user.must_change_password
        assert recipient_of(person.pk).addresses == (NEW,)
        assert authenticate(None, username=NUMBER, password=PASSWORD) is None

    hold.refresh_from_db()
    assert not hold.objected
    kinds_now = set(person.timeline.values_list("kind", flat=True))
    assert {kinds.RECOVERY_ASKED, kinds.RECOVERY_OPENED, kinds.RESET_USED} <= kinds_now


def test_the_code_works_once(person, code, ask):
    ask(code)
    services.stop_recovery(person=person)

    ask(code)

    assert RecoveryHold.objects.count() == 1


def test_a_new_code_kills_the_one_before(person, code, ask):
    services.issue_recovery_code(user=person.user)

    ask(code)

    assert not RecoveryHold.objects.exists()


@pytest.mark.parametrize("number", ["2381161", "9999999"])
def test_a_code_opens_no_other_cabinet(person, code, ask, number):
    other = PersonFactory()
    services.open_login(person=other, number="2381161")

    ask(code, number=number)

    assert not RecoveryHold.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize("guess", ["Каримов", "17051990", "FA1234567", "1990-05-17", NUMBER, SIM])
def test_what_others_may_know_opens_nothing(person, code, ask, guess):
    ask(guess)

    assert not RecoveryHold.objects.exists()
    assert authenticate(None, username=NUMBER, password=guess) is None


def test_a_closed_account_is_not_opened_this_way(person, code, ask):
    services.allow_signing_in(user=person.user, allowed=False)

    ask(code)

    assert not RecoveryHold.objects.exists()


def test_the_owner_sees_it_on_the_first_page_and_stops_it(client, person, code, ask):
    ask(code)
    client.force_login(person.user)
    stop = reverse("accounts:recovery_stop")
    assert stop in client.get(reverse("cabinet:home")).content.decode()

    client.post(stop)

    assert stop not in client.get(reverse("accounts:contacts")).content.decode()
    with later(hours=25):
        assert recovery.open_due_holds() == 0
    assert recipient_of(person.pk).addresses == (SIM,)
    assert RecoveryHold.objects.get().objected
    assert kinds.RECOVERY_STOPPED in person.timeline.values_list("kind", flat=True)


def test_nobody_stops_the_recovery_of_another(client, person, code, ask):
    ask(code)
    client.force_login(PersonFactory().user)

    client.post(reverse("accounts:recovery_stop"))

    assert not RecoveryHold.objects.get().objected


def test_the_notice_is_one_sms_and_no_longer_true_once_it_was_stopped(person, code, ask):
    ask(code)
    entry = person.timeline.get(kind=kinds.RECOVERY_ASKED).pk
    assert messages.RECOVERY_ASKED.still_true(entry)

    services.stop_recovery(person=person)

    assert not messages.RECOVERY_ASKED.still_true(entry)


@pytest.mark.parametrize(
    "event", [messages.RECOVERY_ASKED, messages.PHONE_BOUND, messages.PHONE_CODE]
)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_notices_of_the_door_are_at_most_two_parts_of_sms(person, event, language):
    with translation.override(language):
        said = {"tail": "161", "hotline": "8 (495) 777-77-77", "secret": "123456"}
        text = translation.gettext(event.template) % said

    assert segments(text) <= 2


def test_tries_a_day_are_few_for_known_and_unknown_alike(person):
    for number in [NUMBER, "9999999"]:
        for _ in range(recovery.TRIES_A_DAY):
            services.ask_recovery(number=number, code="x", phone=NEW)
        with pytest.raises(TooManyTries):
            services.ask_recovery(number=number, code="x", phone=NEW)


def test_the_answer_is_the_same_to_the_byte_for_a_right_and_a_wrong_code(
    client, person, code, picture
):
    pages = []
    for number, typed in [(NUMBER, code), ("9999999", "hk7m-x4rd-93wt-cdfh")]:
        fields = {"username": number, "code": typed, "phone": NEW, **picture()}
        answer = client.post(RECOVER, fields, follow=True)
        assert answer.redirect_chain == [(DONE, 302)]
        pages.append(re.sub(rb'csrfmiddlewaretoken" value="[^"]+"', b"", answer.content))

    assert pages[0] == pages[1]
    assert DoorRequest.objects.count() == 2


def test_an_empty_form_names_each_field(client, db):
    answer = client.post(RECOVER, {})

    assert set(answer.context["form"].errors) == {"username", "code", "phone", "captcha"}


def test_the_page_for_those_without_access_says_where_when_and_what_it_costs(client, db, settings):
    settings.CENTRE_OFFICE, settings.CENTRE_HOURS = "Адрес центра, 1", "каждый день 8–20"
    settings.CENTRE_WINDOW = "57"

    page = client.get(reverse("cabinet:no_access")).content.decode()

    for fact in ["Адрес центра, 1", "каждый день 8–20", "57", settings.HOTLINE, RECOVER]:
        assert fact in page


def test_the_account_keeps_its_password_when_a_hold_opens_after_it_was_merged_or_closed(
    person, code, ask
):
    ask(code)
    services.allow_signing_in(user=person.user, allowed=False)

    with later(hours=24):
        recovery.open_due_holds()

    assert User.objects.get(pk=person.user_id).waiting_password == ""


# --- the number that was typed: proved by the password that went there, and by nothing else


def password(event="accounts.recovery_opened") -> str:
    message = Message.objects.filter(event=event).latest("pk")
    return sealing.unseal(message.secret)


def enter(secret: str) -> User | None:
    return authenticate(None, username=NUMBER, password=secret)


def is_bound() -> bool:
    return Phone.objects.get(number=NEW).bound_at is not None


def told_there() -> list[str]:
    return [row.event for row in Message.objects.filter(fixed_address=NEW).order_by("pk")]


@pytest.fixture
def opened(person, code, ask):
    ask(code)
    with later(hours=24):
        assert recovery.open_due_holds() == 1
        yield person


def test_until_the_password_is_used_the_number_gets_it_and_nothing_else(opened, carried_out):
    services.change_password(user=opened.user, new_password="long-enough-1381")
    services.allow_signing_in(user=opened.user, allowed=True)
    services.tell_numbers(phone=NEW, source="10.0.0.1")
    carried_out()

    assert recipient_of(opened.pk).addresses == ()
    assert reached.topics_of(opened.pk) == frozenset()
    assert contacts_of(opened).told is None
    assert told_there() == ["accounts.recovery_opened"]


def test_the_password_that_went_there_proves_the_number_once(opened):
    assert not is_bound()
    secret = password()

    assert enter(secret) == enter(secret) == opened.user

    assert is_bound()
    assert recipients_of([opened.pk])[opened.pk].addresses == (NEW,)
    assert opened.timeline.filter(kind=kinds.PHONE_BOUND).count() == 1


def test_the_password_of_before_proves_nothing(opened):
    assert enter(PASSWORD) == opened.user

    assert not is_bound()


def ask_again(phone: str, carried_out) -> None:
    services.ask_reset(number=NUMBER, phone=phone)
    carried_out()


def test_a_password_that_was_lost_is_sent_there_anew_and_proves_it_too(opened, carried_out):
    ask_again(NEW, carried_out)

    assert told_there() == ["accounts.recovery_opened", "accounts.password_reset"]
    assert enter(password("accounts.password_reset")) == opened.user
    assert is_bound()


def test_a_password_that_went_to_another_number_proves_nothing_of_this_one(opened, carried_out):
    other = PhoneFactory(person=opened, number="+79160009900").number
    ask_again(NEW, carried_out)

    assert Message.objects.get(event="accounts.password_reset").fixed_address == other
    assert enter(password("accounts.password_reset")) == opened.user
    assert not is_bound()


def test_a_number_whose_holder_says_not_me_is_not_proved_by_the_password(opened, carried_out):
    assert alarms.disown(number=NEW)

    assert enter(password()) == opened.user
    assert not is_bound()
    ask_again(NEW, carried_out)
    assert told_there() == ["accounts.recovery_opened"]


def test_a_number_that_is_bound_already_stays_bound(person, ask):
    services.bind_phone(person=person, number=NEW)
    ask(services.issue_recovery_code(user=person.user))

    with later(hours=24):
        recovery.open_due_holds()

    assert recipient_of(person.pk).addresses == (NEW,)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker")
def test_two_who_enter_at_once_prove_the_number_once(opened):
    secret = password()

    assert at_once(*[lambda: enter(secret)] * 2) == [opened.user] * 2

    assert opened.timeline.filter(kind=kinds.PHONE_BOUND).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker", "unlocked")
def test_without_the_lock_the_password_is_used_twice(opened, monkeypatch):
    """The twin: both have found it waiting before either of them adopts it."""
    secret = password()
    meeting(monkeypatch, passwords, "_forget_waiting", 2)

    at_once(*[lambda: enter(secret)] * 2)

    assert opened.timeline.filter(kind=kinds.RESET_USED).count() == 2


# --- the same code at once


@pytest.fixture
def begun(person, code, monkeypatch):
    """Eight requests with one code, each in the hands of a worker; how often a hold began."""
    begin, times = recovery._begin, []
    monkeypatch.setattr(
        recovery,
        "_begin",
        lambda *facts: (times.append(1), begin(*facts)),  # a list is thread-safe
    )

    def carry_out(count=8):
        requests = [
            door_requests.leave(recovery.RECOVERY, number=NUMBER, code=code, phone=NEW).pk
            for _ in range(count)
        ]
        at_once(*[partial(door_requests.carry_out, pk) for pk in requests])
        return len(times)

    return carry_out


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker")
def test_one_code_carried_out_eight_times_at_once_is_one_hold_and_one_notice(person, begun):
    assert begun() == 1

    assert RecoveryHold.objects.count() == 1
    assert person.timeline.filter(kind=kinds.RECOVERY_ASKED).count() == 1
    assert [message.fixed_address for message in Message.objects.all()] == [SIM]
    assert not DoorRequest.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker")
def test_a_code_that_is_looked_at_first_and_used_up_then_begins_two_holds(begun, monkeypatch):
    """The twin: both find the code live. The database refuses the second, as a page's error 500."""
    both_have_looked = Barrier(2, timeout=PATIENCE)

    def naive(codes, **used):
        found = codes.count()
        both_have_looked.wait()
        for row in codes.all():
            row.used_at = used["used_at"]
            row.save()
        return found

    monkeypatch.setattr(RecoveryCodeQuerySet, "update", naive)

    with pytest.raises(IntegrityError):
        begun(2)

    assert RecoveryHold.objects.count() == 1
