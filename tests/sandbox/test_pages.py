"""The pages and the API around the neighbours; garbage everywhere; a restart; the ticking."""

import time

import pytest

from sandbox.config import Config
from sandbox.factory import create_app
from tests.sandbox.helpers import QR, basic, capture, create, files, parse

PAGES = (
    "/",
    "/sms/",
    "/sms/79161234567/",
    "/phone/",
    "/phone/79161234567/",
    "/acquirer/",
    "/treasury/",
    "/treasury/pay/",
    "/treasury/till/",
    "/ministry/",
)
POSTS = (
    "/smsaero/v2/sms/send",
    "/smsaero/v2/sms/status",
    "/yookassa/v3/payments",
    "/yookassa/v3/refunds",
    "/api/acquirer/fault",
    "/api/treasury/pay",
    "/api/treasury/line",
    "/api/treasury/till",
    "/api/ministry/fault",
)
GARBAGE = (
    b"",
    b"\xff\xfe\x00",
    b"[]",
    b"null",
    b'{"a":',
    b"[" * 100_000,
    b'{"number": "\\ud800", "text": "\\ud800", "qr": "\\ud800"}',
    b'{"amount": NaN}',
    b'{"amount": {"value": 1e400, "currency": "RUB"}, "mode": {}, "id": 99999999999999999999}',
)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_empty_and_full_with_one_heading_and_no_inline_code(web, path):
    empty = web.get(path)
    capture(web)
    headers = {"Authorization": basic("a", "b")}
    web.post("/smsaero/v2/sms/send", json={"number": "79161234567", "text": "а"}, headers=headers)
    web.post("/treasury/pay/", data={"qr": QR})
    web.post("/treasury/post-now/")
    web.post("/treasury/pay/", data={"qr": QR})
    full = web.get(path)

    for page in (empty, full):
        assert page.status_code == 200
        assert page.text.count("<h1>") == 1
        assert '<html lang="ru">' in page.text
        assert "<script" not in page.text
        assert "style=" not in page.text


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("body", GARBAGE)
def test_garbage_is_answered_with_a_sentence(web, path, body):
    headers = {"Authorization": basic(), "Idempotence-Key": "key", "Content-Type": "text/json"}
    answer = web.post(path, data=body, headers=headers)

    assert 400 <= answer.status_code < 500
    told = answer.json
    assert told.get("error") or told.get("description") or told.get("message")


@pytest.mark.parametrize("body", GARBAGE)
def test_sms_ru_answers_garbage_with_its_own_code_as_the_real_one_does(web, body):
    answer = web.post("/smsru/sms/send?json=1", data=body, content_type="text/json")

    assert answer.json["status"] == "ERROR"


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/sms/79161234567/", {"switch": "x"}),
        ("/sms/phone/", {"switch": "off", "on": "1"}),
        ("/phone/", {"phone": "123"}),
        ("/phone/79161234567/", {"key": "12"}),
        ("/phone/79161234567/", {"key": "ё"}),
        ("/phone/phone/", {"key": "1"}),
        ("/phone/79161234567/sms/", {"text": " "}),
        ("/acquirer/", {"switch": "'; DROP TABLE sms"}),
        ("/treasury/pay/", {"qr": "что-то"}),
        ("/treasury/pay/", {"qr": QR, "paid_on": "вчера"}),
        ("/treasury/pay/", {"qr": QR, "paid_on": "2999-01-01"}),
        ("/treasury/pay/", {"qr": QR, "paid_on": "1999-01-01"}),
        ("/treasury/pay/", {"qr": QR.replace("03100643000000018500", "4" * 20)}),
        ("/treasury/explode/", {}),
        ("/pay/no-such-payment/", {"action": "pay"}),
        ("/nowhere/", {}),
    ],
)
def test_a_form_that_is_wrong_is_answered_with_a_page(web, path, data):
    answer = web.post(path, data=data)

    assert 400 <= answer.status_code < 500
    assert answer.text.count("<h1>") == 1
    assert 'class="error"' in answer.text


def test_a_body_of_two_megabytes_is_refused(web):
    assert web.post("/api/treasury/pay", data=b"x" * 2_000_000).status_code == 413


def test_an_unknown_action_leaves_the_payment_as_it_is(web):
    payment_id = create(web).json["id"]

    assert web.post(f"/pay/{payment_id}/", data={"action": "x"}).status_code == 400
    assert "ждёт оплаты" in web.get("/").text


def test_a_wrong_receipt_keeps_what_was_typed_beside_the_reason(web):
    page = web.post("/treasury/pay/", data={"qr": "что-то", "bank": "Мой банк"}).text

    assert "текст должен начинаться с ST00011 или ST00012" in page
    assert "что-то</textarea>" in page
    assert 'value="Мой банк"' in page


