"""Two workers, or a worker and a file, at one moment; each guard has a twin without it."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection

from accounts.models import Country
from common import clock
from patents.feed import settling, taking
from patents.feed.client import Page
from patents.models import Application, FeedItem, FeedState, Patent, Source
from tests.at_once import at_once
from tests.factories import ApplicationFactory
from tests.patents.feed.items import NUMBER, item

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
    FeedState.objects.create(name=taking.MINISTRY)

    assert sorted(at_once(taking_page("c1"), taking_page("c2"))) == [False, True]
    assert FeedItem.objects.count() == 1


@pytest.fixture
def overtaken(monkeypatch):
    """While the first worker is about to write, a later word comes and a second one settles it."""
    real, others = settling.bring, []

    def slow(*args):
        if not others:
            others.append(Thread(target=_later_word))
            others[0].start()
            others[0].join(timeout=1)  # with the lock it waits for us
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
