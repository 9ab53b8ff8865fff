import json
import random
from collections import Counter
from decimal import Decimal
from time import monotonic, sleep

import pytest
from django.conf import settings
from werkzeug import Response

from notifications.providers import (
    PROVIDERS,
    Letter,
    OurAccountRefused,
    SmsRejected,
    SmsUnanswered,
    SmsUnavailable,
    SmsUnreachable,
    Taken,
    choose,
)
from notifications.providers.aero import SmsAero
from notifications.providers.smsru import SmsRu
from notifications.wire import LONGEST_ANSWER, Wire

LETTER = Letter("+79161234567", "Патент готов.", "7-2026")
NUMBER = "79161234567"


def asked() -> Taken:
    """One message over the network to the first operator."""
    provider = PROVIDERS[settings.SMS_PROVIDERS[0]]()
    with Wire() as wire:
        [answer] = wire.post_all([provider.request_of(LETTER)])
    if isinstance(answer, SmsUnavailable):
        raise answer
    return provider.read(*answer)


@pytest.fixture
def both(httpserver, settings):
    """Two operators; the second takes everything."""
    settings.SMS_PROVIDERS = ["smsaero", "smsru"]
    settings.SMS_AERO_URL = httpserver.url_for("/aero")
    settings.SMS_RU_URL = httpserver.url_for("/ru")
    settings.OUTSIDE_TIMEOUT_SECONDS = 1
    httpserver.expect_request("/ru/sms/send").respond_with_json(ru(100, sms_id="2"))
    return httpserver


def ru(code, *, overall=100, **more):
    return {"status_code": overall, "sms": {NUMBER: {"status_code": code, **more}}}


def aero_answers(server, body, status=200):
    server.expect_request("/aero/sms/send").respond_with_json(body, status=status)


def test_aero_is_asked_in_its_own_shape(both, settings):
    settings.PORTAL_URL = "https://portal.example/"
    settings.SMS_HOOK_SECRET = "s"
    aero_answers(both, {"success": True, "data": {"id": 5}})

    assert asked() == Taken("smsaero", "5")

    [(request, _)] = both.log
    assert request.get_json() == {
        "number": NUMBER,
        "text": "Патент готов.",
        "sign": settings.SMS_SIGN,
        "reference": "7-2026",
        "callbackUrl": "https://portal.example/hooks/sms/smsaero/s/",
    }
    assert request.authorization.username == settings.SMS_AERO_EMAIL


def test_ru_is_asked_by_a_form_and_its_key_stays_out_of_the_address(both, settings):
    settings.SMS_PROVIDERS = ["smsru"]

    assert asked() == Taken("smsru", "2")

    [(request, _)] = both.log
    assert request.query_string == b""
    assert request.form["api_id"] == settings.SMS_RU_ID
    assert (request.form["to"], request.form["msg"]) == (NUMBER, "Патент готов.")
    assert (request.form["json"], request.form["reference"]) == ("1", "7-2026")


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        ({"success": False, "message": "Validation error."}, 200, SmsRejected),
        ({"success": False, "message": "Validation error."}, 400, SmsRejected),
        ({"result": "reject"}, 200, SmsRejected),
        ({"result": "no credits"}, 200, OurAccountRefused),
        ({"success": False, "message": "unauthorized"}, 401, OurAccountRefused),
        ({}, 429, SmsUnavailable),
        ({}, 500, SmsUnanswered),
        ([1], 200, SmsUnanswered),
        ({"data": {"id": 5}}, 200, SmsUnanswered),
        ({"detail": "no such page"}, 404, SmsUnavailable),
        ({}, 301, SmsUnavailable),
        ({"success": True, "data": {"id": 5, "status": 2}}, 200, SmsRejected),
        ({"success": True, "data": {"id": 5, "status": 6}}, 200, SmsRejected),
        ({"success": True, "data": {"id": 5, "status": "reject"}}, 200, SmsRejected),
    ],
)
def test_answers_of_aero(both, body, status, error):
    aero_answers(both, body, status)

    with pytest.raises(SmsUnavailable if error is SmsUnavailable else error) as caught:
        asked()

    assert caught.type is error


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (ru(202), SmsRejected),
        (ru(207), SmsRejected),
        (ru(100, overall=202), SmsRejected),
        (ru(201), OurAccountRefused),
        (ru(100, overall=200), OurAccountRefused),
        (ru(220), SmsUnavailable),
        (ru(230), SmsUnavailable),
        ({"status_code": 100, "sms": {}}, SmsUnanswered),
        ({"status_code": 100, "sms": {NUMBER: "OK"}}, SmsUnanswered),
        ({"status_code": 100, "sms": {NUMBER: {"status_code": 100}, "7": {}}}, SmsUnanswered),
        ({}, SmsUnanswered),
    ],
)
def test_answers_of_ru(httpserver, settings, body, error):
    settings.SMS_PROVIDERS = ["smsru"]
    settings.SMS_RU_URL = httpserver.url_for("/ru")
    httpserver.expect_request("/ru/sms/send").respond_with_json(body)

    with pytest.raises(error) as caught:
        asked()

    assert caught.type is error


