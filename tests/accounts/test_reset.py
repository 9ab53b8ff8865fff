import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from threading import Barrier, Lock
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import authenticate
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import kinds, limits, services
from accounts.errors import ResetCapReached
from accounts.models import Device, DoorRequest, PhoneKind, RateCounter, TimelineEntry, User
from accounts.services import door_requests, passwords, resets
from common import clock, identifiers, sealing
from mmc_portal.local.servers import database_url
from notifications.models import Message, MessageStatus
from tests.at_once import PATIENCE, at_once, meeting
from tests.factories import PASSWORD, PersonFactory, PhoneFactory

NUMBER, PHONE, OWN = "1381161", "+79161234567", "+79030000001"
RESET = "accounts.password_reset"


def asked(number=NUMBER, phone=PHONE, device=None) -> bool:
    try:
        services.ask_reset(number=number, phone=phone, device=device)
    except ResetCapReached:
        return False
    return True


@pytest.fixture
def reset(carried_out):
    """Ask, let the worker work; the new password as the SMS says it, or nothing."""

    def ask(**typed) -> str:
        before = Message.objects.count()
        asked(**typed)
        carried_out()
        new = Message.objects.order_by("pk")[before:]
        return sealing.unseal(new[0].secret) if new else ""

    return ask


@pytest.fixture
def device(person):
    return Device.objects.create(user=person.user, token_hash="x", last_seen_at=clock.now())


def entered(password, number=NUMBER):
    return authenticate(None, username=number, password=password)


# --- what is sent, and where to


def test_a_new_password_goes_to_the_centres_sim_until_the_own_number_is_bound(person, reset):
    own = PhoneFactory(person=person, kind=PhoneKind.OWN, number=OWN)
    reset(phone=OWN)
    assert Message.objects.get().fixed_address == PHONE

    own.bound_at = clock.now()
    own.save()
    reset(phone=PHONE)

    assert Message.objects.latest("pk").fixed_address == OWN


@pytest.mark.parametrize(
    ("number", "phone"), [(NUMBER, "+79030000009"), ("9999999", PHONE), ("9999999", "+79030000009")]
)
def test_a_wrong_pair_sends_nothing_and_is_counted_all_the_same(person, reset, number, phone):
    assert reset(number=number, phone=phone) == ""

    assert not Message.objects.exists()
    assert not TimelineEntry.objects.exists()
    assert RateCounter.objects.get().count == 1


def test_a_phone_that_is_no_longer_in_use_gets_nothing(person, reset):
    person.phones.update(valid_until="2026-02-01")

    assert reset() == ""


def test_a_closed_account_gets_nothing(person, reset):
    services.allow_signing_in(user=person.user, allowed=False)

    assert reset() == ""


@pytest.mark.parametrize("phone", ["+998901234567", "+992901234567", "+37369123456"])
def test_a_number_of_another_country_is_as_good(person, reset, phone):
    PhoneFactory(person=person, kind=PhoneKind.OWN, number=phone, bound_at=clock.now())

    assert reset(phone=phone)
    assert Message.objects.get().fixed_address == phone


def test_the_request_lies_sealed_and_is_gone_once_it_is_done(person, carried_out):
    asked()
    row = DoorRequest.objects.get()
    assert NUMBER not in row.sealed
    assert PHONE not in row.sealed

    carried_out()

    assert not DoorRequest.objects.exists()


def test_what_a_broker_lost_is_found_by_the_sweep_and_an_old_request_is_dropped(person):
    with time_machine.travel(clock.now() - timedelta(hours=2)):
        asked()
    with time_machine.travel(clock.now() - timedelta(minutes=1)):
        asked()

    assert door_requests.sweep() == 2

    assert Message.objects.count() == 1
    assert not DoorRequest.objects.exists()


# --- the second number


def failed(message):
    Message.objects.filter(pk=message.pk).update(status=MessageStatus.FAILED, secret="")


def test_when_the_bound_number_cannot_be_reached_the_other_gets_a_new_password_once(person, reset):
    PhoneFactory(person=person, kind=PhoneKind.OWN, number=OWN, bound_at=clock.now())
    first = reset()
    assert resets.send_to_second_numbers() == 0
    failed(Message.objects.get())

    assert resets.send_to_second_numbers() == 1
    assert resets.send_to_second_numbers() == 0

    message = Message.objects.latest("pk")
    assert message.fixed_address == PHONE
    assert entered(first) is None
    assert entered(sealing.unseal(message.secret)) == person.user
    said = person.timeline.get(kind=kinds.RESET_TO_OTHER_PHONE)
    assert said.facts == {"phone": identifiers.mask_phone(PHONE)}


def test_a_failed_reset_of_somebody_with_one_number_is_not_repeated(person, reset):
    reset()
    failed(Message.objects.get())

    assert resets.send_to_second_numbers() == 0


# --- the old password lives until the new one is used


def test_the_old_password_and_the_new_one_both_open_until_the_new_one_is_used(person, reset):
    new = reset()

    assert entered(PASSWORD) == person.user
    user = entered(new.upper().replace("-", " "))

    assert user == person.user
    assert user.must_change_password
    assert entered(PASSWORD) is None
    assert entered(new) == person.user
    assert TimelineEntry.objects.filter(kind=kinds.RESET_USED).count() == 1