def test_the_overview_counts_down_to_the_posting(web):
    web.post("/treasury/pay/", data={"qr": QR})
    page = web.get("/").text

    assert "Тестов Тест" in page
    assert "через 20 с" in page or "через 19 с" in page
    assert 'http-equiv="refresh" content="5"' in page
    assert 'href="http://127.0.0.1:8000/login/"' in page


def test_a_statement_is_shown_as_the_text_it_is(web, config):
    web.post("/api/treasury/pay", json={"qr": QR})
    name = web.post("/api/treasury/post-now").json["file"]
    answer = web.get(f"/treasury/files/{name}")

    assert answer.data == files(config)[0]
    assert answer.content_type == "text/plain; charset=windows-1251"
    assert web.get("/treasury/files/no-such.txt").status_code == 404


def test_the_api_pays_posts_and_closes(web, config):
    paid = web.post("/api/treasury/pay", json={"qr": QR, "paid_on": "2026-02-14"})
    assert paid.json["held"] is False
    line = {"Номер": "77", "Сумма": "123.45", "ПлательщикИНН": "770000000156"}
    web.post("/api/treasury/line", json=line)
    assert len(web.get("/api/treasury").json["waiting"]) == 2

    assert web.post("/api/treasury/post-now").json["posted"] == 2
    assert web.post("/api/treasury/post-now").json == {"posted": 0, "file": None}
    closed = web.post("/api/treasury/close-day").json

    assert closed["lines"] == 2
    assert closed["business_day"] > closed["closed"]
    documents = parse(files(config)[1])[2]
    assert [d["Номер"] for d in documents] == ["104233", "77"]
    assert documents[1]["ПлательщикИНН"] == "770000000156"
    assert web.get("/api/treasury").json["waiting"] == []


@pytest.mark.parametrize(
    "line", [{}, {"Сумма": "0"}, {"Сумма": "1", "a b": "c"}, {"Сумма": "1", "ДатаПоступило": "x"}]
)
def test_an_order_that_makes_no_sense_is_refused(web, line):
    answer = web.post("/api/treasury/line", json=line)

    assert answer.status_code == 400
    assert answer.json["error"]


def test_a_restart_keeps_messages_payments_and_switches(web, config):
    headers = {"Authorization": basic("a", "b")}
    web.post("/smsaero/v2/sms/send", json={"number": "79161234567", "text": "а"}, headers=headers)
    web.post("/acquirer/", data={"switch": "double", "on": "1"})
    payment_id = capture(web)

    again = create_app(config).test_client()

    assert [sms["text"] for sms in again.get("/api/sms").json] == ["а"]
    assert create(again).json["id"] == payment_id
    assert create_app(config).extensions["sandbox"].acquirer.switches()["double"] is True


def test_the_ticker_posts_money_by_itself(tmp_path):
    config = Config(tmp_path / "data", tmp_path / "inbox", treasury_delay_seconds=0)
    app = create_app(config, start_ticker=True)
    try:
        app.test_client().post("/api/treasury/pay", json={"qr": QR})
        deadline = time.monotonic() + 10
        while not files(config) and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        app.extensions["sandbox-ticker"].set()

    assert len(files(config)) == 1


def test_the_environment_is_read_in_one_place(tmp_path):
    config = Config.from_environ(
        {
            "VAR_DIR": str(tmp_path),
            "PORTAL_URL": "http://portal.test/",
            "SANDBOX_HOLD": "1381163, MMC-7KQ4MX2P,",
            "TREASURY_DELAY_SECONDS": "3",
            "SANDBOX_DAY_SECONDS": "60",
        }
    )

    assert config.data_dir == tmp_path / "sandbox"
    assert config.statements_dir == tmp_path / "statements" / "inbox"
    assert config.portal_url == "http://portal.test"
    assert config.hold == {"1381163", "MMC-7KQ4MX2P"}
    assert (config.treasury_delay_seconds, config.day_seconds) == (3, 60)
    assert Config.from_environ({}).treasury_delay_seconds == 20


def test_the_process_says_that_it_is_up(web):
    assert (web.get("/healthz").status_code, web.get("/healthz").text) == (200, "ok")


def test_the_picture_of_the_tab_is_there(web):
    """Without a link each browser asks for /favicon.ico and writes an error into its console."""
    address = "/static/favicon.svg"

    assert f'rel="icon" type="image/svg+xml" href="{address}"' in web.get("/").text
    with web.get(address) as picture:
        assert picture.status_code == 200
