"""The acquirer's webhooks: on time, late, repeated, forged."""

import json

import pytest
import time_machine
from yookassa.domain.notification import WebhookNotificationFactory

from sandbox import courier
from sandbox.config import Config
from sandbox.factory import create_app
from tests.sandbox.helpers import capture, create, payment


def heard(httpserver):
    return [json.loads(request.get_data()) for request, _answer in httpserver.log]


@pytest.fixture
def portal_web(tmp_path, httpserver):
    """A sandbox whose portal is the test's own server."""
    config = Config(tmp_path / "d", tmp_path / "i", portal_url=httpserver.url_for("").rstrip("/"))
    return create_app(config).test_client()


def test_a_webhook_tells_the_portal_a_second_later_in_the_shape_the_sdk_reads(
    portal_web, httpserver
):
    store = portal_web.application.extensions["sandbox"].store
    httpserver.expect_request("/hooks/yookassa/", method="POST").respond_with_data("")
    with time_machine.travel("2026-02-14 12:00:00+03:00", tick=False) as clock:
        payment_id = capture(portal_web)
        assert courier.deliver_due(store) == 0
        clock.shift(1)
        courier.deliver_due(store)

    [told] = heard(httpserver)
    notification = WebhookNotificationFactory().create(told)
    assert (notification.event, notification.object.id) == ("payment.succeeded", payment_id)
    assert notification.object.status == "succeeded"


def test_a_webhook_comes_again_until_the_answer_is_200(portal_web, httpserver):
    store = portal_web.application.extensions["sandbox"].store
    for status in (500, 202, 200):
        httpserver.expect_ordered_request("/hooks/yookassa/").respond_with_data("", status)
    with time_machine.travel("2026-02-14 12:00:00+03:00", tick=False) as clock:
        capture(portal_web)
        for _second in range(20):
            clock.shift(1)
            courier.deliver_due(store)

    assert len(heard(httpserver)) == 3


@pytest.mark.parametrize(("switch", "on", "count"), [("webhooks", "0", 0), ("double", "1", 2)])
def test_webhooks_are_switched_off_or_doubled(portal_web, httpserver, switch, on, count):
    httpserver.expect_request("/hooks/yookassa/").respond_with_data("")
    portal_web.post("/acquirer/", data={"switch": switch, "on": on})
    with time_machine.travel("2026-02-14 12:00:00+03:00", tick=False) as clock:
        capture(portal_web)
        clock.shift(2)
        courier.deliver_due(portal_web.application.extensions["sandbox"].store)

    assert [told["event"] for told in heard(httpserver)] == ["payment.succeeded"] * count


def test_late_webhooks_come_two_minutes_later(portal_web, httpserver):
    httpserver.expect_request("/hooks/yookassa/").respond_with_data("")
    store = portal_web.application.extensions["sandbox"].store
    portal_web.post("/acquirer/", data={"switch": "late", "on": "1"})
    with time_machine.travel("2026-02-14 12:00:00+03:00", tick=False) as clock:
        capture(portal_web)
        clock.shift(119)
        assert courier.deliver_due(store) == 0
        clock.shift(1)
        assert courier.deliver_due(store) == 1


def test_a_webhook_is_repeated_by_a_button_days_later(portal_web, httpserver):
    httpserver.expect_request("/hooks/yookassa/").respond_with_data("")
    store = portal_web.application.extensions["sandbox"].store
    with time_machine.travel("2026-02-14 12:00:00+03:00", tick=False) as clock:
        payment_id = capture(portal_web)
        clock.shift(2)
        courier.deliver_due(store)
        clock.shift(3 * 24 * 3600)
        assert portal_web.post(f"/acquirer/{payment_id}/again/").status_code == 303
        clock.shift(2)
        courier.deliver_due(store)

    first, again = heard(httpserver)
    assert first == again


def test_a_forged_webhook_says_paid_and_the_payment_is_not(portal_web, httpserver):
    httpserver.expect_request("/hooks/yookassa/").respond_with_data("")
    store = portal_web.application.extensions["sandbox"].store
    with time_machine.travel("2026-02-14 12:00:00+03:00", tick=False) as clock:
        payment_id = create(portal_web).json["id"]
        portal_web.post(f"/acquirer/{payment_id}/forge/")
        clock.shift(2)
        courier.deliver_due(store)

    [told] = heard(httpserver)
    assert (told["event"], told["object"]["id"]) == ("payment.succeeded", payment_id)
    assert told["object"]["paid"] is True
    assert payment(portal_web, payment_id)["status"] == "pending"
    assert "подделка" in portal_web.get("/acquirer/").text


def test_the_page_offers_to_repeat_what_is_finished_and_to_forge_what_is_not_paid(web):
    paid, waiting = capture(web, key="key-1"), create(web, key="key-2").json["id"]

    page = web.get("/acquirer/").text

    offered = [f"/acquirer/{one}/{what}/" for one in (paid, waiting) for what in ("again", "forge")]
    assert [one in page for one in offered] == [True, False, False, True]


@pytest.mark.parametrize(("finished", "what"), [(False, "again"), (True, "forge")])
def test_there_is_nothing_to_repeat_before_the_end_and_nothing_to_forge_after_it(
    web, finished, what
):
    payment_id = capture(web) if finished else create(web).json["id"]

    answer = web.post(f"/acquirer/{payment_id}/{what}/")

    assert answer.status_code == 400
    assert 'class="error"' in answer.text
