from datetime import UTC, datetime
from decimal import Decimal

import pytest

from payments import gateway
from payments.errors import GatewayRefused, GatewayUnavailable

ORDER = gateway.Order(
    key="0b0e6a52-1111-4222-8333-000000000001",
    amount=Decimal("10000.00"),
    description="Патент",
    return_url="http://testserver/back/",
    metadata={"receipt": "7KQ4MX2P", "inn": "775100004210"},
)


def test_an_order_becomes_a_payment_with_a_page(acquirer):
    payment = gateway.current().create(ORDER)

    assert (payment.status, payment.paid) == ("pending", False)
    assert (payment.amount, payment.currency) == (Decimal("10000.00"), "RUB")
    assert payment.confirmation_url.endswith(f"/pay/{payment.id}/")
    assert payment.metadata["receipt"] == "7KQ4MX2P"


def test_the_acquirer_gets_the_sum_as_text_and_takes_it_in_one_step(acquirer):
    gateway.current().create(ORDER)

    [body] = acquirer.bodies
    assert body["amount"] == {"value": "10000.00", "currency": "RUB"}
    assert body["capture"] is True
    assert body["confirmation"] == {"type": "redirect", "return_url": "http://testserver/back/"}


def test_the_same_key_is_the_same_payment(acquirer):
    first = gateway.current().create(ORDER)
    again = gateway.current().create(ORDER)

    assert first.id == again.id


def test_a_taken_payment_says_when(acquirer):
    payment = gateway.current().create(ORDER)
    acquirer.pay(payment.id, captured_at="2026-02-14T20:59:59.000Z")

    found = gateway.current().find(payment.id)

    assert (found.status, found.paid) == ("succeeded", True)
    assert found.captured_at == datetime(2026, 2, 14, 20, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("status", [400, 403, 404, 410])
def test_what_the_acquirer_understood_and_refused_is_final(acquirer, status):
    with acquirer.answering(status), pytest.raises(GatewayRefused):
        gateway.current().create(ORDER)


@pytest.mark.parametrize("status", [401, 429, 500, 502, 504])
def test_what_may_pass_is_asked_again_later(acquirer, status):
    with acquirer.answering(status), pytest.raises(GatewayUnavailable):
        gateway.current().create(ORDER)


def test_still_processing_is_repeated_with_the_same_key_and_then_left_for_later(acquirer):
    with acquirer.answering(202, '{"type": "processing"}'), pytest.raises(GatewayUnavailable):
        gateway.current().create(ORDER)

    assert len(acquirer.bodies) == 1 + gateway.REPEATS_WHILE_PROCESSING
    assert len(acquirer.payments) == 1


@pytest.mark.parametrize("body", ['{"id": "1', "<h1>hello</h1>", "[]", "{}", '{"id": 1}'])
def test_an_answer_that_is_not_a_payment_is_no_answer(acquirer, body):
    with acquirer.answering(200, body), pytest.raises(GatewayUnavailable):
        gateway.current().create(ORDER)


def test_a_refused_connection_is_unavailable(settings):
    settings.YOOKASSA_URL = "http://127.0.0.1:9/v3"

    with pytest.raises(GatewayUnavailable):
        gateway.current().find("2f0d")


def test_a_silent_acquirer_is_left_after_the_timeout(httpserver, settings):
    import threading

    enough = threading.Event()
    settings.YOOKASSA_URL = httpserver.url_for("/v3")
    settings.OUTSIDE_TIMEOUT_SECONDS = 0.2
    httpserver.expect_request("/v3/payments/2f0d").respond_with_handler(
        lambda request: enough.wait(5)
    )

    with pytest.raises(GatewayUnavailable):
        gateway.current().find("2f0d")
    enough.set()
