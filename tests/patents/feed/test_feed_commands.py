"""The feed by hand: a file imported, the items counted."""

import json
from datetime import date

import pytest
import time_machine
from django.core.management import call_command

from patents import services
from patents.models import (
    Application,
    ApplicationStep,
    FeedItem,
    Inn,
    News,
    Patent,
)
from tests.factories import ApplicationFactory
from tests.patents.feed.items import NUMBER, OTHER_INN, item, receive

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


OTHER_DAY = "2026-01-16"
ISSUED = [item("issued", "2026-01-15")]
REFUSED = [item("refused", "2026-01-12")]
ANNULLED = [*ISSUED, item("annulled", "2026-01-20")]


def of_steps(**facts):
    return lambda: ApplicationStep.objects.exclude(status="accepted").update(**facts)


def of(model, **facts):
    return lambda: model.objects.update(**facts)


ALTERED = {
    "sent, forgotten": ([item("sent")], ApplicationStep.objects.all().delete),
    "sent, another day": ([item("sent")], of_steps(on=OTHER_DAY)),
    "ready, forgotten": ([item("ready")], ApplicationStep.objects.all().delete),
    "ready, another day": ([item("ready")], of_steps(on=OTHER_DAY)),
    "refused, another day": (REFUSED, of_steps(on=OTHER_DAY)),
    "refused, another word": (REFUSED, of(Application, refusal_digest="x")),
    "issued, another day": (ISSUED, of(Patent, issued_on=OTHER_DAY)),
    "issued, another number": (ISSUED, of(Patent, number="2600009999")),
    "issued, another profession": (ISSUED, of(Patent, profession="повар")),
    "annulled, another day": (ANNULLED, of(Patent, annulled_on="2026-01-21")),
    "annulled, another reason": (ANNULLED, of(Patent, annulled_reason="другая")),
    "another INN": ([item("inn")], of(Inn, value=OTHER_INN)),
    "an INN that held on no day": ([item("inn")], of(Inn, valid_until="2026-01-14")),
    "news, forgotten": ([item("news")], News.objects.all().delete),
    "news, another wording": ([item("news")], of(News, digest="x")),
}


@pytest.mark.parametrize(("told", "alter"), ALTERED.values(), ids=ALTERED)
def test_a_fact_that_stands_otherwise_than_its_item_said_is_a_trouble(told, alter, capsys):
    ApplicationFactory(number=NUMBER)
    assert receive(*told) == ["applied"] * len(told)
    call_command("check_feed")

    alter()

    assert "its fact stands nowhere" in troubles(capsys)


DAY, WHY = date(2026, 1, 16), "в бумаге другое"


def corrected_at_the_desk():
    application = Application.objects.get(number=NUMBER)
    services.correct_days(application=application, days={"ready": date(2026, 1, 13)}, reason=WHY)
    services.correct_patent(
        patent=application.patent,
        series="77",
        number="2600009999",
        issued_on=DAY,
        profession="",
        reason=WHY,
    )
    services.enter_inn(person=application.person, value=OTHER_INN, on=DAY)


def test_what_the_desk_corrected_after_the_ministry_is_no_trouble(capsys):
    ApplicationFactory(number=NUMBER)
    receive(item("ready", "2026-01-12"), item("issued", "2026-01-15"), item("inn"))
    corrected_at_the_desk()
    FeedItem.objects.update(status="applied", reason="")

    call_command("check_feed")

    assert "applied: 3" in capsys.readouterr().out
