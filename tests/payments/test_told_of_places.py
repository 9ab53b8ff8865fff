"""What an import says of its lines is composed together, in the words of each alone."""

from datetime import date

import pytest
from django.utils import translation

from common import clock
from payments import messages
from payments.models import Place, Placement, QueueReason
from tests.factories import PatentFactory, PlacementFactory, counted_elsewhere
from tests.payments.test_told_together import alone, somebody, together

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]


def waiting(reason: QueueReason, **facts) -> Placement:
    facts = {"paid_on": date(2026, 1, 30), "application": somebody()} | facts
    return PlacementFactory(queued=True, queue_reason=reason, **facts)


def posted() -> Placement:
    return somebody().placements.get()


def unissued() -> Placement:
    return PlacementFactory()


def with_a_part() -> Placement:
    last = posted()
    part = {"months": 0, "completed_by": last, "application": last.application}
    PlacementFactory(**part, line__amount=4000)
    return last


def late() -> Placement:
    return waiting(QueueReason.LATE)


def of_no_day() -> Placement:
    return waiting(QueueReason.DAY_UNKNOWN, paid_on=None)


def moved_on(place: Placement) -> Placement:
    """Its words are not true any more; its parts go with it."""
    for one in (*place.parts.all(), place):
        Placement.objects.filter(pk=one.pk).update(closed_at=clock.now())
        counted_elsewhere(one)
    return place


EVENTS = [
    (messages.PAYMENT_POSTED, posted),
    (messages.PAYMENT_POSTED, with_a_part),
    (messages.FIRST_PAYMENT_POSTED, unissued),
    (messages.FIRST_PAYMENT_POSTED, with_a_part),
    (messages.PART_POSTED, with_a_part),
    (messages.SECOND_POSTED, posted),
    (messages.SECOND_WAS_ONE, posted),
    (messages.LAPSE_WITHDRAWN, posted),
    (messages.LATE_MONEY, late),
    (messages.DAY_OF_PAYMENT_UNKNOWN, of_no_day),
]


def ids(case) -> str:
    return getattr(case, "code", None) or case.__name__


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(("event", "made"), EVENTS, ids=ids)
def test_together_as_alone(event, made, language):
    true, over = made(), moved_on(made())

    with translation.override(language):
        both = together(event, [true.pk, over.pk]), alone(event, [true.pk, over.pk])

    assert set(both[0]) == {true.pk}
    assert both[0] == both[1]


@pytest.mark.parametrize(("event", "made"), EVENTS, ids=ids)
def test_as_few_questions_for_four_as_for_one(event, made, django_assert_max_num_queries):
    found = [made().pk for _person in range(4)]
    event.many(found[:1])

    with django_assert_max_num_queries(5):
        assert len(event.many(found)) == 4


@pytest.mark.parametrize(("event", "made"), EVENTS, ids=ids)
def test_words_are_in_the_language_of_who_is_told(event, made):
    found = [made().pk]
    with translation.override("ru"):
        [told] = event.many(found).values()

    with translation.override("en"):
        said = event.template % told.context

    with translation.override("en"):
        assert said == event.template % event.context(found[0])


def test_a_later_place_of_the_same_late_money_still_waits():
    before = late()
    Placement.objects.filter(pk=before.pk).update(closed_at=clock.now())
    PlacementFactory(
        line=before.line,
        application=before.application,
        place=Place.QUEUE,
        queue_reason=QueueReason.LATE,
        months=0,
        paid_on=before.paid_on,
    )

    assert set(messages.LATE_MONEY.many([before.pk])) == {before.pk}


def test_late_money_of_nobody_is_told_to_nobody():
    ownerless = waiting(QueueReason.LATE, application=None)

    assert messages.LATE_MONEY.many([ownerless.pk]) == {}


def test_of_a_patent_that_is_over_nobody_hears_that_its_term_goes_on():
    patent = PatentFactory(annulled_on=date(2026, 2, 1), annulled_reason="работа без договора")
    place = PlacementFactory(application=patent.application)

    assert messages.LAPSE_WITHDRAWN.many([place.pk]) == {}
