"""The SMS centre: both gates, the switches of a phone, the delivery receipts."""

from dataclasses import replace
from urllib.parse import parse_qs

import pytest
import time_machine

from sandbox import courier
from sandbox.factory import create_app
from tests.sandbox.helpers import basic

PHONE = "79161234567"


def aero(web, path="send", **values):
    headers = {"Authorization": basic("shop@example.com", "key")}
    values = values or {"number": PHONE, "text": "Здравствуйте", "sign": "MMC"}
    return web.post(f"/smsaero/v2/sms/{path}", json=values, headers=headers)


def smsru(web, path="send", **values):
    values = values or {"to": PHONE, "msg": "Здравствуйте"}
    return web.post(f"/smsru/sms/{path}", data={"api_id": "key", "json": "1"} | values)


def turn(web, switch, on="1"):
    web.post(f"/sms/{PHONE}/", data={"switch": switch, "on": on})


def test_sms_aero_takes_a_message_and_answers_in_its_shape(web):
    with time_machine.travel("2026-02-14 09:00:00+00:00", tick=False):
        answer = aero(web)

    assert answer.status_code == 200
    assert answer.json == {
        "success": True,
        "message": None,
        "data": {
            "id": 1,
            "from": "MMC",
            "number": PHONE,
            "text": "Здравствуйте",
            "status": 0,
            "extendStatus": "queue",
            "channel": "FREE SIGN",
            "cost": "5.49",
            "dateCreate": 1771059600,
            "dateSend": 1771059600,
        },
    }


def test_sms_aero_takes_a_get_as_well(web):
    headers = {"Authorization": basic("shop@example.com", "key")}
    query = {"number": PHONE, "text": "Здравствуйте"}

    assert web.get("/smsaero/v2/sms/send", query_string=query, headers=headers).json["success"]


def test_sms_ru_takes_a_message_and_answers_in_its_shape(web):
    assert smsru(web).json == {
        "status": "OK",
        "status_code": 100,
        "sms": {
            PHONE: {
                "status": "OK",
                "status_code": 100,
                "sms_id": "000000-000001",
                "cost": "0.50",
            }
        },
        "balance": 4122.56,
    }


def test_sms_ru_takes_a_text_for_each_phone_and_reports_each(web):
    answer = smsru(web, **{f"to[{PHONE}]": "первый", "to[12]": "второй"}).json

    assert answer["status"] == "OK"
    assert answer["sms"][PHONE]["status_code"] == 100
    assert answer["sms"]["12"] == {
        "status": "ERROR",
        "status_code": 202,
        "status_text": "Неправильно указан номер телефона получателя",
    }


def test_sms_ru_answers_plain_text_when_json_is_not_asked_for(web):
    answer = web.post("/smsru/sms/send", data={"api_id": "k", "to": PHONE, "msg": "а"})

    assert answer.text == "100\n000000-000001\nbalance=4122.56"


def test_a_message_is_delivered_a_second_later_in_both_gates(web):
    with time_machine.travel("2026-02-14 12:00:00+03:00", tick=False) as clock:
        aero_id = aero(web).json["data"]["id"]
        smsru_id = smsru(web).json["sms"][PHONE]["sms_id"]
        assert aero(web, "status", id=aero_id).json["data"]["status"] == 0
        clock.shift(1)

        assert aero(web, "status", id=aero_id).json["data"]["status"] == 1
        status = smsru(web, "status", sms_id=f"{smsru_id},000000-000099").json["sms"]
        assert status[smsru_id]["status_code"] == 103
        assert status["000000-000099"]["status_code"] == -1


def test_a_switched_off_phone_fails_after_a_minute(web):
    turn(web, "off")
    with time_machine.travel("2026-02-14 12:00:00+03:00", tick=False) as clock:
        aero(web)
        clock.shift(59)
        assert aero(web, "status", id=1).json["data"]["extendStatus"] == "queue"
        clock.shift(1)
        assert aero(web, "status", id=1).json["data"]["extendStatus"] == "failed"


