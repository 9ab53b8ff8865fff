"""An operator that forgets to tell is asked."""

from datetime import timedelta

import pytest
import time_machine
from werkzeug import Response

from common import clock
from notifications import services
from notifications.models import Message
from notifications.services import polling

MINUTE = timedelta(minutes=1)


@pytest.fixture
def sent(queued):
    """Handed over to an operator as this number, now."""

    def hand_over(reference, provider="smsaero"):
        message = queued(key=reference)
        Message.objects.filter(pk=message.pk).update(
            status="sent", provider=provider, provider_reference=reference, sent_at=clock.now()
        )
        return message

    return hand_over


@pytest.fixture
def says(httpserver, settings):
    """What the operators answer to a question, and what they were asked."""
    settings.SMS_PROVIDERS = ["smsaero", "smsru"]
    settings.SMS_AERO_URL, settings.SMS_RU_URL = (
        httpserver.url_for("/aero"),
        httpserver.url_for("/ru"),
    )

    def answer(*, aero=None, ru=None):
        for path, body in [("/aero/sms/status", aero), ("/ru/sms/status", ru)]:
            httpserver.expect_request(path, method="POST").respond_with_json(body or {})
        return httpserver.log

    return answer


def state(message):
    message.refresh_from_db()
    return message.status


def later(minutes):
    return time_machine.travel(clock.now() + minutes * MINUTE)


def test_delivery_that_nobody_told_of_is_learned_after_five_minutes(sent, says):
    log = says(aero={"success": True, "data": {"id": 5, "status": 1}})
    message = sent("5")

    assert polling.poll() == 0
    with later(5):
        assert polling.poll() == 1

    assert state(message) == "delivered"
    assert [request.get_json() for request, _ in log] == [{"id": "5"}]


def test_many_messages_of_sms_ru_are_one_question(sent, says, settings):
    first, second = sent("000000-000001", "smsru"), sent("000000-000002", "smsru")
    results = {"000000-000001": {"status_code": 104}, "000000-000002": {"status_code": 103}}
    log = says(ru={"status_code": 100, "sms": results})

    with later(5):
        assert polling.poll() == 2

    assert [request.form["sms_id"] for request, _ in log] == ["000000-000001,000000-000002"]
    assert (state(first), state(second)) == ("failed", "delivered")
    assert (first.failure, first.provider_code) == ("phone-off", "104")


def test_message_on_its_way_is_asked_about_again_and_again_but_not_at_once(sent, says):
    log = says(aero={"success": True, "data": {"id": 5, "status": 0}})
    sent("5")

    asked = []
    for minutes in [4, 5, 6, 14, 15, 16, 60, 61, 359, 360, 1379, 1380, 1439, 1500]:
        with later(minutes):
            before = len(log)
            polling.poll()
            asked += [minutes] * (len(log) - before)

    assert asked == [5, 15, 60, 360, 1380]


@pytest.mark.parametrize(
    "answer",
    [
        {"success": False, "data": None, "message": "Message not found."},
        {"success": True, "data": {"id": "77", "status": 2}},
        {"success": True, "data": [1]},
        {"success": True, "data": {"id": 5, "status": None}},
        {"detail": "?"},
    ],
)
def test_answer_that_says_nothing_of_the_message_changes_nothing(sent, says, answer):
    says(aero=answer)
    message = sent("5")

    with later(5):
        assert polling.poll() == 0

    assert state(message) == "sent"


@pytest.mark.parametrize("body", [{"status_code": -1}, "OK", {"status_code": [1]}])
def test_odd_result_of_sms_ru_changes_nothing(sent, says, body):
    says(ru={"status_code": 100, "sms": {"5": body}})
    message = sent("5", "smsru")

    with later(5):
        assert polling.poll() == 0

    assert state(message) == "sent"


def test_operator_that_does_not_answer_lets_the_other_one_be_asked(
    sent, says, httpserver, settings
):
    says(ru={"status_code": 100, "sms": {"6": {"status_code": 103}}})
    settings.SMS_AERO_URL = "http://127.0.0.1:9"
    sent("5"), sent("6", "smsru")

    with later(5):
        assert polling.poll() == 1


def test_word_that_was_learned_does_not_go_back(sent, says, queued):
    says(aero={"success": True, "data": {"id": 5, "status": 2}})
    message = sent("5")
    services.receive_receipt("smsaero", "5", "1")

    with later(5):
        polling.poll()

    assert state(message) == "delivered"


def test_page_instead_of_an_answer_is_no_error_of_ours(sent, httpserver, settings):
    settings.SMS_PROVIDERS = ["smsaero"]
    settings.SMS_AERO_URL = httpserver.url_for("/aero")
    httpserver.expect_request("/aero/sms/status").respond_with_response(Response("<html>"))
    message = sent("5")

    with later(5):
        assert polling.poll() == 0

    assert state(message) == "sent"
