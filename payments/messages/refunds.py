"""What a person hears of money that went back; the subject is the refund."""

from datetime import timedelta

from django.utils.translation import gettext_noop as _

from accounts.recipients import recipient_of
from notifications.events import Event, Recipient
from notifications.models import Topic
from payments.messages.about import about
from payments.models import (
    Refund,
    RefundStatus,
)


def _refund_owner(refund_id: int) -> Recipient:
    people = Refund.objects.values_list("charge__receipt__person_id", flat=True)
    return recipient_of(people.get(pk=refund_id))


def _refund(refund_id: int) -> dict:
    refund = Refund.objects.select_related("charge__application").get(pk=refund_id)
    return about(refund.charge.application, refund.amount)


PAYMENT_REFUNDED = Event(
    code="payments.refunded",
    topic=Topic.MONEY,
    label=_("an online payment is given back"),
    template=_(
        "We gave %(amount)s back to you (application ...%(tail)s). It comes where you paid from. "
        "The months of this payment are not paid now."
    ),
    recipient=_refund_owner,
    context=_refund,
    still_true=lambda pk: Refund.objects.filter(pk=pk, status=RefundStatus.SUCCEEDED).exists(),
    lifetime=timedelta(days=7),
)


SECOND_REFUNDED = Event(
    code="payments.second_refunded",
    topic=Topic.MONEY,
    label=_("money that came twice is given back"),
    template=_(
        "We gave %(amount)s back to you (application ...%(tail)s). It comes where you paid from. "
        "You had paid it twice: the other payment stays."
    ),
    recipient=_refund_owner,
    context=_refund,
    still_true=PAYMENT_REFUNDED.still_true,
    lifetime=timedelta(days=7),
)
