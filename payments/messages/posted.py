"""What the statements showed; the subject is the place of the money."""

from datetime import timedelta

from django.utils.translation import gettext_noop as _

from accounts.models import Person
from common.formats import short_day
from notifications.events import Event
from notifications.models import Topic
from payments.facts import standing_of
from payments.messages.about import about
from payments.messages.places import (
    owner,
    places,
    stands,
    sum_alone,
    that_stand,
    told_by_standing,
    told_together,
)
from payments.models import (
    Placement,
    QueueReason,
)
from payments.standing import Standing
from payments.standing.states import OVER


def still_counts(placement_id: int) -> bool:
    return stands(Placement.objects.matched(), placement_id)


def that_count(found: list[Placement]) -> set[int]:
    """As `still_counts`."""
    return that_stand(Placement.objects.matched(), found)


def _place_and_standing(placement_id: int) -> tuple[Placement, Standing]:
    place = places().get(pk=placement_id)
    return place, standing_of(Person.objects.get(pk=place.application.person_id))


def _whole(place: Placement) -> dict:
    return about(place.application, place.with_parts)


def _whole_and_day(place: Placement, it: Standing) -> dict:
    return _whole(place) | {"day": short_day(it.covered_through)}


def _prolongs(place: Placement, it: Standing) -> bool:
    """Whether the case that the person hears of is the patent this money prolongs."""
    is_issued = it.issued_on is not None
    return is_issued and it.case.application.number == place.application.number


def _posted_and_patent(placement_id: int) -> bool:
    return still_counts(placement_id) and _prolongs(*_place_and_standing(placement_id))


PAYMENT_POSTED = Event(
    code="payments.posted",
    topic=Topic.MONEY,
    label=_("the payment is posted"),
    template=_(
        "We received %(amount)s (application ...%(tail)s). The patent is paid through %(day)s."
    ),
    recipient=owner,
    context=lambda pk: _whole_and_day(*_place_and_standing(pk)),
    still_true=_posted_and_patent,
    many=told_by_standing(_whole_and_day, that_count, _prolongs),
    lifetime=timedelta(days=7),
)


def _goes_on(place: Placement, it: Standing) -> bool:
    """While the words waited, the next month may have ended: then "it has not passed" is wrong."""
    return it.state not in OVER and _prolongs(place, it)


def _goes_on_with(placement_id: int) -> bool:
    return still_counts(placement_id) and _goes_on(*_place_and_standing(placement_id))


def _found_late(place: Placement, it: Standing) -> dict:
    return _whole_and_day(place, it) | {"paid": short_day(place.paid_on)}


LAPSE_WITHDRAWN = Event(
    code="payments.lapse_withdrawn",
    topic=Topic.MONEY,
    label=_("the term has not passed: the payment is found"),
    template=_(
        "Your payment of %(paid)s is found (application ...%(tail)s). The patent is paid "
        "through %(day)s. We wrote that the term had passed. It has not. We are sorry."
    ),
    recipient=owner,
    context=lambda pk: _found_late(*_place_and_standing(pk)),
    still_true=_goes_on_with,
    many=told_by_standing(_found_late, that_count, _goes_on),
    lifetime=timedelta(days=7),
    legal=True,  # as the words that it takes back
)

FIRST_PAYMENT_POSTED = Event(
    code="payments.posted_before_issue",
    topic=Topic.MONEY,
    label=_("the payment is posted, the patent not issued yet"),
    template=_(
        "We received %(amount)s (application ...%(tail)s). "
        "It counts from the day the patent is issued."
    ),
    recipient=owner,
    context=lambda pk: _whole(places().get(pk=pk)),
    still_true=still_counts,
    many=told_together(_whole, that_count),
    lifetime=timedelta(days=7),
)

PART_POSTED = Event(
    code="payments.part_posted",
    topic=Topic.MONEY,
    label=_("a sum is posted that makes whole months with an earlier one"),
    template=_(
        "Payment received: %(amount)s (application ...%(tail)s). "
        "Together with your earlier money it pays whole months."
    ),
    recipient=owner,
    context=lambda pk: sum_alone(places().get(pk=pk)),  # of what it completes they were told
    still_true=still_counts,
    many=told_together(sum_alone, that_count),
    lifetime=timedelta(days=7),
)


def _of_days_unknown(found: list[Placement]) -> set[int]:
    # Whose cash waits for a second member of the staff has nothing to show: the cheque is here.
    waiting = Placement.objects.queued().filter(
        queue_reason=QueueReason.DAY_UNKNOWN, till_payment=None
    )
    return set(waiting.filter(pk__in=[place.pk for place in found]).values_list("pk", flat=True))


DAY_OF_PAYMENT_UNKNOWN = Event(
    code="payments.day_unknown",
    topic=Topic.MONEY,
    label=_("posted, the day of payment is unknown"),
    template=_(
        "We received %(amount)s (application ...%(tail)s) but do not see the day you paid. "
        "Please show us the cheque."
    ),
    recipient=owner,
    context=lambda pk: _whole(places().get(pk=pk)),
    still_true=lambda pk: bool(_of_days_unknown([Placement(pk=pk)])),
    many=told_together(_whole, _of_days_unknown),
    lifetime=timedelta(days=14),
)
