"""The feed by hand: a file imported, the items counted."""

import json

import pytest
import time_machine
from django.core.management import call_command

from patents.models import Application, FeedItem, Patent
from tests.factories import ApplicationFactory
from tests.patents.feed.items import NUMBER, item, receive

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-02-01 12:00:00+03:00"):
        yield


def written(tmp_path, *items):
    path = tmp_path / "facts.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\r\n" for one in items))
    return path


def test_a_file_is_imported_and_the_same_again_changes_nothing(tmp_path, capsys):
    ApplicationFactory(number=NUMBER)
    path = written(tmp_path, item("ready", "2026-01-12"), item("inn"))

    for _time in range(2):
        call_command("import_ministry", path)

    said = capsys.readouterr().out
    assert "Записей в файле: 2, новых: 2." in said
    assert "Записей в файле: 2, новых: 0." in said
    assert Application.objects.get(number=NUMBER).status == "ready"


def test_an_item_by_file_and_by_feed_is_one(tmp_path):
    ApplicationFactory(number=NUMBER)
    ready = item("ready", "2026-01-12")
    receive(ready)

    call_command("import_ministry", written(tmp_path, ready))

    assert FeedItem.objects.get().source == "ministry"


def test_what_is_no_file_of_the_ministry_ends_with_one_line(tmp_path, capsys):
    path = tmp_path / "x.txt"
    path.write_bytes(b"\xff\xfe")

    with pytest.raises(SystemExit) as end:
        call_command("import_ministry", path, tmp_path / "none")

    assert end.value.code == 1
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_the_items_are_counted_by_state(capsys):
    ApplicationFactory(number=NUMBER)
    receive("чепуха", item("ready", "2026-01-12"), item("annulled"))

    call_command("check_feed")

    said = capsys.readouterr().out.splitlines()
    assert {"applied: 1", "bad: 1", "waiting: 1", "received: 0", "total: 3"} <= set(said)


def troubles(capsys):
    with pytest.raises(SystemExit):
        call_command("check_feed")
    return capsys.readouterr().err


def test_an_item_that_nobody_settles_is_a_trouble(capsys):
    receive("чепуха")
    FeedItem.objects.update(status="received", reason="", received_at="2026-02-01T11:00:00+03:00")

    assert "received and not settled" in troubles(capsys)


def test_an_altered_item_is_a_trouble(capsys):
    receive("чепуха")
    FeedItem.objects.update(payload='"правда"')

    assert "not as it was sent" in troubles(capsys)


def test_an_applied_item_whose_fact_is_gone_is_a_trouble(capsys):
    ApplicationFactory(number=NUMBER)
    receive(item("issued"))
    Patent.objects.all().delete()

    assert "its fact stands nowhere" in troubles(capsys)
