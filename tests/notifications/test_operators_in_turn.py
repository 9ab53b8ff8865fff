"""Which operator is asked next: one that surely has not taken the message is left at once, one that
may have taken it is asked again and nobody else is."""

import time

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from mmc_portal.settings import base
from notifications import services
from notifications.models import Lane, Message, MessageStatus
from notifications.services import outcomes
from notifications.services.sending import NO_TIME, SAME_WORDS
from notifications.wire import Wire

NUMBER = "79161234567"
DEAD = "http://127.0.0.1:9"


class Operator:
    """Answers in the given way until told otherwise; keeps what it got."""

    def __init__(self, good: str):
        self.good, self.way, self.got, self.asleep = good, "ok", [], 0

    def __call__(self, request):
        self.got.append((request.get_json(silent=True) or request.form)["reference"])
        match self.once() if self.way == "once" else self.way:
            case "ok":
                return Response(self.good, content_type="application/json")
            case "silent":
                self.asleep += 1
                time.sleep(1.2)
                self.asleep -= 1
                return Response("late")
            case "html":
                return Response("<html>", content_type="text/html")
            case status:
                return Response("no", status=status)


@pytest.fixture(scope="module")
def _server():
    """While one operator is silent the other one answers."""
    with HTTPServer(threaded=True) as server:
        yield server


@pytest.fixture
def httpserver(_server):
    _server.clear()
    return _server


@pytest.fixture
def operators(httpserver, settings):
    """SMS Aero first, SMS.RU when that one cannot."""
    aero = Operator('{"success": true, "data": {"id": 1}}')
    ru = Operator(f'{{"status_code": 100, "sms": {{"{NUMBER}": {{"status_code": 100}}}}}}')
    httpserver.expect_request("/aero/sms/send").respond_with_handler(aero)
    httpserver.expect_request("/ru/sms/send").respond_with_handler(ru)
    settings.SMS_PROVIDERS = ["smsaero", "smsru"]
    settings.SMS_AERO_URL, settings.SMS_RU_URL = (httpserver.url_for(p) for p in ("/aero", "/ru"))
    settings.OUTSIDE_TIMEOUT_SECONDS = 1
    yield aero, ru
    while aero.asleep:  # a late answer must not stand in the log of the next test
        time.sleep(0.1)


@pytest.fixture(autouse=True)
def _first_of_two(monkeypatch):
    """Aero has all the weight."""
    shares = {"smsaero": 100, "smsru": 0}
    monkeypatch.setattr("notifications.services.weights.current", lambda: shares)


def reread(message):
    return Message.objects.get(pk=message.pk)


@pytest.mark.parametrize("way", [429, 401, 404])
def test_an_answer_that_proves_that_nothing_was_taken_lets_the_other_one_send(
    queued, operators, way
):
    aero, ru = operators
    aero.way, message = way, queued()

    services.deliver(message.pk)

    assert (len(aero.got), len(ru.got)) == (1, 1)
    assert (reread(message).status, reread(message).provider) == (MessageStatus.SENT, "smsru")


@pytest.mark.parametrize("place", [DEAD, "http://nowhere.invalid"])
def test_no_connection_lets_the_other_one_send(queued, operators, settings, place):
    settings.SMS_AERO_URL, message = place, queued()

    services.deliver(message.pk)

    assert reread(message).provider == "smsru"


@pytest.mark.parametrize("way", ["silent", "html", 500, 200])
def test_silence_lets_nobody_else_send(queued, operators, way):
    aero, ru = operators
    aero.way, message = way, queued()

    services.deliver(message.pk)

    assert ru.got == []
    assert (reread(message).status, reread(message).provider) == ("queued", "smsaero")
    assert reread(message).taken_possible


def test_after_silence_the_next_attempt_goes_to_the_same_one_even_when_it_is_down(
    queued, operators, settings
):
    """Silence of one, then its line is dead: that it cannot be asked now proves nothing of then."""
    aero, ru = operators
    aero.way, message = "silent", queued()
    services.deliver(message.pk)
    address, settings.SMS_AERO_URL = settings.SMS_AERO_URL, DEAD

    services.deliver(message.pk)
    assert ru.got == []
    settings.SMS_AERO_URL, aero.way = address, "ok"
    services.deliver(message.pk)

    assert (len(set(aero.got)), ru.got) == (1, [])
    assert (reread(message).status, reread(message).reason) == ("sent", outcomes.SENT_AGAIN)


def test_no_operator_is_believed_to_know_our_numbers_unless_somebody_says_so():
    assert base.SMS_TAKES_REFERENCE == []


def test_an_operator_that_knows_no_numbers_of_ours_is_not_asked_twice(queued, operators, settings):
    aero, _ru = operators
    settings.SMS_TAKES_REFERENCE = []
    aero.way, message = "silent", queued()

    services.deliver(message.pk)

    assert (reread(message).status, reread(message).reason) == ("unknown", outcomes.MAY_HAVE_COME)


def test_what_somebody_waits_for_goes_to_such_an_operator_once_more_when_there_is_no_other(
    queued, operators, settings, monkeypatch
):
    aero, _ru = operators
    settings.SMS_TAKES_REFERENCE = []
    monkeypatch.setattr("notifications.services.weights.current", lambda: {"smsaero": 100})
    aero.way, message = "silent", queued()
    Message.objects.update(lane=Lane.AWAITED)

    for _ in range(3):
        services.deliver(message.pk)

    assert len(aero.got) == 2
    assert reread(message).status == MessageStatus.UNKNOWN


