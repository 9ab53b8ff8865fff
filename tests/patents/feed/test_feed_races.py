"""Two workers, or a worker and a file, at one moment; each guard has a twin without it."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection

from accounts.models import Approval, Country, Person
from accounts.services import approvals
from common import clock
from patents.feed import settling, taking, undoing
from patents.feed.client import Page
from patents.models import Application, FeedItem, Inn, News, Patent, Source
from tests.at_once import at_once, ended_or_waiting_for_us, meeting, no_row_is_locked
from tests.factories import ApplicationFactory, StaffFactory
from tests.patents.feed.items import NUMBER, item, receive

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def countries(transactional_db):
    Country.objects.get_or_create(code="UZB", defaults={"name": "Uzbekistan"})


def keeping(one):
    return lambda: taking.keep([one], Source.FILE, clock.now())


def test_one_item_by_two_ways_at_once_is_one_item():
    at_once(*[keeping(item("ready", id="f"))] * 3)

    assert FeedItem.objects.count() == 1


@pytest.fixture
def without_unique():
    field = FeedItem._meta.get_field("digest")
    loose = field.clone()
    loose._unique = False
    loose.set_attributes_from_name("digest")
    loose.model = FeedItem
    with connection.schema_editor() as editor:
        editor.alter_field(FeedItem, field, loose)
    yield
    FeedItem.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.alter_field(FeedItem, loose, field)


def test_without_the_constraint_it_is_kept_three_times(without_unique):
    at_once(*[keeping(item("ready", id="f"))] * 3)

    assert FeedItem.objects.count() == 3


def taking_page(cursor):
    page = Page([item("ready", id=cursor)], cursor, False)
    return lambda: taking.take_page(page, "")


def test_of_two_workers_with_one_cursor_one_takes_the_page():
    assert sorted(at_once(taking_page("c1"), taking_page("c2"))) == [False, True]
    assert FeedItem.objects.count() == 1


def test_without_the_lock_both_take_their_page_and_one_cursor_is_lost(monkeypatch):
    no_row_is_locked(monkeypatch)
    meeting(monkeypatch, taking, "keep", 2)

    assert at_once(taking_page("c1"), taking_page("c2")) == [True, True]
    assert FeedItem.objects.count() == 2


@pytest.fixture
def overtaken(monkeypatch):
    """While the first worker is about to write, a later word comes and a second one settles it."""
    real, others = settling.bring, []

    def slow(*args):
        if not others:
            others.append(Thread(target=_later_word))
            others[0].start()
            ended_or_waiting_for_us(others[0])
        real(*args)

    monkeypatch.setattr(settling, "bring", slow)
    return others


def _later_word():
    try:
        keeping(item("issued", "2026-01-16", "2026-01-20T10:00:00+03:00"))()
        settling.settle()
    finally:
        connection.close()


def _issued_on(overtaken):
    ApplicationFactory(number=NUMBER)
    keeping(item("issued", "2026-01-15", "2026-01-20T09:00:00+03:00"))()
    settling.settle()
    overtaken[0].join()
    return Patent.objects.get().issued_on


def test_the_later_word_stands_whichever_worker_is_slower(overtaken):
    assert _issued_on(overtaken) == date(2026, 1, 16)


def test_without_the_lock_the_slower_worker_writes_the_older_word(overtaken, monkeypatch):
    monkeypatch.setattr(settling, "locked", lambda pk: Application.objects.get(pk=pk))

    assert _issued_on(overtaken) == date(2026, 1, 15)


# An item is undone by two of the staff while a worker settles what else came about it.


def _undone_while(monkeypatch, writes: str, mistake: dict) -> list[Thread]:
    """While a worker is about to write what it read, a colleague grants the undoing."""
    real, others = getattr(settling, writes), []

    def slow(*args, **facts):
        if not others:
            others.append(Thread(target=_grant))
            others[0].start()
            ended_or_waiting_for_us(others[0])
        return real(*args, **facts)

    ApplicationFactory(number=NUMBER)
    assert receive(mistake) == ["applied"]
    one = FeedItem.objects.get()
    undoing.ask_undo(item=one, reason="чужая запись", actor=StaffFactory())
    monkeypatch.setattr(settling, writes, slow)
    return others


@pytest.fixture
def undone_meanwhile(monkeypatch):
    return _undone_while(monkeypatch, "bring", item("ready", "2026-01-12"))


def _grant():
    try:
        approvals.decide(approval=Approval.objects.get(), granted=True, actor=StaffFactory())
    finally:
        connection.close()


def _settled(others, news) -> tuple[str, list[str]]:
    """How the application stands, and how the items that called it ready."""
    keeping(news)()
    settling.settle()
    others[0].join()
    items = FeedItem.objects.filter(kind="ready").order_by("pk")
    return Application.objects.get().status, list(items.values_list("status", flat=True))


AGAIN = item("ready", "2026-01-12", "2026-01-16T12:00:00+03:00")
DISPATCH = item("sent", "2026-01-05")


@pytest.mark.parametrize(
    ("news", "end"),
    [(AGAIN, ("accepted", ["undone", "undone"])), (DISPATCH, ("in_review", ["undone"]))],
    ids=["the same word again", "another word"],
)
def test_what_two_have_undone_is_not_written_back_by_a_worker_that_read_before(
    undone_meanwhile, news, end
):
    assert _settled(undone_meanwhile, news) == end


@pytest.mark.parametrize(
    ("news", "end"),
    [(AGAIN, ("ready", ["undone", "known"])), (DISPATCH, ("ready", ["undone"]))],
    ids=["the same word again", "another word"],
)
def test_without_the_lock_the_worker_writes_back_what_was_undone(
    undone_meanwhile, monkeypatch, news, end
):
    monkeypatch.setattr(settling, "locked", lambda pk: Application.objects.get(pk=pk))

    assert _settled(undone_meanwhile, news) == end


@pytest.fixture
def inn_undone_meanwhile(monkeypatch):
    return _undone_while(monkeypatch, "restate_inn", item("inn"))


@pytest.fixture
def news_undone_meanwhile(monkeypatch):
    return _undone_while(monkeypatch, "tell_news", item("news"))


def _said_again(others, kind) -> list[str]:
    """What becomes of the items when the Ministry repeats the word that is being undone."""
    keeping(item(kind, recorded="2026-01-16T12:00:00+03:00"))()
    settling.settle()
    others[0].join()
    return list(FeedItem.objects.order_by("pk").values_list("status", flat=True))


def test_an_inn_that_two_have_undone_is_not_written_back(inn_undone_meanwhile):
    assert _said_again(inn_undone_meanwhile, "inn") == ["undone", "undone"]
    assert not Inn.objects.current().exists()


def test_without_the_lock_of_the_person_the_worker_writes_the_inn_back(
    inn_undone_meanwhile, monkeypatch
):
    monkeypatch.setattr(settling, "locked_person", lambda pk: Person.objects.get(pk=pk))

    assert _said_again(inn_undone_meanwhile, "inn") == ["undone", "known"]
    assert Inn.objects.current().exists()


def test_news_that_two_have_undone_are_not_written_back(news_undone_meanwhile):
    assert _said_again(news_undone_meanwhile, "news") == ["undone", "undone"]
    assert not News.objects.exists()


def test_without_the_lock_of_their_items_the_worker_writes_the_news_back(
    news_undone_meanwhile, monkeypatch
):
    monkeypatch.setattr(settling, "locked_news", lambda key: settling.of_news(key).order_by("pk"))

    assert _said_again(news_undone_meanwhile, "news") == ["undone", "known"]
    assert News.objects.exists()
