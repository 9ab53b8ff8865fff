"""The phone to play with: its keypad, its screen, what it sends."""

from urllib.parse import parse_qs

import flask
import pytest

from sandbox import courier
from sandbox.config import Config
from sandbox.factory import create_app

PAGE = "/phone/79161234567/"


@pytest.fixture
def portal(serve):
    """A portal that answers what it was asked; each test says with which word."""
    app = flask.Flask(__name__)
    app.asked, app.says = [], ["END Готово."]

    @app.post("/ussd/")
    def ussd():
        app.asked.append(flask.request.form.to_dict())
        app.authorization = flask.request.authorization
        said = app.says.pop(0)
        return (said, 200) if isinstance(said, str) else said

    @app.post("/hooks/sms/smsaero/sandbox-hook/inbound/")
    def inbound():
        app.asked.append(parse_qs(flask.request.get_data(as_text=True)))
        return "100"

    app.url = serve(app)
    return app


@pytest.fixture
def config(tmp_path, portal):
    return Config(tmp_path / "data", tmp_path / "inbox", portal_url=portal.url)


def press(web, *keys):
    for key in keys:
        typed = web.application.extensions["sandbox"].phones.handset("79161234567").typed
        assert web.post(PAGE, data={"key": key, "typed": typed}).status_code == 303
    return web.get(PAGE).text


def test_keys_are_pressed_one_by_one_without_any_script(web, portal):
    page = press(web, *"*132*006*1", "0", "back", "#")

    assert 'value="*132*006*1#"' in page
    assert portal.asked == []


def test_a_code_is_dialled_and_the_answer_stands_on_the_screen(web, portal):
    page = press(web, *"*132*006*1#", "call")

    [asked] = portal.asked
    assert asked.pop("session")
    assert asked == {"phone": "+79161234567", "code": "*132*006*1#", "text": ""}
    assert "Готово." in page
    assert "Короткий код" in page


def test_an_answer_is_sent_with_all_that_was_typed_before(web, portal):
    portal.says[:] = ["CON Меню", "CON 3 цифры?", "END Готово."]
    asks = press(web, *"*132*006#", "call")
    press(web, "1", "call")
    done = press(web, *"161", "call")

    assert "Ваш ответ" in asks
    assert [asked["text"] for asked in portal.asked] == ["", "1", "1*161"]
    assert len({asked["session"] for asked in portal.asked}) == 1
    assert "Ваш ответ" not in done


def test_hanging_up_ends_the_dialogue(web, portal):
    portal.says[:] = ["CON Меню", "END Готово."]
    press(web, *"*132*006#", "call", "end", *"*132*006#", "call")

    assert len({asked["session"] for asked in portal.asked}) == 2


def test_a_code_of_the_list_needs_one_click(web, portal):
    web.post(PAGE, data={"key": "call", "code": "*132*006*2#"})

    assert portal.asked[0]["code"] == "*132*006*2#"


@pytest.mark.parametrize("typed", ["", "123", "*132*006", "**#", "+79161234567"])
def test_what_is_no_code_asks_nobody(web, portal, typed):
    web.post(PAGE, data={"key": "call", "typed": typed})

    assert "Такого кода нет." in web.get(PAGE).text
    assert portal.asked == []


@pytest.mark.parametrize("said", [("", 404), ("<h1>Ошибка</h1>", 500), ("CONTRA", 200)])
def test_a_portal_that_does_not_answer_as_promised_is_no_answer(web, portal, said):
    portal.says[:] = [said]

    assert "Нет ответа." in press(web, *"*132*006*1#", "call")


def test_nobody_at_the_other_end_is_no_answer(tmp_path):
    config = Config(tmp_path / "data", tmp_path / "inbox", portal_url="http://127.0.0.1:1")
    web = create_app(config).test_client()
    web.post(PAGE, data={"key": "call", "code": "*132*006*2#"})

    assert "Нет ответа." in web.get(PAGE).text


def test_the_secret_of_the_aggregator_goes_with_each_step(tmp_path, portal):
    config = Config(tmp_path / "d", tmp_path / "i", portal_url=portal.url, ussd_secret="word")
    create_app(config).test_client().post(PAGE, data={"key": "call", "code": "*132*006*2#"})

    assert portal.authorization.password == "word"


def test_a_message_is_carried_to_the_portal_and_kept(web, world, portal):
    web.post(PAGE + "sms/", data={"text": " не я "})
    courier.deliver_due(world.store)

    [carried] = portal.asked
    assert carried == {"id": ["in-1"], "phone": ["79161234567"], "text": ["не я"]}
    assert "не я <span" in web.get(PAGE).text


def test_a_phone_is_chosen_by_its_number(web):
    answer = web.post("/phone/", data={"phone": "8 (916) 123-45-67"})

    assert answer.headers["Location"] == PAGE