def test_a_phone_that_rejects_gets_nothing_until_it_is_turned_back(web):
    turn(web, "rejects")
    refused = aero(web)
    assert (refused.status_code, refused.json["success"]) == (200, False)
    assert smsru(web).json["sms"][PHONE]["status_code"] == 209
    assert web.get(f"/api/sms?phone={PHONE}").json == []

    turn(web, "rejects", on="0")
    assert aero(web).json["success"]


@pytest.mark.parametrize("name", ["reference", "client_id"])
def test_a_reference_seen_before_gives_the_first_message_and_stores_nothing(web, name):
    first = aero(web, number=PHONE, text="первый", **{name: "message-7"}).json["data"]
    second = aero(web, number=PHONE, text="второй", **{name: "message-7"}).json["data"]
    third = smsru(web, to=PHONE, msg="первый", **{name: "message-7"}).json["sms"][PHONE]
    fourth = smsru(web, to=PHONE, msg="первый", **{name: "message-7"}).json["sms"][PHONE]

    assert (second["id"], second["text"]) == (first["id"], "первый")
    assert third["sms_id"] == fourth["sms_id"]
    assert len(web.get("/api/sms").json) == 2  # one for each gate: providers know not each other


def test_messages_without_a_reference_are_all_kept(web):
    aero(web)
    aero(web)

    assert len(web.get("/api/sms").json) == 2


def test_the_inbox_shows_messages_newest_first_and_a_phone_its_own(web):
    aero(web, number=PHONE, text="раньше <b>")
    aero(web, number="79160000000", text="позже")

    page = web.get("/sms/").text
    assert page.index("позже") < page.index("раньше &lt;b&gt;")
    assert "позже" not in web.get(f"/sms/{PHONE}/").text
    assert [sms["text"] for sms in web.get(f"/api/sms?phone=+{PHONE}").json] == ["раньше <b>"]


def test_numbers_are_understood_however_they_are_written(web):
    aero(web, number="8 (916) 123-45-67", text="а")

    assert web.get(f"/api/sms?phone={PHONE}").json[0]["phone"] == PHONE


def test_sms_aero_reports_delivery_to_the_callback_and_again_until_it_is_heard(
    app, world, httpserver
):
    url = httpserver.url_for("/hooks/sms/aero/secret/")
    httpserver.expect_ordered_request("/hooks/sms/aero/secret/").respond_with_data("", 503)
    httpserver.expect_ordered_request("/hooks/sms/aero/secret/").respond_with_data("ok")
    with time_machine.travel("2026-02-14 12:00:00+03:00", tick=False) as clock:
        aero(app.test_client(), number=PHONE, text="а", callbackUrl=url)
        assert courier.deliver_due(world.store) == 0
        for _second in range(4):
            clock.shift(1)
            courier.deliver_due(world.store)

    assert [request.form.to_dict() for request, _answer in httpserver.log] == [
        {"id": "1", "status": "1"},
        {"id": "1", "status": "1"},
    ]


def test_a_switched_off_phone_is_reported_as_failed(web, world, httpserver):
    httpserver.expect_request("/hook/").respond_with_data("ok")
    turn(web, "off")
    with time_machine.travel("2026-02-14 12:00:00+03:00", tick=False) as clock:
        aero(web, number=PHONE, text="а", callbackUrl=httpserver.url_for("/hook/"))
        clock.shift(60)
        courier.deliver_due(world.store)

    [(request, _answer)] = httpserver.log
    assert request.form.to_dict() == {"id": "1", "status": "2"}


def test_a_callback_that_is_never_heard_is_given_up_in_the_end(web, world):
    dead = "http://127.0.0.1:9/"
    with time_machine.travel("2026-02-14 12:00:00+03:00", tick=False) as clock:
        aero(web, number=PHONE, text="а", callbackUrl=dead)
        tries = 0
        for _step in range(60):
            clock.shift(300)
            tries += courier.deliver_due(world.store)

    assert tries == courier.MAX_ATTEMPTS


def test_pauses_between_tries_grow_and_end_at_five_minutes():
    assert [courier.pause(attempts) for attempts in (1, 2, 3, 20)] == [1, 2, 4, 300]


def test_sms_aero_wants_credentials(web):
    answer = web.post("/smsaero/v2/sms/send", json={"number": PHONE, "text": "а"})

    assert answer.status_code == 401
    assert answer.json["success"] is False


