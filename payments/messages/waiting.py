"""What a person hears of money that came after the term; the subject is its place.

Never that it is late: it may be in time by a day that two of the staff still decide about.
"""

from datetime import timedelta

from django.utils.translation import gettext_noop as _

from accounts.recipients import recipient_of
from notifications.events import Event, Recipient
from notifications.models import Topic
from payments.messages.about import about
from payments.models import Placement


def _place(pk: int) -> Placement:
    return Placement.objects.select_related("application").get(pk=pk)


def _owner(pk: int) -> Recipient:
    return recipient_of(_place(pk).application.person_id)


def _paid(pk: int) -> dict:
    place = _place(pk)
    return about(place.application, place.amount, place.paid_on)


def _still_waits(pk: int) -> bool:
    """Also in another place of the queue by now, of which nobody is told again."""
    same = {"line__placements": pk, "application__placements": pk}
    return Placement.objects.late().filter(**same).exists()


LATE_MONEY = Event(
    code="payments.late_money",
    label=_("posted after the term, waits for a decision"),
    template=_(
        "We have %(amount)s that you paid on %(day)s (application ...%(tail)s). The centre decides "
        "what this money pays for. It stays yours."
    ),
    topic=Topic.MONEY,
    recipient=_owner,
    context=_paid,
    still_true=_still_waits,
    lifetime=timedelta(days=7),
)
