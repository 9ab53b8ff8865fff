"""Finding the messages that nobody works on."""

from datetime import timedelta

from django.utils.translation import gettext_noop

from common import clock
from notifications.failures import Failure
from notifications.models import Channel, EarlyReceipt, Lane, Message, MessageStatus
from notifications.services import claiming
from notifications.services.hints import wake, wake_for_letters
from notifications.services.outcomes import SENT_AGAIN

RECEIPT_WITHIN = timedelta(hours=24)

NO_RECEIPT = gettext_noop("no receipt within a day")


def sweep() -> bool:
    """Wake the workers when something is due, take back what the dead held, close those whose
    receipt never came. Says whether somebody was woken."""
    now = clock.now()
    Message.objects.unconfirmed_since(now - RECEIPT_WITHIN).update(
        status=MessageStatus.UNKNOWN, reason=NO_RECEIPT, failure=Failure.NO_RECEIPT
    )
    EarlyReceipt.objects.filter(received_at__lt=now - RECEIPT_WITHIN).delete()
    claiming.take_back(SENT_AGAIN)
    is_due = claiming.is_any_due()
    if is_due:
        wake(Lane.AWAITED)
        wake(Lane.BULK)
    if claiming.is_any_due(Channel.EMAIL):
        wake_for_letters()
    return is_due
