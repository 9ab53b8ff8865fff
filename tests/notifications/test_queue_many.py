"""Many messages promised at once: each key once, each on its way after the commit."""

from contextlib import suppress

import pytest
from django.db import transaction

from accounts.messages import PASSWORD_ISSUED
from notifications.models import Channel, Lane, Message, Topic
from notifications.services import queue_many
from payments.messages import PAYMENT_POSTED
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hints(monkeypatch):
    woken = []
    monkeypatch.setattr("notifications.services.hints.wake", woken.append)
    return woken


def test_each_key_is_one_message_and_all_of_them_give_one_hint(hints, django_assert_num_queries):
    people = [PersonFactory() for _one in range(3)]
    subjects = [(n, person.pk, f"many:{n}") for n, person in enumerate(people)]

    with django_assert_num_queries(4), transaction.atomic():  # begin, rows twice, commit
        queue_many(PAYMENT_POSTED, subjects[:2])
        queue_many(PAYMENT_POSTED, subjects[2:])
        assert hints == []

    rows = Message.objects.order_by("subject_id")
    assert [(row.subject_id, row.person_id, row.key) for row in rows] == subjects
    assert hints == [Lane.NOTICE]


def test_a_hint_of_what_was_rolled_back_does_not_swallow_the_next_one(hints):
    with transaction.atomic():
        with suppress(ZeroDivisionError), transaction.atomic():
            queue_many(PAYMENT_POSTED, [(1, 7, "many:1")])
            raise ZeroDivisionError
        queue_many(PAYMENT_POSTED, [(2, 7, "many:2")])

    assert hints == [Lane.NOTICE]


def test_what_somebody_waits_for_has_a_hint_of_its_own(hints):
    with transaction.atomic():
        queue_many(PASSWORD_ISSUED, [(1, 7, "many:1")])
        queue_many(PAYMENT_POSTED, [(2, 7, "many:2")])

    assert hints == [Lane.AWAITED, Lane.NOTICE]


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
