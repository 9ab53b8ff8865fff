from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock

import pytest
import time_machine
from django.conf import settings
from django.db import connection

from accounts import services
from accounts.errors import ResetCapReached
from accounts.models import PhoneKind, ResetAttempt, TimelineEntry, User
from common import sealing
from notifications.models import Message
from tests.factories import PASSWORD, PhoneFactory

NUMBER, PHONE = "1381161", "+79161234567"


def asked(number=NUMBER, phone=PHONE) -> bool:
    try:
        services.ask_reset(number=number, phone=phone)
    except ResetCapReached:
        return False
    return True


def test_a_new_password_goes_to_the_phone_that_was_named(person):
    PhoneFactory(person=person, kind=PhoneKind.OWN, number="+79030000001")

    services.ask_reset(number=NUMBER, phone="+79030000001")

    message = Message.objects.get()
    assert (message.event, message.fixed_address) == ("accounts.password_reset", "+79030000001")
    user = User.objects.get()
    assert user.check_password(sealing.unseal(message.secret))
    assert user.must_change_password
    assert not user.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("number", "phone"), [(NUMBER, "+79030000009"), ("9999999", PHONE), ("9999999", "+79030000009")]
)
def test_a_wrong_pair_changes_nothing_and_is_counted_all_the_same(person, number, phone):
    services.ask_reset(number=number, phone=phone)

    assert not Message.objects.exists()
    assert not TimelineEntry.objects.exists()
    assert User.objects.get().check_password(PASSWORD)
    assert ResetAttempt.objects.get().number == number


def test_known_and_unknown_cost_the_same_work(person, hashes):
    costs = []
    for number, phone in [(NUMBER, PHONE), (NUMBER, "+79030000009"), ("9999999", PHONE)]:
        hashes.clear()
        services.ask_reset(number=number, phone=phone)
        costs.append(len(hashes))

    assert costs == [1, 1, 1]


def test_a_phone_that_is_no_longer_in_use_gets_nothing(person):
    person.phones.update(valid_until="2026-02-01")

    services.ask_reset(number=NUMBER, phone=PHONE)

    assert not Message.objects.exists()


def test_a_closed_account_gets_nothing(person):
    services.allow_signing_in(user=person.user, allowed=False)

    services.ask_reset(number=NUMBER, phone=PHONE)

    assert not Message.objects.exists()


@pytest.mark.parametrize("number", [NUMBER, "9999999"])
def test_the_fourth_of_a_day_is_refused_for_known_and_unknown_alike(person, number):
    assert [asked(number) for _ in range(5)] == [True, True, True, False, False]


def test_wrong_phones_use_the_day_up_too(person):
    for _ in range(settings.RESETS_A_DAY):
        services.ask_reset(number=NUMBER, phone="+79030000009")

    assert not asked()
    assert not Message.objects.exists()


def test_the_day_ends_at_midnight_in_moscow(person):
    with time_machine.travel("2026-02-14 20:59:58+00:00", tick=False):
        assert [asked() for _ in range(4)] == [True, True, True, False]
    with time_machine.travel("2026-02-14 21:00:02+00:00", tick=False):
        assert asked()


def test_one_number_used_up_leaves_the_others_their_day(person):
    for _ in range(settings.RESETS_A_DAY):
        asked("9999999")

    assert asked()


def test_a_refused_request_leaves_the_last_password_alone(person):
    for _ in range(settings.RESETS_A_DAY):
        asked()
    before = User.objects.get().password

    assert not asked()

    assert User.objects.get().password == before


def _sixteen_at_once(act):
    barrier = Barrier(16)

    def run(_):
        try:
            barrier.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(run, range(16)))


@pytest.fixture
def no_broker(monkeypatch):
    """The rows are the subject; sending them is the outbox's."""
    monkeypatch.setattr("notifications.tasks.deliver.delay", lambda message_id: None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker")
def test_sixteen_resets_at_once_send_three(person):
    accepted = _sixteen_at_once(asked)

    assert accepted.count(True) == 3
    assert Message.objects.filter(event="accounts.password_reset").count() == 3
    assert list(ResetAttempt.objects.order_by("ordinal").values_list("ordinal", flat=True)) == [
        1,
        2,
        3,
    ]


@pytest.mark.django_db(transaction=True)
def test_counting_first_and_writing_then_sends_more_than_three():
    """The twin: a cap that counts rows and then adds one, with its gap held open."""
    between, writing, sent = Barrier(16), Lock(), []

    def count_then_send():
        used = len(sent)
        between.wait()
        if used < settings.RESETS_A_DAY:
            with writing:
                sent.append(NUMBER)

    _sixteen_at_once(count_then_send)

    assert len(sent) > settings.RESETS_A_DAY


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker")
def test_without_the_lock_the_table_itself_still_holds_the_cap(person, monkeypatch):
    """The lock queues; the constraint decides. Without it fewer pass, never more."""
    monkeypatch.setattr(services.resets, "_one_at_a_time", lambda number: None)

    accepted = _sixteen_at_once(asked)

    assert 1 <= accepted.count(True) <= 3
    assert Message.objects.filter(event="accounts.password_reset").count() <= 3
