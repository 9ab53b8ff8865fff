"""What the statements showed; the subject is the place of the money."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext_noop as _

from accounts.models import Person
from accounts.recipients import recipient_of, recipients_of
from common.formats import short_day
from notifications.events import Event, Recipient, Told
from notifications.models import Topic
from payments.facts import standing_of
from payments.messages.about import about
from payments.models import (
    Placement,
    QueueReason,
)


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
    """Whether the case that the person hears of is the patent this money prolongs."""
    if not still_counts(placement_id):
        return False
    place = _placement(placement_id)
    standing = standing_of(Person.objects.get(pk=place.application.person_id))
    return standing.case.application.number == place.application.number


def _posted_many(placement_ids: Iterable[int]) -> dict[int, Told]:
    """Of those whose case is the patent that this money prolongs; each person is looked at once."""
    places = _counting(list(placement_ids))
    people = {place.application.person_id for place in places}
    told, standings = recipients_of(people), {pk: standing_of(Person(pk=pk)) for pk in people}
    parts = _parts_of(places)
    found = {}
    for place in places:
        application, standing = place.application, standings[place.application.person_id]
        if standing.case.application.number == application.number:
            said = about(application, place.amount + parts[place.pk])
            said |= {"day": short_day(standing.covered_through)}
            found[place.pk] = Told(told[application.person_id], said)
    return found


def _counting(placement_ids: list[int]) -> list[Placement]:
    rows = Placement.objects.select_related("application").filter(pk__in=placement_ids)
    matched = set(rows.matched().values_list("pk", flat=True))
    return [place for place in rows if place.pk in matched or still_counts(place.pk)]


def _parts_of(places: list[Placement]) -> dict[int, Decimal]:
    sums = defaultdict(Decimal)
    rows = Placement.objects.filter(completed_by__in=places)
    for completed_by, amount in rows.values_list("completed_by", "amount"):
        sums[completed_by] += amount
    return sums


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
    lifetime=timedelta(days=7),
    many=_posted_many,
)


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
    still_true=_posted_and_patent,
    lifetime=timedelta(days=7),
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
