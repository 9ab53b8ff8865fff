"""A row, a receipt, an answer or a setting that is broken harms itself only."""

import json
import time
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from werkzeug import Response

from common import clock
from notifications import deploy_checks, services
from notifications.models import Message, Operator
from notifications.providers.aero import SmsAero
from notifications.services import polling, receipts, sweeping, weights
from tests.notifications.conftest import FIXED

SECRET = "quiet-secret"
SECOND = "+79160000002"
TAKEN = '{"success": true, "data": {"id": 1}}'


def state(message):
    message.refresh_from_db()
    return message.status


def minutes_later(minutes):
    return time_machine.travel(clock.now() + timedelta(minutes=minutes))


@pytest.fixture
def undo(world, monkeypatch):
    """What subject 6 tells of is deleted: from then on whoever asks about it gets an error."""
    real = world.recipient

    def recipient(subject_id):
        if subject_id == 6:
            raise Message.DoesNotExist
        return real(subject_id)

    return lambda: monkeypatch.setattr(world, "recipient", recipient, raising=False)


@pytest.fixture
def handed_over(queued):
    def hand_over(subject_id, provider="smsru"):
        message = queued(subject_id=subject_id)
        Message.objects.filter(pk=message.pk).update(
            status="sent",
            provider=provider,
            provider_reference=str(subject_id),
            sent_at=clock.now(),
        )
        return message

    return hand_over


# --- receipts


def test_receipt_of_what_is_deleted_stops_no_other_of_its_callback(undo, handed_over, settings):
    settings.SMS_HOOK_SECRET = SECRET
    gone, fine = handed_over(6), handed_over(7)
    undo()
    told = ["sms_status\n6\n105", "sms_status\n7\n103"]
    hook = reverse("notifications:sms_receipt", args=["smsru", SECRET])

    answer = Client().post(hook, data={"data[]": told})

    assert (answer.status_code, answer.content) == (200, b"100")
    assert (state(gone), state(fine)) == ("failed", "delivered")


def test_receipt_that_cannot_be_taken_stops_no_other(handed_over, monkeypatch, caplog):
    real = receipts.fallback.stand_in

    def stand_in(rows):
        if gone.pk in (rows := list(rows)):
            raise RuntimeError("+79161234567")
        real(rows)

    gone, fine = handed_over(6), handed_over(7)
    monkeypatch.setattr(receipts.fallback, "stand_in", stand_in)
    services.receive_receipts("smsru", [("6", "105"), ("7", "103")])

    assert (state(gone), state(fine)) == ("sent", "delivered")
    assert "RuntimeError" in caplog.text
    assert "+7916" not in caplog.text


def test_late_row_that_cannot_be_read_loses_no_results_of_its_batch(undo, queued, aero):
    fine, gone = queued(), queued(subject_id=6)
    undo()
    Message.objects.filter(pk=gone.pk).update(expires_at=clock.now() - timedelta(minutes=1))
    services.drain()

    assert (state(fine), state(gone)) == ("sent", "expired")


def test_nothing_stands_in_for_what_is_no_longer_true(world, handed_over):
    world.addresses = ("+79161234567", SECOND)
    handed_over(7)
    world.true = False
    services.receive_receipt("smsru", "7", "105")

    assert not Message.objects.filter(after__isnull=False).exists()


def test_delivery_after_a_day_of_silence_leaves_no_word_of_the_silence(handed_over):
    message = handed_over(7)
    with minutes_later(24 * 60 + 1):
        services.sweep()
        assert (state(message), message.reason) == ("unknown", sweeping.NO_RECEIPT)
        services.receive_receipt("smsru", "7", "103")

    assert (state(message), message.reason, message.failure) == ("delivered", "", "")


def test_delivery_leaves_the_word_that_it_may_have_come_twice(handed_over):
    message = handed_over(7)
    Message.objects.update(reason=sweeping.SENT_AGAIN)
    services.receive_receipt("smsru", "7", "103")

    assert (state(message), message.reason) == ("delivered", sweeping.SENT_AGAIN)


# --- answers


@pytest.mark.parametrize(
    "body",
    [
        {"success": False, "message": "\x00 no"},
        {"success": False, "message": "\ud800"},
        {"success": True, "data": {"id": "\x00"}},
        {"success": True, "data": {"id": "\ud800"}},
    ],
)
def test_signs_that_no_table_takes_stop_no_batch(queued, aero, body):
    first, second = queued(), queued(subject_id=8)
    aero.answers.append(Response(json.dumps(body), content_type="application/json"))
    services.drain()

    ended = "sent" if body["success"] else "failed"
    assert sorted([state(first), state(second)]) == sorted([ended, "sent"])