@pytest.fixture
def awaited(queued, password, settings):
    """A one-time password, and an operator's silence over it cut short."""
    settings.SMS_CODE_SECONDS = 0.3
    message = queued(password, secret="Parol-1234")
    Message.objects.filter(pk=message.pk).update(lane=Lane.AWAITED)
    return message


def test_a_silent_operator_does_not_hold_a_code(awaited, operators):
    """It is asked twice under one number, for which it sends one SMS; then the other one sends."""
    aero, ru = operators
    aero.way, begun = "silent", time.monotonic()

    services.deliver(awaited.pk)

    assert time.monotonic() - begun < 6 * 0.3
    assert (len(aero.got), len(set(aero.got)), len(ru.got)) == (2, 1, 1)
    row = reread(awaited)
    assert (row.status, row.provider, row.secret) == (MessageStatus.SENT, "smsru", "")
    assert row.reason == outcomes.SENT_AGAIN


def test_an_operator_that_lost_its_first_answer_alone_sends_the_code_and_nobody_else(
    awaited, operators
):
    aero, ru = operators
    aero.way, answered = "once", []
    aero.once = lambda: "ok" if answered else answered.append(1) or "silent"

    services.deliver(awaited.pk)

    assert (len(aero.got), len(set(aero.got)), ru.got) == (2, 1, [])
    assert reread(awaited).provider == "smsaero"


def test_when_both_are_silent_the_code_waits_for_the_last_one_asked(awaited, operators):
    aero, ru = operators
    aero.way = ru.way = "silent"

    services.deliver(awaited.pk)

    assert (len(aero.got), len(ru.got)) == (2, 2)
    row = reread(awaited)
    assert (row.status, row.provider, row.taken_possible) == ("queued", "smsru", True)


def test_when_the_other_one_cannot_the_silent_one_is_remembered(awaited, operators):
    aero, ru = operators
    aero.way, ru.way = "silent", 429

    services.deliver(awaited.pk)

    row = reread(awaited)
    assert (row.status, row.provider, row.taken_possible) == ("queued", "smsaero", True)


def test_all_the_asking_for_a_code_fits_into_the_lease_and_half_a_minute(settings):
    """A batch of the worker of codes may stand before it: twice and the other one, two times."""
    assert 4 * settings.SMS_CODE_SECONDS < settings.SMS_LEASE_SECONDS
    assert 2 * 2 * settings.SMS_CODE_SECONDS + settings.SMS_CODE_SECONDS < 30


def test_row_of_a_worker_that_died_after_asking_such_an_operator_is_not_sent_again(
    queued, operators, settings
):
    aero, ru = operators
    settings.SMS_TAKES_REFERENCE = []
    message = queued()
    Message.objects.update(provider="smsaero", taken_possible=True)

    services.deliver(message.pk)

    assert (aero.got, ru.got) == ([], [])
    assert reread(message).status == MessageStatus.UNKNOWN


def test_nobody_can_be_reached_and_the_message_waits(queued, settings):
    settings.SMS_PROVIDERS = ["smsaero", "smsru"]
    settings.SMS_AERO_URL = settings.SMS_RU_URL = DEAD
    message = queued()

    services.deliver(message.pk)

    row = reread(message)
    assert (row.status, row.provider, row.taken_possible) == ("queued", "", False)


def test_nobody_is_asked_whose_answer_could_come_after_the_lease(queued, operators, settings):
    aero, _ru = operators
    settings.SMS_LEASE_SECONDS = 1
    message = queued()

    services.deliver(message.pk)

    assert aero.got == []
    assert (reread(message).status, reread(message).reason) == ("queued", NO_TIME)
    assert reread(message).attempts == 0


# --- the same words twice a day


def _same_words(code):
    return f'{{"status_code": 100, "sms": {{"{NUMBER}": {{"status_code": {code}}}}}}}'


@pytest.fixture
def only_equal_words(operators, monkeypatch):
    """SMS.RU is asked first, and has sent these words to this number today."""
    monkeypatch.setattr(
        "notifications.services.weights.current", lambda: {"smsru": 100, "smsaero": 0}
    )
    operators[1].good = _same_words(232)
    return operators


def test_new_message_with_the_words_of_an_earlier_one_goes_by_the_other_operator(
    queued, only_equal_words
):
    message = queued()

    services.deliver(message.pk)

    assert (reread(message).status, reread(message).provider) == ("sent", "smsaero")


def test_new_message_with_the_words_of_an_earlier_one_waits_where_nobody_else_is(
    queued, only_equal_words, monkeypatch
):
    message = queued()
    monkeypatch.setattr("notifications.services.weights.current", lambda: {"smsru": 100})

    services.deliver(message.pk)

    row = reread(message)
    assert (row.status, row.reason, row.taken_possible) == ("queued", SAME_WORDS, False)


def test_after_silence_the_same_words_are_the_first_attempt_that_arrived(queued, only_equal_words):
    aero, _ru = only_equal_words
    message = queued()
    Message.objects.update(provider="smsru", taken_possible=True)

    services.deliver(message.pk)

    assert (aero.got, reread(message).status) == ([], "sent")


def test_a_mistake_of_ours_in_one_request_harms_no_other(queued, monkeypatch, caplog):
    queued(key="a"), queued(key="b")
    taken = (200, b'{"success": true, "data": {"id": 1}}')
    monkeypatch.setattr(Wire, "post_all", lambda wire, requests: [ValueError(NUMBER), taken])

    services.drain()

    assert sorted(Message.objects.values_list("status", flat=True)) == ["queued", "sent"]
    assert NUMBER not in caplog.text
