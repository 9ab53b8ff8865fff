"""«Сообщения»: one entry for each message, whatever ways it went, and what became of each."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from cabinet import inbox
from notifications.models import Message
from tests.cabinet.home import NOON
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
WORDS = "Мы получили 10 000 ₽."


@pytest.fixture
def person(mine, patent):
    return patent.application.person


def told(person, *, minutes=0, **facts):
    at = NOON + timedelta(minutes=minutes)
    usual = {"subject_id": Message.objects.count(), "status": "sent", "text": WORDS, "sent_at": at}
    row = Message.objects.create(
        event="payments.posted",
        topic="money",
        key=str(Message.objects.count()),
        person_id=person.pk,
        next_try_at=at,
        expires_at=at,
        **usual | facts,
    )
    Message.objects.filter(pk=row.pk).update(created_at=at)
    return row


def page_of(client, query="") -> str:
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
        answer = client.get(reverse("cabinet:messages") + query)
    return answer.content.decode()


def test_a_message_says_words_channel_number_and_state(mine, person):
    told(person, address="+79161234567", status="failed", failure="phone-off")

    page = page_of(mine)

    assert WORDS in page
    assert "не доставлено: телефон выключен" in page
    assert "+7 ··· ··· 45-67" in page
    assert "9161234567" not in page


def test_one_message_by_three_ways_is_one_entry(mine, person):
    first = told(person, address="+79161234567", status="failed", failure="phone-off")
    second = told(
        person, minutes=1, after=first, status="failed", failure="blocked", address="+79160000002"
    )
    told(person, minutes=2, after=second, channel="email", address="aziz@mail.ru")

    [entry], has_older = inbox.page_of(person.pk, 1)
    page = page_of(mine)

    assert not has_older
    assert [way.channel for way in entry.ways] == ["sms", "sms", "email"]
    assert page.count(WORDS) == 1
    assert "на другой ваш номер" in page
    assert "a···@mail.ru" in page
    assert reverse("accounts:contacts") in page


def test_a_notice_to_each_number_is_one_entry(person):
    for place, phone in enumerate(["+79161234567", "+79160000002"]):
        told(person, minutes=place, subject_id=5, fixed_address=phone)

    [entry], _older = inbox.page_of(person.pk, 1)

    assert [way.address for way in entry.ways] == ["+7 ··· ··· 45-67", "+7 ··· ··· 00-02"]


def test_other_words_about_the_same_thing_are_another_entry(person):
    told(person, subject_id=5)
    told(person, subject_id=5, text="Срок сдвинулся.")

    assert len(inbox.page_of(person.pk, 1)[0]) == 2


def test_what_waits_stands_there_without_words(mine, person):
    told(person, status="queued", text="", sent_at=None)

    assert "SMS ждёт" in page_of(mine)


def test_older_messages_stand_on_the_next_page(mine, person):
    for number in range(inbox.PAGE + 1):
        told(person, minutes=-number, text=f"Слова {number}.")

    first, second = page_of(mine), page_of(mine, "?page=2")

    assert "?page=2" in first
    assert f"Слова {inbox.PAGE}." not in first
    assert f"Слова {inbox.PAGE}." in second
    assert "?page=1" in second


def test_a_page_that_is_none_is_no_error(mine, person):
    told(person)

    for query in ["?page=0", "?page=-1", "?page=x", "?page=99999999", "?page="]:
        assert "Сообщения" in page_of(mine, query)


@pytest.mark.parametrize("count", [1, 3])
def test_the_inbox_asks_two_questions(person, count, django_assert_num_queries):
    for _ in range(count):
        first = told(person, status="failed", failure="phone-off")
        told(person, after=first)

    with django_assert_num_queries(2):
        inbox.page_of(person.pk, 1)


def test_a_stranger_reads_nothing(mine, person):
    told(PersonFactory(), text="Чужие слова.")

    assert "Чужие слова." not in page_of(mine)
