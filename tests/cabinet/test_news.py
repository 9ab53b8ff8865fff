"""News of the Ministry: unread until the page with them was opened."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Person
from common import clock
from patents.models import News, NewsSeen
from patents.services.news import hide
from tests.factories import NewsFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db

NEWS = reverse("cabinet:news")
HOME = reverse("cabinet:home")


@pytest.fixture
def person():
    made = PersonFactory()
    Person.objects.update(created_at=clock.now() - timedelta(days=30))
    made.refresh_from_db()
    return made


@pytest.fixture
def mine(client, person):
    client.force_login(person.user)
    return client


def text_of(client, address):
    return client.get(address).content.decode()


def test_news_are_shown_with_their_day_and_source(mine):
    NewsFactory()

    shown = text_of(mine, NEWS)

    assert "Приём документов в субботу" in shown
    assert "20&nbsp;января 2026" in shown or "20\xa0января\xa02026" in shown
    assert "данные МВД на" in shown


def test_unread_news_are_marked_until_their_page_was_opened(mine):
    NewsFactory()

    assert "Новое" in text_of(mine, NEWS)
    assert "Новое" not in text_of(mine, NEWS)
    NewsFactory()
    assert text_of(mine, NEWS).count("Новое") == 1


@pytest.mark.parametrize("address", [HOME, reverse("cabinet:inn")])
def test_the_menu_tells_the_number_of_unread(mine, address):
    assert "1 новая" not in text_of(mine, address)
    NewsFactory()
    assert "1 новая" in text_of(mine, address)
    NewsFactory()
    assert "2 новые" in text_of(mine, address)

    mine.get(NEWS)

    assert "2 новые" not in text_of(mine, address)


def test_what_came_before_the_person_is_not_unread(mine, person):
    NewsFactory(received_at=person.created_at - timedelta(days=1))

    assert "1 новая" not in text_of(mine, HOME)
    assert "Новое" not in text_of(mine, NEWS)


def test_hidden_news_are_neither_shown_nor_counted(mine):
    hide(news=[NewsFactory()])

    assert "1 новая" not in text_of(mine, HOME)
    assert "Приём документов" not in text_of(mine, NEWS)


def test_what_one_person_read_is_unread_for_another(mine, client):
    NewsFactory()
    mine.get(NEWS)
    other = PersonFactory()
    Person.objects.update(created_at=clock.now() - timedelta(days=30))

    client.force_login(other.user)

    assert "Новое" in text_of(client, NEWS)


@pytest.mark.parametrize("count", [1, 15])
def test_the_page_asks_the_same_whatever_the_number(mine, count, django_assert_num_queries):
    NewsFactory.create_batch(count)

    with django_assert_num_queries(6):  # session, person, count, rows, seen, menu
        mine.get(NEWS)


def test_older_news_stand_on_the_next_page_and_stay_unread(mine):
    NewsFactory.create_batch(21)

    assert "?page=2" in text_of(mine, NEWS)
    assert NewsSeen.objects.count() == 20
    assert "1 новая" in text_of(mine, HOME)


def test_the_page_may_be_opened_twice_at_once(mine, person):
    from patents.services.news import mark_seen

    row = NewsFactory()
    for _time in range(2):
        mark_seen(person=person, news=[row])

    assert NewsSeen.objects.count() == 1


def test_merged_people_have_read_what_either_had(person):
    from patents.services import follow_merge
    from patents.services.news import mark_seen

    gone, rows = PersonFactory(), NewsFactory.create_batch(2)
    mark_seen(person=person, news=rows[:1])
    mark_seen(person=gone, news=rows)

    follow_merge(person, gone)

    assert NewsSeen.objects.filter(person=person).count() == 2
    assert not NewsSeen.objects.filter(person=gone).exists()


# --- the admin


@pytest.fixture
def staff(client):
    client.force_login(StaffFactory())
    return client


def test_staff_hide_and_show(staff):
    row = NewsFactory()
    address = reverse("admin:patents_news_changelist")

    staff.post(address, {"action": "hide", "_selected_action": [row.pk]})
    assert News.objects.shown().count() == 0
    staff.post(address, {"action": "show", "_selected_action": [row.pk]})

    assert News.objects.shown().count() == 1


def test_staff_translate_news_and_the_history_keeps_it(staff):
    row = NewsFactory()
    words = {"title_ru": row.title_ru, "text_ru": row.text_ru, "title_tg": "Хабар", "text_tg": "…"}

    staff.post(reverse("admin:patents_news_change", args=[row.pk]), words)

    row.refresh_from_db()
    assert row.title_tg == "Хабар"
    history = staff.get(reverse("admin:patents_news_history", args=[row.pk])).content.decode()
    assert "Хабар" in history


def test_russian_cannot_be_left_out(staff):
    row = NewsFactory()

    staff.post(reverse("admin:patents_news_change", args=[row.pk]), {"title_ru": "", "text_ru": ""})

    row.refresh_from_db()
    assert row.title_ru == "Приём документов в субботу"
