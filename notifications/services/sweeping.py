"""Finding the messages that nobody works on."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_noop

from common import clock
from notifications.failures import Failure
from notifications.models import Channel, EarlyReceipt, Lane, Message, MessageStatus
from notifications.services import claiming, fallback
from notifications.services.hints import wake, wake_for_letters
from notifications.services.outcomes import SENT_AGAIN

RECEIPT_WITHIN = timedelta(hours=24)
CLOSED_AT_ONCE = 500

NO_RECEIPT = gettext_noop("no receipt within a day")


@transaction.atomic
def _close_unconfirmed(now: datetime) -> None:
    """Nobody knows whether they arrived: a letter stands in where there is an e-mail."""
    rows = Message.objects.unconfirmed_since(now - RECEIPT_WITHIN).order_by("sent_at")
    rows = rows.select_for_update(skip_locked=True, of=("self",))
    found = list(rows.values_list("pk", flat=True)[:CLOSED_AT_ONCE])
    Message.objects.filter(pk__in=found).update(
        status=MessageStatus.UNKNOWN, reason=NO_RECEIPT, failure=Failure.NO_RECEIPT
    )
    fallback.stand_in(found)


def sweep() -> bool:
    """Wake the workers when something is due, take back what the dead held, close those whose
    receipt never came. Says whether somebody was woken."""
    now = clock.now()
    _close_unconfirmed(now)
    EarlyReceipt.objects.filter(received_at__lt=now - RECEIPT_WITHIN).delete()
    claiming.take_back(SENT_AGAIN)
    is_due = claiming.is_any_due()
    if is_due:
        wake(Lane.AWAITED)
        wake(Lane.BULK)
    if claiming.is_any_due(Channel.EMAIL):
        wake_for_letters()
    return is_due
