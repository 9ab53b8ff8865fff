"""Many messages promised at once: each key once, each on its way after the commit."""

import pytest
from django.db import transaction

from notifications import tasks
from notifications.models import Channel, Lane, Message, Topic
from notifications.services import queue_many
from payments.messages import PAYMENT_POSTED
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hints(monkeypatch):
    sent = []
    monkeypatch.setattr(tasks.send_on, "delay", sent.append)
    return sent


def test_each_key_is_one_message_and_gets_one_hint(hints, django_assert_num_queries):
    people = [PersonFactory() for _one in range(3)]
    subjects = [(n, person.pk, f"many:{n}") for n, person in enumerate(people)]

    with django_assert_num_queries(3), transaction.atomic():  # begin, rows, commit
        queue_many(PAYMENT_POSTED, subjects)
        assert hints == []

    rows = Message.objects.order_by("subject_id")
    assert [(row.subject_id, row.person_id, row.key) for row in rows] == subjects
    assert hints == [[row.pk for row in rows]]


def test_a_key_promised_before_stays_one_message(hints):
    person = PersonFactory()
    queue_many(PAYMENT_POSTED, [(1, person.pk, "many:1")])

    queue_many(PAYMENT_POSTED, [(2, person.pk, "many:1"), (3, person.pk, "many:3")])

    assert sorted(Message.objects.values_list("subject_id", flat=True)) == [1, 3]


def test_nothing_is_asked_for_nobody(hints, django_assert_num_queries):
    with django_assert_num_queries(0):
        queue_many(PAYMENT_POSTED, [])


def test_what_is_promised_to_many_knows_its_topic_and_its_lane():
    queue_many(PAYMENT_POSTED, [(1, 7, "many:1")])

    row = Message.objects.get()
    assert (row.topic, row.lane, row.channel) == (Topic.MONEY, Lane.NOTICE, Channel.SMS)
