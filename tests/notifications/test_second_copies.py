"""What a code costs when an operator is silent and another one is asked: each may have sent it."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from common import clock
from notifications import services
from notifications.events import Event, Recipient
from notifications.models import NumberCount, Spent
from notifications.providers import SmsUnanswered, SmsUnreachable
from notifications.services import spending
from notifications.wire import Wire

NUMBER = "79161234567"
CODE = Event(
    code="tests.second_code",
    template="Password: %(secret)s",
    recipient=lambda pk: Recipient(pk, "en", (f"+{NUMBER}",)),
    awaited=True,
    lifetime=timedelta(days=2),
)
PRICE = Decimal(5)
SILENT, AWAY = SmsUnanswered("no answer"), SmsUnreachable("no connection")
BUSY, UNREADABLE = (429, b"no"), ValueError("ours")
BY_AERO = (200, b'{"success": true, "data": {"id": 1, "cost": "7.00"}}')
REFUSED_BY_RU = (200, b'{"status_code": 100, "sms": {"%d": {"status_code": 202}}}' % int(NUMBER))
BY_RU = (
    200,
    b'{"status_code": 100, "sms": {"%d": {"status_code": 100, "sms_id": "1", "cost": "3.00"}}}'
    % int(NUMBER),
)


@pytest.fixture(autouse=True)
def purse(settings, monkeypatch):
    settings.SMS_PROVIDERS = ["smsaero", "smsru"]
    settings.SMS_AERO_URL, settings.SMS_RU_URL = "http://aero.invalid", "http://ru.invalid"
    settings.SMS_TAKES_REFERENCE = []
    settings.SMS_PRICE = PRICE
    settings.SMS_LIMIT_HOUR = {**settings.SMS_LIMIT_HOUR, "codes": "100"}
    shares = {"smsaero": 100, "smsru": 0}
    monkeypatch.setattr("notifications.services.weights.current", lambda: shares)
    with time_machine.travel("2026-02-14 09:20:00+00:00"):
        yield


@pytest.fixture
def asked(monkeypatch):
    """Operators that answer in turn as a list says; who was asked."""
    script, urls = [], []

    def post_all(wire, requests):
        urls.extend("smsaero" if "aero" in one.url else "smsru" for one in requests)
        return [script.pop(0) for _ in requests]

    monkeypatch.setattr(Wire, "post_all", post_all)

    def say(*answers):
        script[:] = answers
        return urls

    return say


@pytest.fixture
def code(queued):
    return queued(CODE, secret="4711")


def spent() -> tuple[int, Decimal]:
    kept = Spent.objects.get()
    return kept.sms, kept.roubles


@pytest.mark.parametrize(
    ("answers", "copies", "roubles"),
    [
        ([BY_AERO], 1, 7),
        ([AWAY, BY_RU], 1, 3),
        ([SILENT, BY_RU], 2, 5 + 3),
        ([SILENT, SILENT], 2, 5 + 5),
        ([SILENT, BUSY], 1, 5),
        ([SILENT, REFUSED_BY_RU], 1, 5),
        ([SILENT, UNREADABLE], 2, 5 + 5),
        ([AWAY, AWAY], 0, 0),
        ([BUSY, SILENT], 1, 5),
    ],
)
def test_whoever_may_have_taken_it_is_paid_and_nobody_else(code, asked, answers, copies, roubles):
    asked(*answers)

    services.deliver(code.pk)

    assert spent() == (copies, roubles)
    assert NumberCount.objects.get().codes == min(copies, 1)  # one code, however many copies


def test_each_part_of_each_copy_is_paid(code, asked, monkeypatch):
    asked(SILENT, SILENT)
    monkeypatch.setattr("notifications.services.composing.segments", lambda text: 2)

    services.deliver(code.pk)

    kept = Spent.objects.get()
    assert (kept.sms, kept.segments, kept.roubles) == (2, 4, 4 * PRICE)


def test_asking_again_one_that_knows_our_number_costs_nothing(code, asked, settings):
    settings.SMS_TAKES_REFERENCE = ["smsaero", "smsru"]
    names = asked(SILENT, SILENT, SILENT, SILENT)

    services.deliver(code.pk)

    assert names == ["smsaero"] * 2 + ["smsru"] * 2
    assert spent() == (2, 2 * PRICE)


def test_the_next_attempt_at_one_that_knows_no_numbers_of_ours_is_paid_again(code, asked):
    asked(SILENT, SILENT)
    services.deliver(code.pk)
    names = asked(SILENT, BY_AERO)

    services.deliver(code.pk)

    assert names == ["smsaero", "smsru", "smsru", "smsaero"]
    assert spent() == (4, 3 * PRICE + 7)
    assert NumberCount.objects.get().codes == 1


def test_without_money_for_a_second_copy_the_code_waits_for_the_silent_one(code, asked, settings):
    settings.SMS_LIMIT_HOUR = {**settings.SMS_LIMIT_HOUR, "codes": "9"}
    names = asked(SILENT, BY_RU)

    services.deliver(code.pk)

    code.refresh_from_db()
    assert names == ["smsaero"]
    assert (code.status, code.provider, code.taken_possible) == ("queued", "smsaero", True)
    assert spent() == (1, PRICE)


def test_the_hour_in_which_the_batch_began_pays_both_copies(code, asked, monkeypatch):
    asked(SILENT, BY_RU)
    begun, real = clock.now(), spending.reserve
    later = time_machine.travel(begun + timedelta(hours=1))

    def slowly(wanted, **at):
        if not at:
            return real(wanted)
        with later:
            return real(wanted, **at)

    monkeypatch.setattr(spending, "reserve", slowly)
    services.deliver(code.pk)

    assert spent() == (2, PRICE + 3)


def test_news_are_never_asked_of_two(queued, asked, settings):
    settings.SMS_TAKES_REFERENCE = ["smsaero"]
    names = asked(SILENT)

    services.deliver(queued().pk)

    assert names == ["smsaero"]
    assert spent() == (1, PRICE)