def test_sms_ru_wants_a_key_a_phone_and_a_text(web):
    assert web.post("/smsru/sms/send", data={"json": "1"}).json["status_code"] == 200
    assert smsru(web, msg="а").json["status_code"] == 202
    assert smsru(web, to=PHONE, msg=" ").json["sms"][PHONE]["status_code"] == 203


@pytest.mark.parametrize(
    "values",
    [
        {"number": "номер", "text": "а"},
        {"number": PHONE},
        {"number": PHONE, "text": "я" * 1601},
        {"number": PHONE, "text": ["а"]},
        {"number": True, "text": "а"},
        {"number": PHONE, "text": "а", "callbackUrl": "ftp://example.com/"},
        {"number": PHONE, "text": "а", "callbackUrl": "http://["},
    ],
)
def test_sms_aero_refuses_garbage_with_a_sentence(web, values):
    answer = aero(web, **values)

    assert answer.status_code == 400
    assert answer.json["message"]
    assert web.get("/api/sms").json == []


# --- breaking on demand


def break_(web, gate, mode, times=1, **more):
    web.post("/api/sms/faults", json={"gate": gate, "mode": mode, "times": times, **more})


@pytest.mark.parametrize(("mode", "status"), [("500", 500), ("429", 429), ("account", 401)])
def test_broken_gate_of_aero_refuses_so_often_and_takes_nothing(web, mode, status):
    break_(web, "smsaero", mode, times=2)

    assert [aero(web).status_code for _ in range(3)] == [status, status, 200]
    assert len(web.get("/api/sms").json) == 1


def test_account_without_funds_is_told_by_sms_ru_in_its_shape(web):
    break_(web, "smsru", "account")

    assert smsru(web).json["status_code"] == 201
    assert smsru(web).json["status_code"] == 100


@pytest.mark.parametrize("gate", ["smsaero", "smsru"])
@pytest.mark.parametrize(("mode", "text"), [("html", "<!doctype"), ("empty", ""), ("hang", "{")])
def test_spoiled_answer_hides_a_message_that_was_taken(web, gate, mode, text):
    break_(web, gate, mode, seconds=0)
    send = aero if gate == "smsaero" else smsru

    assert send(web).text[:9].startswith(text)
    assert [row["gate"] for row in web.get("/api/sms").json] == [gate]


def test_question_about_a_message_uses_no_fault_up(web):
    aero(web)
    break_(web, "smsaero", "500")

    assert aero(web, "status", id=1).status_code == 200
    assert aero(web).status_code == 500


@pytest.mark.parametrize(("mode", "bodies"), [("silent", []), ("unknown", ["id=1&status=77"])])
def test_receipt_may_never_come_or_say_what_nobody_knows(web, world, mode, bodies):
    break_(web, "smsaero", mode)
    aero(web, number=PHONE, text="Здравствуйте", callbackUrl="http://portal.example/hook")

    assert [row["body"] for row in world.store.rows("SELECT body FROM deliveries")] == bodies


@pytest.mark.parametrize(
    "asked",
    [
        {"gate": "smsnobody", "mode": "500"},
        {"gate": "smsru", "mode": "?"},
        {"gate": "smsru", "mode": "500", "times": "many"},
        {"gate": "smsru", "mode": "500", "times": -1},
    ],
)
def test_fault_that_cannot_be_is_refused(web, asked):
    assert web.post("/api/sms/faults", json=asked).status_code == 400


def test_fault_is_set_and_seen_on_the_page(web):
    form = {"gate": "smsru", "mode": "drop", "times": "3"}

    page = web.post("/sms/faults/", data=form, follow_redirects=True).text

    assert "принял и оборвал связь, ещё 3" in page


def test_sms_ru_tells_of_a_delivery_to_the_address_of_its_account(config):
    portal = "http://portal.example/hooks/sms/smsru/secret/"
    app = create_app(replace(config, smsru_callback=portal))
    smsru(app.test_client())

    [row] = app.extensions["sandbox"].store.rows("SELECT * FROM deliveries")
    assert row["url"] == portal
    entry = parse_qs(row["body"])["data[0]"][0].split("\n")
    assert entry[:3] == ["sms_status", "000000-000001", "103"]
