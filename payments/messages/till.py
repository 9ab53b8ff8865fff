"""What a person hears of the cash desk of the centre; the subject is its payment."""

from datetime import timedelta

from django.utils.translation import gettext_noop as _

from accounts.recipients import recipient_of
from notifications.events import Event, Recipient
from notifications.models import Topic
from payments.messages.about import about
from payments.models import (
    TillPayment,
)
from payments.standing import TRANSIT_DAYS


def _till_payer(payment_id: int) -> Recipient:
    people = TillPayment.objects.values_list("receipt__person_id", flat=True)
    return recipient_of(people.get(pk=payment_id))


def _at_till(payment_id: int) -> dict:
    taken = TillPayment.objects.select_related("receipt__application").get(pk=payment_id)
    return about(
        taken.receipt.application, taken.amount, taken.taken_on + timedelta(days=TRANSIT_DAYS)
    )


TILL_TAKEN = Event(
    code="payments.till_taken",
    topic=Topic.MONEY,
    label=_("paid at the cash desk, on its way"),
    template=_(
        "The cash desk took %(amount)s (application ...%(tail)s). It reaches the Treasury "
        "by %(day)s. Do not pay a second time. Keep the cheque."
    ),
    recipient=_till_payer,
    context=_at_till,
    still_true=lambda pk: TillPayment.objects.unposted().filter(pk=pk).exists(),
)


def _till_former(entry_id: int) -> Recipient:
    people = TillPayment.objects.values_list("corrects__receipt__person_id", flat=True)
    return recipient_of(people.get(pk=entry_id))


def _till_was(entry_id: int) -> dict:
    entry = TillPayment.objects.select_related("corrects__receipt__application").get(pk=entry_id)
    former = entry.corrects
    return about(former.receipt.application, former.amount, former.taken_on)


TILL_CORRECTED = Event(
    code="payments.till_corrected",
    topic=Topic.MONEY,
    label=_("a record of the cash desk is corrected"),
    template=_(
        "We corrected a record of the cash desk: %(amount)s of %(day)s (application ...%(tail)s). "
        "Look into the cabinet or call the hotline."
    ),
    recipient=_till_former,
    context=_till_was,
    lifetime=timedelta(days=7),
)
