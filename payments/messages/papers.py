"""What a person hears of a paper that is not to be paid any more; the subject is the receipt."""

from datetime import timedelta

from django.utils.translation import gettext_noop as _

from accounts.recipients import recipient_of
from notifications.events import Event, Recipient
from notifications.models import Topic
from payments.models import (
    Receipt,
    ReceiptStatus,
)
from payments.reference import display


def _holder(receipt_id: int) -> Recipient:
    people = Receipt.objects.values_list("person_id", flat=True)
    return recipient_of(people.get(pk=receipt_id))


def _cancelled(receipt_id: int) -> dict:
    receipt = Receipt.objects.select_related("application").get(pk=receipt_id)
    return {
        "tail": receipt.application.number[-3:],
        "receipt": display(receipt.reference),
    }


RECEIPT_CANCELLED = Event(
    code="payments.receipt_cancelled",
    topic=Topic.MONEY,
    label=_("the receipt is cancelled"),
    template=_(
        "Receipt %(receipt)s (application ...%(tail)s) is cancelled. Do not pay it. "
        "Already paid? Do not pay again. The reason is in the cabinet."
    ),
    recipient=_holder,
    context=_cancelled,
    still_true=lambda pk: Receipt.objects.filter(pk=pk, status=ReceiptStatus.CANCELLED).exists(),
    lifetime=timedelta(days=7),
)
