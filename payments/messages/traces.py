"""What the statements did not show in seven days; the subject is the search."""

from datetime import timedelta

from django.utils.translation import gettext_noop as _

from accounts.recipients import recipient_of
from notifications.events import Event
from notifications.models import Topic
from payments.messages.about import about
from payments.models import (
    Trace,
)


def _trace(trace_id: int) -> Trace:
    return Trace.objects.select_related("application").get(pk=trace_id)


def _searched(trace_id: int) -> dict:
    trace = _trace(trace_id)
    return about(trace.application, trace.amount, trace.paid_on)


PAYMENT_TRACED = Event(
    code="payments.traced",
    topic=Topic.MONEY,
    label=_("we are looking for the payment"),
    template=_(
        "We are looking for your payment of %(day)s: %(amount)s (application ...%(tail)s). "
        "You need to do nothing. Do not pay a second time."
    ),
    recipient=lambda pk: recipient_of(_trace(pk).application.person_id),
    context=_searched,
    # Once the money is found, that message says more.
    still_true=lambda pk: Trace.objects.open().filter(pk=pk).exists(),
    lifetime=timedelta(days=7),
)
