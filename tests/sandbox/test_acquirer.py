"""The acquirer: its API through the official SDK, its page, its webhooks, its faults."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
import time_machine
import yookassa
from yookassa.domain.exceptions import BadRequestError, NotFoundError, UnauthorizedError

from sandbox import ticker
from tests.sandbox.helpers import basic, capture, create, files, order, parse
from tests.sandbox.helpers import payment as get


@pytest.fixture
def sdk(app, serve):
    """YooKassa's own SDK pointed at the sandbox."""
    url = f"{serve(app)}/yookassa/v3"
    yookassa.Configuration.configure("sandbox-shop", "sandbox-secret", api_url=url)
    yield yookassa
    yookassa.Configuration.configure(None, None)


def act(web, payment_id, action):
    return web.post(f"/pay/{payment_id}/", data={"action": action})


def test_the_sdk_creates_a_payment_and_finds_it_again(sdk):
    made = sdk.Payment.create(order(receipt="MMC-7KQ4MX2P"), "key-1")
    found = sdk.Payment.find_one(made.id)

    assert uuid.UUID(made.id)
    assert (found.status, found.paid, found.test) == ("pending", False, True)
    assert (str(found.amount.value), found.amount.currency) == ("10000.00", "RUB")
    assert found.metadata["receipt"] == "MMC-7KQ4MX2P"
    assert found.confirmation.type == "redirect"
    assert found.confirmation.confirmation_url == f"http://127.0.0.1:8001/pay/{made.id}/"
    assert found.confirmation.return_url == "http://portal.test/back/"
    assert found.recipient.account_id == "sandbox-shop"


def test_the_sdk_sees_a_paid_payment(sdk, web):
    made = sdk.Payment.create(order(), "key-1")
    with time_machine.travel("2026-02-14 21:30:00+00:00", tick=False):
        act(web, made.id, "pay")
    found = sdk.Payment.find_one(made.id)

    assert (found.status, found.paid, found.refundable) == ("succeeded", True, True)
    assert found.captured_at == "2026-02-14T21:30:00.000Z"
    assert found.payment_method.type == "bank_card"
    assert str(found.refunded_amount.value) == "0.00"


def test_the_sdk_cancels_and_the_page_is_closed_then(sdk, web):
    made = sdk.Payment.create(order(), "key-1")
    assert sdk.Payment.cancel(made.id, "key-2").status == "canceled"
    act(web, made.id, "pay")
    found = sdk.Payment.find_one(made.id)

    assert (found.status, found.paid) == ("canceled", False)
    assert found.cancellation_details.party == "merchant"
    assert found.cancellation_details.reason == "canceled_by_merchant"


def test_the_sdk_lists_payments_page_by_page_newest_first(sdk):
    ids = [sdk.Payment.create(order(), f"key-{n}").id for n in range(3)]
    first = sdk.Payment.list({"limit": 2})
    second = sdk.Payment.list({"limit": 2, "cursor": first.next_cursor})

    assert [payment.id for payment in [*first.items, *second.items]] == ids[::-1]
    assert second.next_cursor is None


def test_the_sdk_refunds_in_parts_and_never_more_than_was_paid(sdk, web):
    made = sdk.Payment.create(order(), "key-1")
    act(web, made.id, "pay")

    def refund(value, key):
        amount = {"value": value, "currency": "RUB"}
        return sdk.Refund.create({"payment_id": made.id, "amount": amount}, key)

    first, again = refund("4000.00", "key-2"), refund("4000.00", "key-2")
    assert (first.status, again.id) == ("succeeded", first.id)
    with pytest.raises(BadRequestError):
        refund("6000.01", "key-3")
    refund("6000.00", "key-4")

    found = sdk.Payment.find_one(made.id)
    assert str(found.refunded_amount.value) == "10000.00"
    assert found.refundable is False


def test_the_sdk_is_told_of_unknown_payments_bad_bodies_and_wrong_credentials(sdk):
    with pytest.raises(NotFoundError):
        sdk.Payment.find_one(str(uuid.uuid4()))
    with pytest.raises(BadRequestError) as refused:
        sdk.Payment.create(order(value="400000.00"), "key-1")
    assert refused.value.content["parameter"] == "amount.value"
    sdk.Configuration.secret_key = "wrong"
    with pytest.raises(UnauthorizedError):
        sdk.Payment.find_one(str(uuid.uuid4()))