def test_a_waiting_password_dies_after_a_day_and_the_old_one_goes_on(person, reset):
    new = reset()

    with time_machine.travel(clock.now() + timedelta(hours=24, seconds=1)):
        assert entered(new) is None
        assert entered(PASSWORD) == person.user


def test_an_adopted_password_dies_when_the_waiting_one_would_have(person, reset):
    with time_machine.travel(clock.now(), tick=False) as now:
        new = reset()
        now.shift(timedelta(hours=23))
        assert entered(new)
        now.shift(timedelta(hours=1))
        assert entered(new) is None


def test_a_second_reset_kills_the_password_of_the_first(person, reset):
    first, second = reset(), reset()

    assert entered(first) is None
    assert entered(second) == person.user


def test_a_new_password_from_the_desk_and_an_own_change_kill_the_waiting_one(person, reset):
    first = reset()
    services.issue_password(person=person)
    assert entered(first) is None

    second = reset()
    user = User.objects.get()
    services.change_password(user=user, new_password="zimniy dalniy les")

    assert entered(second) is None


def test_a_closed_account_cannot_be_entered_with_a_waiting_password(person, reset):
    new = reset()
    services.allow_signing_in(user=person.user, allowed=False)

    assert entered(new) is None


def test_a_reset_asked_for_by_a_stranger_throws_nobody_out_and_its_use_ends_the_others(
    person, reset
):
    here, there = Client(), Client()
    login, change = reverse("accounts:login"), reverse("accounts:password_change")
    here.post(login, {"username": NUMBER, "password": PASSWORD})

    new = reset()
    assert here.get(change).status_code == 200

    there.post(login, {"username": NUMBER, "password": new})

    assert here.get(change).url.startswith(login)
    assert there.get(reverse("cabinet:home")).url == change


def test_replacing_the_password_at_once_would_throw_the_owner_out(person):
    """The twin: what a reset did before, a stranger does with a number and a phone."""
    here = Client()
    here.post(reverse("accounts:login"), {"username": NUMBER, "password": PASSWORD})

    services.issue_password(person=person)

    assert here.get(reverse("accounts:password_change")).status_code == 302


def test_how_many_hashes_a_refusal_costs_depends_on_what_was_typed_alone(person, reset, hashes):
    reset()
    services.open_login(person=PersonFactory(user=None), number="2381161")
    costs = {}
    for typed in ["wrong", "hk7m-x4rd-93wt"]:
        for number in [NUMBER, "2381161", "9999999"]:
            hashes.clear()
            assert entered(typed, number) is None
            costs.setdefault(typed, []).append(len(hashes))

    assert costs == {"wrong": [1, 1, 1], "hk7m-x4rd-93wt": [2, 2, 2]}


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker")
def test_a_waiting_password_used_at_once_from_eight_places_is_adopted_once(person, reset):
    new = reset()

    users = at_once(*[lambda: entered(new)] * 8)

    assert users == [person.user] * 8
    assert TimelineEntry.objects.filter(kind=kinds.RESET_USED).count() == 1
    assert Message.objects.count() == 1  # the one that brought it
    assert User.objects.get().waiting_password == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker", "unlocked")
def test_without_the_lock_two_first_uses_adopt_it_twice(person, reset, monkeypatch):
    """The twin: both have read the account before either of them writes."""
    new = reset()
    meeting(monkeypatch, passwords, "waits", 2)

    at_once(*[lambda: entered(new)] * 2)

    assert TimelineEntry.objects.filter(kind=kinds.RESET_USED).count() == 2


# --- the shown counter


@pytest.mark.parametrize("number", [NUMBER, "9999999"])
def test_the_fourth_of_a_day_is_refused_for_known_and_unknown_alike(person, number):
    assert [asked(number) for _ in range(5)] == [True, True, True, False, False]


def test_the_page_says_how_many_are_left(person):
    left = [services.ask_reset(number=NUMBER, phone=PHONE) for _ in range(3)]

    assert left == [2, 1, 0]


def test_the_day_ends_at_midnight_in_moscow(person):
    with time_machine.travel("2026-02-14 20:59:58+00:00", tick=False):
        assert [asked() for _ in range(4)] == [True, True, True, False]
    with time_machine.travel("2026-02-14 21:00:02+00:00", tick=False):
        assert asked()


def test_a_request_counts_for_the_day_on_which_it_was_asked(person, carried_out):
    for instant in ["2026-02-14 20:59:59+00:00", "2026-02-14 21:00:01+00:00"]:
        with time_machine.travel(instant, tick=False):
            assert [asked() for _ in range(4)] == [True, True, True, False]
    with time_machine.travel("2026-02-14 21:00:02+00:00", tick=False):
        carried_out()

    assert Message.objects.filter(event=RESET).count() == 6


def test_no_number_can_be_read_from_the_counters(person):
    asked()

    assert all(re.fullmatch("[0-9a-f]{64}", row.key) for row in RateCounter.objects.all())