@pytest.mark.parametrize("code", [231, 232])
def test_ru_says_that_it_had_the_same_words_for_this_number(httpserver, settings, code):
    settings.SMS_PROVIDERS = ["smsru"]
    settings.SMS_RU_URL = httpserver.url_for("/ru")
    httpserver.expect_request("/ru/sms/send").respond_with_json(ru(code))

    assert asked() == Taken("smsru", "", repeated=True)


def test_answer_without_a_number_was_taken_all_the_same(both):
    aero_answers(both, {"success": True, "data": None})

    assert asked() == Taken("smsaero", "")


@pytest.mark.parametrize("body", ["<html>", '{"success": tr', "", "[" * 60_000])
def test_answer_that_cannot_be_read_may_hide_a_sent_sms(both, body):
    both.expect_request("/aero/sms/send").respond_with_data(body)

    with pytest.raises(SmsUnanswered):
        asked()


@pytest.mark.parametrize("place", ["http://127.0.0.1:9", "http://nowhere.invalid"])
def test_without_a_connection_nothing_was_sent(settings, place):
    settings.SMS_AERO_URL = place

    with pytest.raises(SmsUnreachable):
        asked()


def test_operator_that_drips_for_ever_has_not_answered(both):
    """Each piece comes in time, the whole never does."""

    def dripping(request):
        return Response((sleep(0.3) or b" " for _ in range(20)), content_type="application/json")

    both.expect_request("/aero/sms/send").respond_with_handler(dripping)
    began = monotonic()

    with pytest.raises(SmsUnanswered):
        asked()

    assert monotonic() - began < 3


def test_answer_without_an_end_is_read_up_to_a_limit(both):
    endless = b'{"success": true, "data": "' + b"9" * LONGEST_ANSWER
    both.expect_request("/aero/sms/send").respond_with_data(endless)

    with pytest.raises(SmsUnanswered):
        asked()


def test_errors_hold_neither_phone_nor_text_nor_their_origin(both):
    aero_answers(both, {"success": False, "message": "bad number +7 (916) 123-45-67, 79161234567"})

    with pytest.raises(SmsRejected) as caught:
        asked()

    assert str(caught.value) == "bad number …, …"


# --- what an operator says of the sum


@pytest.mark.parametrize(
    ("said", "cost"),
    [
        ("5.49", "5.49"),
        (0.5, "0.5"),
        (3, "3"),
        (0, "0"),
        ("five", None),
        ("-1", None),
        ("NaN", None),
        ("1e9", None),
        (True, None),
        ([], None),
        (None, None),
    ],
)
def test_sum_is_kept_only_when_it_can_be_one(said, cost):
    aero = json.dumps({"success": True, "data": {"id": 5, "cost": said}})
    smsru = json.dumps(ru(100, sms_id="2", cost=said))
    sum_ = cost and Decimal(cost)

    assert SmsAero().read(200, aero) == Taken("smsaero", "5", sum_)
    assert SmsRu().read(200, smsru) == Taken("smsru", "2", sum_)


# --- choosing


def test_message_that_one_operator_may_have_goes_to_no_other():
    assert {choose({"a": 0, "b": 100}, pinned="a") for _ in range(50)} == {"a"}


def test_share_of_the_traffic_follows_the_weights():
    random.seed(7)
    chosen = Counter(choose({"a": 75, "b": 25}) for _ in range(4000))

    assert 0.7 < chosen["a"] / 4000 < 0.8


def test_operator_that_was_tried_in_vain_is_not_asked_again():
    assert {choose({"a": 90, "b": 10}, tried=["a"]) for _ in range(50)} == {"b"}
    assert choose({"a": 90, "b": 10}, tried=["a", "b"]) == ""


def test_operator_of_no_weight_gets_nothing_while_another_has_some():
    assert {choose({"a": 0, "b": 10}) for _ in range(50)} == {"b"}


def test_operators_without_any_weight_are_all_asked():
    random.seed(7)

    assert {choose({"a": 0, "b": 0}) for _ in range(50)} == {"a", "b"}
