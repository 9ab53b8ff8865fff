"""What the statements showed; the subject is the place of the money."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext_noop as _

from accounts.models import Person
from accounts.recipients import recipient_of, recipients_of
from common.clock import today
from common.formats import short_day
from notifications.events import Event, Recipient, Told
from notifications.models import Topic
from payments.facts import standing_of, standings_of
from payments.messages.about import about, said_later
from payments.models import (
    Placement,
    QueueReason,
)
from payments.standing import Standing
from payments.standing.states import OVER


def _placement(placement_id: int) -> Placement:
    rows = Placement.objects.select_related("application", "line")
    return rows.get(pk=placement_id)


def _owner(placement_id: int) -> Recipient:
    people = Placement.objects.values_list("application__person_id", flat=True)
    return recipient_of(people.get(pk=placement_id))


def _posted(placement_id: int) -> dict:
    place = _placement(placement_id)
    return about(place.application, _with_its_parts(place))


def _with_its_parts(place: Placement) -> Decimal:
    parts = Placement.objects.filter(completed_by=place)
    return place.amount + sum(parts.values_list("amount", flat=True))


def _posted_for_patent(placement_id: int) -> dict:
    place = _placement(placement_id)
    standing = standing_of(Person.objects.get(pk=place.application.person_id))
    return _posted(placement_id) | {"day": short_day(standing.covered_through)}


def _posted_and_patent(placement_id: int) -> bool:
    if not still_counts(placement_id):
        return False
    place = _placement(placement_id)
    return _prolongs(place, standing_of(Person.objects.get(pk=place.application.person_id)))


def still_counts(placement_id: int) -> bool:
    """Also where its money stands in another place by now, by which nobody is told again."""
    same = {"line__placements": placement_id, "application__placements": placement_id}
    return Placement.objects.matched().filter(**same).exists()


def _day_still_unknown(placement_id: int) -> bool:
    # Whose cash waits for a second member of the staff has nothing to show: the cheque is here.
    waiting = Placement.objects.queued().filter(
        queue_reason=QueueReason.DAY_UNKNOWN, till_payment=None
    )
    return waiting.filter(pk=placement_id).exists()


def _many_posted(pks: Iterable[int]) -> dict[int, Told]:
    """The recipients and words of those that are true, for a whole import at once."""
    places = Placement.objects.filter(pk__in=set(pks)).select_related("application")
    people = sorted({place.application.person_id for place in places})
    now, told, sums = dict(standings_of(people, today())), recipients_of(people), _parts_of(places)
    counting = _that_count(places)
    return {
        place.pk: Told(
            told[place.application.person_id],
            {
                "tail": place.application.number[-3:],
                "amount": said_later(place.amount + sums[place.pk]),
                "day": short_day(now[place.application.person_id].covered_through),
            },
        )
        for place in places
        if place.pk in counting and _prolongs(place, now[place.application.person_id])
    }


def _prolongs(place: Placement, standing: Standing) -> bool:
    """Whether the case that the person hears of is the patent this money prolongs."""
    is_issued = standing.issued_on is not None
    return is_issued and standing.case.application.number == place.application.number


def _parts_of(places: Iterable[Placement]) -> Counter:
    """The sums that each of the places completed."""
    found = Counter()
    parts = Placement.objects.filter(completed_by__in=[place.pk for place in places])
    for pk, amount in parts.values_list("completed_by", "amount"):
        found[pk] += amount
    return found


def _that_count(places: Iterable[Placement]) -> set[int]:
    """As `still_counts`."""
    rows = Placement.objects.matched().filter(line__in=[place.line_id for place in places])
    known = set(rows.values_list("line_id", "application_id"))
    return {place.pk for place in places if (place.line_id, place.application_id) in known}


PAYMENT_POSTED = Event(
    code="payments.posted",
    topic=Topic.MONEY,
    label=_("the payment is posted"),
    template=_(
        "We received %(amount)s (application ...%(tail)s). The patent is paid through %(day)s."
    ),
    recipient=_owner,
    context=_posted_for_patent,
    still_true=_posted_and_patent,
    many=_many_posted,
    lifetime=timedelta(days=7),
)


def _goes_on_with(placement_id: int) -> bool:
    """While the words waited, the next month may have ended: then "it has not passed" is wrong."""
    person_id = _placement(placement_id).application.person_id
    is_over = standing_of(Person.objects.get(pk=person_id)).state in OVER
    return not is_over and _posted_and_patent(placement_id)


def _found_late(placement_id: int) -> dict:
    return _posted_for_patent(placement_id) | {"paid": short_day(_placement(placement_id).paid_on)}


LAPSE_WITHDRAWN = Event(
    code="payments.lapse_withdrawn",
    topic=Topic.MONEY,
    label=_("the term has not passed: the payment is found"),
    template=_(
        "Your payment of %(paid)s is found (application ...%(tail)s). The patent is paid "
        "through %(day)s. We wrote that the term had passed. It has not. We are sorry."
    ),
    recipient=_owner,
    context=_found_late,
    still_true=_goes_on_with,
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
    recipient=_owner,
    context=_posted,
    still_true=still_counts,
    lifetime=timedelta(days=7),
)


def _sum_alone(placement_id: int) -> dict:
    """Of what it completes the person was told before."""
    place = _placement(placement_id)
    return about(place.application, place.amount)


PART_POSTED = Event(
    code="payments.part_posted",
    topic=Topic.MONEY,
    label=_("a sum is posted that makes whole months with an earlier one"),
    template=_(
        "Payment received: %(amount)s (application ...%(tail)s). "
        "Together with your earlier money it pays whole months."
    ),
    recipient=_owner,
    context=_sum_alone,
    still_true=still_counts,
    lifetime=timedelta(days=7),
)

DAY_OF_PAYMENT_UNKNOWN = Event(
    code="payments.day_unknown",
    topic=Topic.MONEY,
    label=_("posted, the day of payment is unknown"),
    template=_(
        "We received %(amount)s (application ...%(tail)s) but do not see the day you paid. "
        "Please show us the cheque."
    ),
    recipient=_owner,
    context=_posted,
    still_true=_day_still_unknown,
    lifetime=timedelta(days=14),
)