# --- the sent counter


def test_three_sms_a_day_go_to_an_account_whatever_numbers_open_it(person, reset):
    services.open_login(person=person, number="2381161")

    sent = [reset(number=number) != "" for number in [NUMBER, NUMBER, "2381161", "2381161"]]

    assert sent == [True, True, True, False]


def test_three_sms_a_day_go_to_a_phone_whoever_shares_it(person, reset):
    other = PersonFactory()
    services.open_login(person=other, number="2381161")
    PhoneFactory(person=other, number=PHONE)

    sent = [reset(number=number) != "" for number in [NUMBER, NUMBER, "2381161", "2381161"]]

    assert sent == [True, True, True, False]


def test_a_stranger_cannot_use_up_the_resets_of_a_known_device(person, reset, device):
    for _ in range(4):
        reset()

    sent = [reset(device=device) != "" for _ in range(4)]

    assert sent == [True, True, True, False]
    assert Message.objects.filter(event=RESET).count() == 6


def test_without_counters_of_its_own_the_owners_device_would_get_nothing(person, reset):
    """The twin: the owner asks, and no device is known."""
    for _ in range(3):
        reset()

    assert reset() == ""


def test_a_device_of_another_account_is_no_known_one(person, reset):
    stranger = Device.objects.create(
        user=PersonFactory().user, token_hash="y", last_seen_at=clock.now()
    )
    for _ in range(3):
        reset()

    assert reset(device=stranger) == ""


def test_the_brake_on_money_holds_all_people_together(person, reset, settings, device):
    settings.RESET_SMS_AN_HOUR = 1
    other = PersonFactory()
    services.open_login(person=other, number="2381161")
    PhoneFactory(person=other, number=OWN)
    assert reset(number="2381161", phone=OWN)

    assert reset() == ""
    assert reset(device=device)
    assert limits.spent(resets.SENT, limits.hashed(resets.SENT, person.user_id), limits.DAY) == 0


# --- many at once


PROCESS = """
import sys
import django
django.setup()
import time_machine
from concurrent.futures import ThreadPoolExecutor
from django.db import connection
from accounts.models import DoorRequest
from accounts.services import door_requests, resets
import accounts.tasks
from notifications.services import hints
hints.wake = accounts.tasks.carry_out.delay = lambda pk: None

def one(_):
    try:
        resets.send_reset(asked_at=clock.now(), number="1381161", phone="+79161234567", known=None)
        return resets.ask_reset(number="1381161", phone="+79161234567")
    except resets.ResetCapReached:
        return "refused"
    finally:
        connection.close()

from common import clock
for instant in sys.argv[1:]:
    with time_machine.travel(instant, tick=False), ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(8)))
"""


def _two_processes(*instants: str) -> None:
    address = urlsplit(database_url())._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = {**os.environ, "DATABASE_URL": address.geturl()}
    environment["DJANGO_SETTINGS_MODULE"] = "mmc_portal.settings.test"
    command = [sys.executable, "-c", PROCESS, *instants]
    running = [subprocess.Popen(command, env=environment) for _ in range(2)]
    assert [process.wait(60) for process in running] == [0, 0]


@pytest.mark.django_db(transaction=True)
def test_sixteen_at_once_in_two_processes_send_three_on_each_side_of_midnight(person):
    """Counted twice over: requests that the pages took, and SMS that a worker sent."""
    midnight, second = datetime(2026, 2, 14, 21, tzinfo=UTC), timedelta(seconds=1)

    _two_processes(*(f"{midnight + side}" for side in (-second, second)))

    sms, asked = Message.objects.filter(event=RESET), DoorRequest.objects
    assert (sms.filter(created_at__lt=midnight).count(), sms.count()) == (3, 6)
    assert (asked.filter(asked_at__lt=midnight).count(), asked.count()) == (3, 6)


@pytest.mark.django_db(transaction=True)
def test_counting_first_and_writing_then_sends_more_than_three():
    """The twin: a cap that counts rows and then adds one, with its gap held open."""
    between, writing, sent = Barrier(16, timeout=PATIENCE), Lock(), []

    def count_then_send():
        used = len(sent)
        between.wait()
        if used < settings.RESETS_A_DAY:
            with writing:
                sent.append(NUMBER)

    at_once(*[count_then_send] * 16)

    assert len(sent) > settings.RESETS_A_DAY


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker")
def test_one_request_carried_out_by_eight_workers_at_once_sends_one_sms(person):
    asked()
    request = DoorRequest.objects.get()

    at_once(*[lambda: door_requests.carry_out(request.pk)] * 8)

    assert Message.objects.count() == 1
    assert not DoorRequest.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker", "unlocked")
def test_without_the_lock_two_workers_send_two_sms(person, monkeypatch):
    """The twin: both have found the row before either of them deletes it."""
    asked()
    request = DoorRequest.objects.get()
    meeting(monkeypatch, door_requests, "_act", 2)

    at_once(*[lambda: door_requests.carry_out(request.pk)] * 2)

    assert Message.objects.count() == 2
