"""Many messages are composed by a few questions, and say what each of them says alone."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from accounts.models import PhoneKind
from accounts.recipients import recipient_of, recipients_of
from common import clock
from payments import messages
from payments.models import Notice, Placement
from payments.services.notices import telling
from tests.factories import (
    PatentFactory,
    PersonFactory,
    PhoneFactory,
    PlacementFactory,
    counted_elsewhere,
    statements_through,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
BY = date(2026, 2, 14)


def somebody(months=1):
    """Their patent is of 15 January."""
    person = PersonFactory()
    PhoneFactory(person=person)
    application = PatentFactory(application__person=person).application
    if months:
        PlacementFactory(application=application, months=months, line__amount=10_000 * months)
    return application


def alone(event, pks) -> dict:
    return {
        pk: (event.recipient(pk), said(event.context(pk))) for pk in pks if event.still_true(pk)
    }


def together(event, pks) -> dict:
    return {pk: (told.recipient, said(told.context)) for pk, told in event.many(pks).items()}


def said(context: dict) -> dict:
    return {name: str(value) for name, value in context.items()}


def notices(kind: str) -> list[int]:
    return list(Notice.objects.filter(kind=kind).order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_reminders_say_together_what_each_says_alone(february, language):
    reminded = [somebody() for _person in range(3)]
    february.move_to(datetime(2026, 2, 11, 15, tzinfo=UTC))
    telling.remind_in_the_evening()
    PlacementFactory(application=reminded[1], paid_on=date(2026, 2, 11))
    found = notices("remind-3")

    with translation.override(language):
        both = together(messages.REMINDER, found), alone(messages.REMINDER, found)

    assert len(found) == 3
    assert set(both[0]) == {found[0], found[2]}
    assert both[0] == both[1]


@pytest.mark.parametrize(
    ("event", "kind", "reach", "months"),
    [
        (messages.UNSEEN, "unseen", date(2026, 2, 18), 1),
        (messages.LAPSED, "lapsed", date(2026, 2, 24), 1),
        (messages.FIRST_MISSING, "first-missing", date(2026, 2, 24), 0),
    ],
)
def test_days_over_are_said_together_as_alone(february, event, kind, reach, months):
    for _person in range(2):
        somebody(months)
    february.move_to(datetime(2026, 2, 25, 9, tzinfo=UTC))
    statements_through(reach)
    telling.tell_of_days_over()
    found = notices(kind)

    assert len(found) == 2
    assert together(event, found) == alone(event, found)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_posted_payments_are_said_together_as_alone(language):
    for months in (1, 2):
        somebody(months)
    before_issue = PlacementFactory()
    closed = somebody().placements.get()
    with_parts = somebody().placements.get()
    Placement.objects.filter(pk=closed.pk).update(closed_at=clock.now())
    counted_elsewhere(closed)
    matched = Placement.objects.filter(place="matched").exclude(pk=before_issue.pk)
    found = list(matched.values_list("pk", flat=True))

    with translation.override(language):
        both = (
            together(messages.PAYMENT_POSTED, found),
            alone(messages.PAYMENT_POSTED, found),
        )

    assert closed.pk not in both[0]
    assert with_parts.pk in both[0]
    assert both[0] == both[1]


@pytest.mark.parametrize("count", [1, 4])
def test_posted_payments_ask_six_questions_however_many(count, django_assert_max_num_queries):
    found = [somebody().placements.get().pk for _person in range(count)]
    messages.PAYMENT_POSTED.many(found)

    with django_assert_max_num_queries(6):
        assert len(messages.PAYMENT_POSTED.many(found)) == count


@pytest.mark.parametrize("count", [1, 4])
def test_reminders_ask_four_questions_however_many(count, february, django_assert_max_num_queries):
    for _person in range(count):
        somebody()
    february.move_to(datetime(2026, 2, 11, 15, tzinfo=UTC))
    telling.remind_in_the_evening()
    found = notices("remind-3")

    with django_assert_max_num_queries(4):
        assert len(messages.REMINDER.many(found)) == count


def test_the_numbers_of_many_are_in_the_order_of_each():
    people = [PersonFactory() for _one in range(3)]
    PhoneFactory(person=people[0], kind=PhoneKind.OWN)
    for person in people[:2]:
        PhoneFactory(person=person)
    PhoneFactory(person=people[1], kind=PhoneKind.OWN, bound_at=datetime(2026, 2, 1, tzinfo=UTC))
    PhoneFactory(person=people[2], valid_until=date(2026, 2, 1))

    found = recipients_of([person.pk for person in people])

    assert found == {person.pk: recipient_of(person.pk) for person in people}