def test_letter_that_cannot_be_asked_for_harms_no_other(queued, aero, monkeypatch):
    real = SmsAero.request_of

    def request_of(self, letter):
        if letter.phone == FIXED:
            raise ValueError("no such form")
        return real(self, letter)

    monkeypatch.setattr(SmsAero, "request_of", request_of)
    bad, fine = queued(address=FIXED), queued(subject_id=8)
    services.drain()

    assert (state(bad), state(fine)) == ("queued", "sent")
    assert not bad.taken_possible  # nobody was asked


# --- questions to operators


@pytest.fixture
def slow_answers(httpserver, settings):
    """Each answer of SMS Aero takes a tenth of a second; it has delivered everything."""
    settings.SMS_PROVIDERS = ["smsaero", "smsru"]
    settings.SMS_AERO_URL = httpserver.url_for("/aero")
    settings.SMS_RU_URL = httpserver.url_for("/ru")

    def answer(request):
        time.sleep(0.1)
        data = {"id": request.get_json()["id"], "status": 1}
        body = json.dumps({"success": True, "data": data})
        return Response(body, content_type="application/json")

    httpserver.expect_request("/aero/sms/status").respond_with_handler(answer)
    return httpserver


def test_many_questions_to_sms_aero_are_asked_at_once(handed_over, slow_answers, monkeypatch):
    for number in range(1, 31):
        handed_over(number, "smsaero")
    rounds = []
    real = polling.wire.Wire.post_all

    def counted(line, requests):
        rounds.append(len(requests))
        return real(line, requests)

    monkeypatch.setattr(polling.wire.Wire, "post_all", counted)
    monkeypatch.setattr(polling, "AT_ONCE", 20)
    with minutes_later(5):
        assert polling.poll() == 30

    assert rounds == [20, 10]


@pytest.mark.parametrize("overall", [777, 301])
def test_operator_that_refuses_the_question_lets_the_other_one_be_asked(
    handed_over, slow_answers, settings, overall
):
    settings.SMS_PROVIDERS = ["smsru", "smsaero"]
    slow_answers.expect_request("/ru/sms/status").respond_with_json({"status_code": overall})
    handed_over(6, "smsru"), handed_over(7, "smsaero")

    with minutes_later(5):
        assert polling.poll() == 1


# --- settings


def test_name_of_no_operator_takes_no_message_with_it(queued, aero, settings):
    settings.SMS_PROVIDERS = ["sms.ru", "smsaero"]
    message = queued()
    services.drain()
    polling.poll()
    weights.move()

    assert (state(message), message.provider) == ("sent", "smsaero")
    assert not Operator.objects.filter(name="sms.ru").exists()


def test_without_an_operator_a_message_waits(queued, aero, settings):
    settings.SMS_PROVIDERS = []
    message = queued()
    services.drain()

    assert (state(message), message.taken_possible) == ("queued", False)


@pytest.mark.parametrize(
    ("names", "found"),
    [(["smsaero", "smsru"], 0), (["smsaero", "sms.ru"], 1), ([], 1), (["SMSAERO"], 1)],
)
def test_operators_nobody_knows_are_named_at_every_start(settings, names, found):
    settings.SMS_PROVIDERS = names

    assert len(deploy_checks.operators_are_known()) == found


def test_operator_in_use_must_have_our_account(settings):
    settings.SMS_PROVIDERS = ["smsaero", "smsru"]
    settings.SMS_AERO_EMAIL, settings.SMS_AERO_KEY, settings.SMS_RU_ID = "a@example.org", "", ""

    errors = deploy_checks.operators_have_our_account()

    assert [error.msg.split()[0] for error in errors] == ["SMS_AERO_KEY", "SMS_RU_ID"]


# --- the trial of an operator that refused our account


def test_operator_on_trial_gets_one_message_of_the_next_batch(queued, aero, settings, httpserver):
    settings.SMS_PROVIDERS = ["smsaero", "smsru"]
    settings.SMS_RU_URL = httpserver.url_for("/ru")
    one = {"79161234567": {"status_code": 100, "sms_id": "1"}}
    ru = {"status_code": 100, "sms": one}
    httpserver.expect_request("/ru/sms/send").respond_with_json(ru)
    minutes_ago = clock.now() - timedelta(minutes=6)
    Operator.objects.create(name="smsaero", weight=0, refused_at=minutes_ago)
    first, last = queued(), queued(subject_id=8)
    services.drain()

    assert (state(first), first.provider) == ("sent", "smsru")
    assert (state(last), last.provider) == ("sent", "smsaero")
    assert Operator.objects.get().refused_at is None
