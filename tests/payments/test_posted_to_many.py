"""Many posted payments are told in one go, in the same words as one by one."""

from datetime import date

import pytest

from notifications.models import Message
from payments.messages import PAYMENT_POSTED
from payments.models import Placement
from payments.services.online.credits import count_what_is_over
from tests.factories import ApplicationFactory, PatentFactory
from tests.payments.test_parts_of_months import pay

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]


@pytest.fixture
def posted(application):
    """A month from two sums, whose first joining was undone by two more."""
    pay("4450", on=date(2025, 12, 20), number="a")
    pay("5550", on=date(2026, 1, 3), number="c")
    count_what_is_over()
    pay("4450", on=date(2025, 12, 28), number="b", posted_on=date(2026, 1, 5))
    pay("4450", on=date(2026, 1, 6), number="d")
    count_what_is_over()
    return list(Placement.objects.values_list("pk", flat=True))


def one_by_one(ids):
    event = PAYMENT_POSTED
    return {
        pk: (event.recipient(pk), event.context(pk))
        for pk in ids
        if Placement.objects.get(pk=pk).application_id and event.still_true(pk)
    }


def test_many_are_told_what_each_would_be(posted):
    told = PAYMENT_POSTED.many(posted)

    assert told == one_by_one(posted)
    assert {message.subject_id for message in Message.objects.all()} & set(told)


def test_of_an_older_case_nobody_is_told(posted, application):
    later = ApplicationFactory(person=application.person, number="1999999")
    PatentFactory(application=later, issued_on=date(2026, 2, 1))

    assert PAYMENT_POSTED.many(posted) == one_by_one(posted)


def test_an_unknown_place_is_told_to_nobody(posted):
    assert PAYMENT_POSTED.many([0]) == {}
