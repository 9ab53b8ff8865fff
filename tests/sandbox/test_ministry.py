"""The Ministry of the sandbox: its feed, its page, its faults and its nonsense."""

import json
import time

import pytest

TOKEN = {"Authorization": "Bearer sandbox-ministry"}


def ask(web, after="", limit=100):
    return web.get(f"/ministry/v1/facts?after={after}&limit={limit}", headers=TOKEN)


def say(web, **fields):
    return web.post("/ministry/", data={"kind": "ready", "application": "1381162"} | fields)


def test_what_is_told_on_the_page_stands_in_the_feed(web):
    answer = say(
        web,
        kind="issued",
        occurred="2026-01-15",
        series="77",
        number="2600001234",
        profession="швея",
    )

    assert answer.status_code == 303
    [item] = ask(web).json["items"]
    assert item["kind"] == "issued"
    assert (item["application"], item["occurred"]) == ("1381162", "2026-01-15")
    assert item["patent"] == {"series": "77", "number": "2600001234", "profession": "швея"}
    assert item["recorded_at"].endswith("+03:00")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"kind": "sent"}, {}),
        ({"kind": "refused", "reason": "нет"}, {"reason": "нет"}),
        (
            {"kind": "refused", "reason": "нет", "reason_code": "ban", "until": "2026-03-01"},
            {"reason": "нет", "reason_code": "ban", "until": "2026-03-01"},
        ),
        ({"kind": "annulled", "reason": "нет"}, {"reason": "нет"}),
        ({"kind": "inn", "inn": "770000000156", "reason": "x"}, {"inn": "770000000156"}),
    ],
)
def test_an_item_has_the_fields_of_its_kind_and_no_others(web, fields, expected):
    say(web, **fields)
    [item] = ask(web).json["items"]

    always = {"id", "kind", "occurred", "recorded_at", "application"}
    assert {name: item[name] for name in set(item) - always} == expected


def test_news_have_a_key_and_no_application(web):
    say(web, kind="news", title="Заголовок", text="Текст", key="n-1")
    [item] = ask(web).json["items"]

    assert item["news"] == {"key": "n-1", "title": {"ru": "Заголовок"}, "text": {"ru": "Текст"}}
    assert "application" not in item


def test_the_cursor_leads_through_all_pages_and_stays_at_the_end(web):
    for day in ("2026-01-12", "2026-01-13", "2026-01-14"):
        say(web, occurred=day)

    first = ask(web, limit=2).json
    second = ask(web, first["next"], limit=2).json
    third = ask(web, second["next"]).json

    assert [item["occurred"] for item in first["items"]] == ["2026-01-12", "2026-01-13"]
    assert [item["occurred"] for item in second["items"]] == ["2026-01-14"]
    assert (first["more"], second["more"]) == (True, False)
    assert (third["items"], third["next"]) == ([], second["next"])


@pytest.mark.parametrize(
    "query", ["after=x", "after=" + "9" * 30, "limit=0", "limit=x", "limit=-1"]
)
def test_a_question_that_makes_no_sense_is_refused(web, query):
    answer = web.get(f"/ministry/v1/facts?{query}", headers=TOKEN)

    assert answer.status_code == 400
    assert answer.json["error"]


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
def test_without_the_token_nothing_is_told(web, headers):
    assert web.get("/ministry/v1/facts", headers=headers).status_code == 401


@pytest.mark.parametrize(
    "what", ["unknown", "no-day", "future", "inn", "kind", "no-number", "text"]
)
def test_nonsense_goes_into_the_feed_among_the_good(web, what):
    say(web)
    web.post("/ministry/nonsense/", data={"what": what, "application": "1381162"})
    say(web)

    assert len(ask(web).json["items"]) == 3


def test_the_last_item_can_be_told_again(web):
    assert web.post("/ministry/again/").status_code == 400
    say(web)
    web.post("/ministry/again/")

    first, second = ask(web).json["items"]
    assert first == second


def broken(web, mode, times=1, **more):
    web.post("/api/ministry/fault", json={"mode": mode, "times": times} | more)
    return ask(web)


def test_each_fault_spoils_as_many_answers_as_it_was_told(web):
    say(web)

    assert broken(web, "500").status_code == 500
    assert broken(web, "html").content_type.startswith("text/html")
    with pytest.raises(json.JSONDecodeError):
        json.loads(broken(web, "truncate").data)
    began = time.monotonic()
    assert broken(web, "slow", seconds=0.3).status_code == 200
    assert time.monotonic() - began >= 0.3
    assert len(ask(web).json["items"]) == 1


def test_repeats_and_the_other_way_round(web):
    for day in ("2026-01-12", "2026-01-13"):
        say(web, occurred=day)

    turned = broken(web, "shuffle").json["items"]
    assert [item["occurred"] for item in turned] == ["2026-01-13", "2026-01-12"]
    assert len(broken(web, "repeat").json["items"]) == 4


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/ministry/", {"kind": "x"}),
        ("/ministry/", {"kind": "ready", "reason": "а" * 5001}),
        ("/ministry/nonsense/", {"what": "x"}),
        ("/ministry/fault/", {"mode": "x", "times": "1"}),
        ("/ministry/fault/", {"mode": "500", "times": "много"}),
    ],
)
def test_a_wrong_form_is_answered_with_a_sentence(web, path, data):
    answer = web.post(path, data=data)

    assert answer.status_code == 400
    assert 'class="error"' in answer.text


def test_the_whole_feed_as_a_file_is_a_line_an_item(web):
    say(web)
    say(web, kind="sent")

    lines = web.get("/ministry/facts.jsonl").text.splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["ready", "sent"]


def test_the_fault_is_seen_and_turned_off_on_the_page(web):
    web.post("/ministry/fault/", data={"mode": "html", "times": "2"})
    assert "вместо данных страница, осталось: 2" in web.get("/ministry/").text

    web.post("/ministry/fault/", data={"mode": "none", "times": "0"})
    assert ask(web).status_code == 200
