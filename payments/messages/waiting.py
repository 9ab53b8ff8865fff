"""What a person hears of money that came after the term; the subject is its place.

Never that it is late: it may be in time by a day that two of the staff still decide about.
"""

from datetime import timedelta

from django.utils.translation import gettext_noop as _

from notifications.events import Event
from notifications.models import Topic
from payments.messages.about import about
from payments.messages.places import owner, places, stands, that_stand, told_together
from payments.models import Placement


def _paid(place: Placement) -> dict:
    return about(place.application, place.amount, place.paid_on)


LATE_MONEY = Event(
    code="payments.late_money",
    label=_("posted after the term, waits for a decision"),
    template=_(
        "We have %(amount)s that you paid on %(day)s (application ...%(tail)s). The centre decides "
        "what this money pays for. It stays yours."
    ),
    topic=Topic.MONEY,
    recipient=owner,
    context=lambda pk: _paid(places().get(pk=pk)),
    still_true=lambda pk: stands(Placement.objects.late(), pk),
    many=told_together(_paid, lambda found: that_stand(Placement.objects.late(), found)),
    lifetime=timedelta(days=7),
)