def test_one_key_with_one_body_makes_one_payment(web):
    first, second = create(web), create(web)

    assert first.json["id"] == second.json["id"]
    assert len(web.application.extensions["sandbox"].acquirer.newest(10)) == 1


def test_one_key_with_another_body_is_refused(web):
    create(web)
    answer = create(web, order(value="20000.00"))

    assert answer.status_code == 400
    assert answer.json["type"] == "error"
    assert answer.json["code"] == "invalid_request"
    assert answer.json["parameter"] == "Idempotence-Key"


def test_a_repeated_key_shows_the_payment_as_it_is_now(web):
    payment_id = capture(web)

    assert create(web).json["id"] == payment_id
    assert create(web).json["status"] == "succeeded"


@pytest.mark.parametrize("key", ["", "k" * 65])
def test_a_key_is_required(web, key):
    assert create(web, key=key).status_code == 400


@pytest.mark.parametrize("login", [None, basic("sandbox-shop", "wrong"), "Bearer x", "Basic %%"])
def test_only_the_shop_is_let_in(web, login):
    headers = {"Authorization": login} if login else {}
    answer = web.get("/yookassa/v3/payments", headers=headers)

    assert answer.status_code == 401
    assert answer.json["code"] == "invalid_credentials"


@pytest.mark.parametrize(
    ("change", "parameter"),
    [
        ({"amount": "10000"}, "amount.currency"),
        ({"amount": {"value": "1", "currency": "USD"}}, "amount.currency"),
        ({"amount": {"value": "0.00", "currency": "RUB"}}, "amount.value"),
        ({"amount": {"value": "1e4", "currency": "RUB"}}, "amount.value"),
        ({"amount": {"value": "1.001", "currency": "RUB"}}, "amount.value"),
        ({"amount": {"currency": "RUB"}}, "amount.value"),
        ({"capture": False}, "capture"),
        ({"confirmation": {"type": "embedded"}}, "confirmation.type"),
        ({"confirmation": {"type": "redirect", "return_url": "javascript:alert(1)"}}, None),
        ({"confirmation": {"type": "redirect", "return_url": 7}}, "confirmation.return_url"),
        ({"description": "я" * 129}, "description"),
        ({"metadata": ["x"]}, "metadata"),
        ({"metadata": {"x": 7}}, "metadata"),
        ({"metadata": {f"k{n}": "x" for n in range(17)}}, "metadata"),
        ({"metadata": {"k" * 33: "x"}}, "metadata"),
    ],
)
def test_a_body_that_is_wrong_is_refused_by_the_name_of_what_is_wrong(web, change, parameter):
    answer = create(web, order() | change)

    assert answer.status_code == 400
    assert answer.json["parameter"] == (parameter or "confirmation.return_url")


def test_the_buyer_pays_and_is_sent_back_to_the_shop(web):
    payment_id = create(web).json["id"]
    page = web.get(f"/pay/{payment_id}/").text
    assert "10\u00a0000,00\u00a0₽" in page
    assert "Патент, 1 месяц" in page

    answer = act(web, payment_id, "pay")

    assert (answer.status_code, answer.location) == (303, "http://portal.test/back/")
    assert get(web, payment_id)["status"] == "succeeded"


def test_the_buyer_refuses(web):
    payment_id = create(web).json["id"]
    answer = act(web, payment_id, "refuse")

    assert (answer.status_code, answer.location) == (303, "http://portal.test/back/")
    assert get(web, payment_id)["status"] == "canceled"
    assert "captured_at" not in get(web, payment_id)


def test_the_buyer_pays_and_never_returns(web):
    payment_id = create(web).json["id"]
    answer = act(web, payment_id, "pay_and_leave")

    assert (answer.status_code, answer.location) == (303, f"/pay/{payment_id}/")
    assert get(web, payment_id)["status"] == "succeeded"


@pytest.mark.parametrize("action", ["pay", "refuse", "pay_and_leave"])
def test_a_second_press_changes_nothing(web, world, action):
    payment_id = capture(web)
    before = get(web, payment_id)
    act(web, payment_id, action)

    assert get(web, payment_id) == before
    assert len(world.treasury.waiting()) == 1
    assert len(world.store.rows("SELECT * FROM deliveries")) == 1


