"""Asking the Ministry over real HTTP: a stub server that answers well, and in every bad way."""

import json
import logging
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import time_machine

from common import clock
from patents.feed.client import HttpMinistry
from patents.feed.errors import FeedUnavailable
from patents.feed.polling import poll
from patents.models import FeedItem, FeedState
from tests.factories import ApplicationFactory
from tests.patents.feed.items import NUMBER, feed_state, item

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry(settings):
    """`answers` are given one after another, the last of them for ever; `asked` remembers."""
    asked, answers = [], []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["Authorization"]))
            status, body = answers.pop(0) if len(answers) > 1 else answers[0]
            self.send_response(status)
            self.send_header("Content-Length", str(len(body) + (status == 299)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    settings.MINISTRY_URL = f"http://127.0.0.1:{server.server_port}/v1/"
    settings.MINISTRY_TOKEN = "key"
    feed_state(created_at=clock.now())  # the portal was set up just now
    settings.OUTSIDE_TIMEOUT_SECONDS = 1
    server.asked, server.answers = asked, answers
    yield server
    server.shutdown()
    server.server_close()


def page(*items, cursor="c1", more=False):
    return 200, json.dumps({"items": items, "next": cursor, "more": more}).encode()


def state():
    return FeedState.objects.get()


def test_items_and_cursor_are_kept_and_the_next_question_begins_there(ministry):
    application = ApplicationFactory(number=NUMBER)
    ministry.answers[:] = [page(item("ready"), more=True), page(cursor="c2")]

    poll()
    poll()

    application.refresh_from_db()
    assert application.status == "ready"
    assert [path for path, _key in ministry.asked] == [
        "/v1/facts?after=&limit=200",
        "/v1/facts?after=c1&limit=200",
        "/v1/facts?after=c2&limit=200",
    ]
    assert {key for _path, key in ministry.asked} == {"Bearer key"}
    assert state().cursor == "c2"


BROKEN = {
    "error": ((500, b"{}"), "error"),
    "key": ((401, b"{}"), "refused"),
    "elsewhere": ((302, b""), "error"),
    "page": ((200, b"<h1>works</h1>"), "not_data"),
    "cut": ((200, page(item("ready"))[1][:-20]), "not_data"),
    "no list": ((200, b'{"items": 5, "next": "", "more": false}'), "not_data"),
    "no cursor": ((200, b'{"items": [], "more": false}'), "not_data"),
    "deep": ((200, b"[" * 100_000), "not_data"),
    "odd cursor": ((200, b'{"items": [], "next": "\\u0000", "more": false}'), "not_data"),
}


@pytest.mark.parametrize(("answer", "trouble"), BROKEN.values(), ids=BROKEN)
def test_an_answer_that_is_none_leaves_nothing_and_the_same_cursor_is_asked_again(
    ministry, answer, trouble
):
    ministry.answers[:] = [page(cursor="c1"), answer, page(item("news"), cursor="c2")]
    poll()
    poll()
    assert (state().trouble, state().cursor, FeedItem.objects.count()) == (trouble, "c1", 0)

    poll()

    assert (state().trouble, state().failing_since, state().cursor) == ("", None, "c2")
    assert FeedItem.objects.count() == 1
    assert ministry.asked[1][0] == ministry.asked[2][0]


def test_nobody_at_the_address(settings):
    with pytest.raises(FeedUnavailable) as unavailable:
        HttpMinistry("http://127.0.0.1:9/v1", "key").facts("")

    assert unavailable.value.trouble == "no_answer"


def test_an_answer_without_end_is_cut_short(ministry, monkeypatch):
    monkeypatch.setattr("patents.feed.client.LARGEST_ANSWER", 1000)
    ministry.answers[:] = [(200, b" " * 200_000)]
    poll()

    assert state().trouble == "too_large"


def test_one_item_with_an_endless_number_does_not_spoil_the_page(ministry):
    body = page(item("news"))[1].replace(b'"items": [', b'"items": [' + b"7" * 5000 + b",")
    ministry.answers[:] = [(200, body)]
    poll()

    assert sorted(FeedItem.objects.values_list("status", flat=True)) == ["applied", "bad"]


def test_a_cursor_that_does_not_move_ends_the_round(ministry):
    ministry.answers[:] = [page(cursor="c1", more=True)]
    poll()

    assert len(ministry.asked) == 2


def test_a_slow_worker_does_not_turn_the_cursor_back(ministry, monkeypatch):
    from patents.feed import polling

    ministry.answers[:] = [page(cursor="c1"), page(cursor="c2")]
    real = polling.take_page

    def overtaken(page, after):
        monkeypatch.setattr(polling, "take_page", real)
        poll()
        poll()
        return real(page, after)

    monkeypatch.setattr(polling, "take_page", overtaken)
    poll()

    assert state().cursor == "c2"


def test_without_an_address_nobody_is_asked(ministry, settings):
    settings.MINISTRY_URL = ""
    poll()

    assert ministry.asked == []


def test_staff_are_told_once_when_the_ministry_stays_silent(ministry, settings, caplog):
    settings.MINISTRY_SILENT_MINUTES = 30
    ministry.answers[:] = [(500, b"")]
    caplog.set_level(logging.ERROR, "patents.feed.polling")
    began = clock.now()

    for minutes in (0, 10, 29):
        with time_machine.travel(began + timedelta(minutes=minutes), tick=False):
            poll()
            assert not FeedState.objects.silent().exists()
    assert caplog.messages == []
    for minutes in (31, 32):
        with time_machine.travel(began + timedelta(minutes=minutes), tick=False):
            poll()
            assert FeedState.objects.silent().exists()

    assert caplog.messages == ["the feed of the Ministry is silent: error"]
    ministry.answers[:] = [page()]
    poll()
    assert not FeedState.objects.silent().exists()


def test_a_silent_ministry_does_not_stop_what_has_come(ministry):
    ready = item("ready")
    ministry.answers[:] = [page(ready), (500, b"")]
    poll()
    assert FeedItem.objects.get().status == "bad"

    ApplicationFactory(number=NUMBER)
    poll()

    assert FeedItem.objects.get().status == "applied"


def test_logs_carry_no_numbers_of_people(ministry, caplog, monkeypatch):
    def broken(*_args):
        raise RuntimeError

    ApplicationFactory(number=NUMBER)
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr("patents.feed.settling.bring", broken)
    ministry.answers[:] = [page(item("ready"), item("inn"))]
    poll()

    said = "".join(record.getMessage() for record in caplog.records)
    assert "settle_application" in said
    assert NUMBER not in said
    assert "7751" not in said