def test_a_forgotten_page_ends_after_an_hour(web, world):
    with time_machine.travel("2026-02-14 12:00:00+03:00", tick=False) as clock:
        payment_id = create(web).json["id"]
        clock.shift(3600)
        ticker.tick(world)
        assert get(web, payment_id)["status"] == "pending"
        clock.shift(1)
        ticker.tick(world)

    found = get(web, payment_id)
    assert found["status"] == "canceled"
    assert found["cancellation_details"]["reason"] == "expired_on_confirmation"


def test_a_refund_before_the_posting_keeps_the_money_from_the_treasury(web, world, config):
    whole, part = capture(web, key="key-1"), capture(web, order(receipt="MMC-2"), "key-2")
    for number, (payment_id, value) in enumerate([(whole, "10000.00"), (part, "4000.00")]):
        body = {"payment_id": payment_id, "amount": {"value": value, "currency": "RUB"}}
        headers = {"Authorization": basic(), "Idempotence-Key": f"refund-{number}"}
        assert web.post("/yookassa/v3/refunds", json=body, headers=headers).status_code == 200
    world.treasury.post_now()

    [document] = parse(files(config)[0])[2]
    assert document["Сумма"] == "6000.00"


# Faults


@pytest.fixture
def wire(app, serve, web):
    """The acquirer over real HTTP: `wire(mode)` sets a fault and creates one payment."""
    url = serve(app)

    def send(mode, **more):
        web.post("/api/acquirer/fault", json={"mode": mode} | more)
        return requests.post(
            f"{url}/yookassa/v3/payments",
            json=order(),
            headers={"Idempotence-Key": "key-1"},
            auth=("sandbox-shop", "sandbox-secret"),
            timeout=1,
        )

    return send


@pytest.mark.parametrize("mode", ["500", "502"])
def test_a_failing_acquirer_has_done_nothing(wire, world, mode):
    assert wire(mode).status_code == int(mode)
    assert world.acquirer.newest(10) == []


def test_an_acquirer_that_is_still_processing_has_made_the_payment(wire, world):
    assert wire("202").status_code == 202
    assert len(world.acquirer.newest(10)) == 1


def test_a_cut_off_answer_is_no_json(wire, world):
    with pytest.raises(requests.exceptions.JSONDecodeError):
        wire("truncate").json()
    assert len(world.acquirer.newest(10)) == 1


def test_a_dropped_connection_leaves_a_payment_that_the_same_key_finds(wire, world):
    with pytest.raises(requests.ConnectionError):
        wire("charge_then_drop")
    [row] = world.acquirer.newest(10)

    assert wire("none").json()["id"] == row["id"]


def test_a_hanging_acquirer_outlasts_the_callers_patience(wire, world):
    with pytest.raises(requests.ReadTimeout):
        wire("hang", seconds=1.5)
    assert len(world.acquirer.newest(10)) == 1


def test_a_fault_lasts_as_many_times_as_it_was_asked_for(web):
    web.post("/api/acquirer/fault", json={"mode": "500", "times": 2, "method": "POST"})
    login = {"Authorization": basic()}

    assert web.get("/yookassa/v3/payments", headers=login).status_code == 200
    assert [create(web).status_code for _try in range(3)] == [500, 500, 200]


# Two at once


def at_once(work, count=8):
    with ThreadPoolExecutor(count) as pool:
        return [future.result() for future in [pool.submit(work) for _ in range(count)]]


def test_one_key_from_many_threads_makes_one_payment(app):
    ids = at_once(lambda: create(app.test_client()).json["id"])

    assert len(set(ids)) == 1


def test_many_presses_at_once_take_the_money_once(app, world):
    payment_id = create(app.test_client()).json["id"]
    taken = at_once(lambda: world.acquirer.pay(payment_id))

    assert sorted(taken) == [False] * 7 + [True]
    assert len(world.treasury.waiting()) == 1


def test_posting_from_many_threads_posts_each_payment_once(app, world, config):
    for number in range(5):
        capture(app.test_client(), key=f"key-{number}")
    posted = at_once(lambda: world.treasury.post_now()["posted"])

    assert sorted(posted) == [0] * 7 + [5]
    assert len(files(config)) == 1
