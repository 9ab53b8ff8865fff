"""Finding the messages that nobody works on."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_noop

from common import clock
from notifications.models import EarlyReceipt, Message, MessageStatus
from notifications.services.delivery import LEASE, SENT_AGAIN
from notifications.services.promises import send_on

RECEIPT_WITHIN = timedelta(hours=24)
SWEEP_AT_ONCE = 500

NO_RECEIPT = gettext_noop("no receipt within a day")


def sweep() -> int:
    """Send on their way the messages nobody works on, close those whose receipt never came.

    Returns how many were sent on. Two sweeps at once take different rows.
    """
    now = clock.now()
    Message.objects.unconfirmed_since(now - RECEIPT_WITHIN).update(
        status=MessageStatus.UNKNOWN, reason=NO_RECEIPT
    )
    EarlyReceipt.objects.filter(received_at__lt=now - RECEIPT_WITHIN).delete()
    found = _take_lost(now)
    send_on(found)
    return len(found)


@transaction.atomic
def _take_lost(now) -> list[int]:
    """The next sweep leaves these alone for a lease, so that a queue that is slow stays short."""
    lost = Message.objects.lost(now).order_by("next_try_at", "pk")
    rows = lost.select_for_update(skip_locked=True).values_list("pk", "status")
    found = list(rows[:SWEEP_AT_ONCE])
    abandoned = [pk for pk, status in found if status == MessageStatus.SENDING]
    Message.objects.filter(pk__in=abandoned).update(
        status=MessageStatus.QUEUED, lease_until=None, reason=SENT_AGAIN
    )
    Message.objects.filter(pk__in=[pk for pk, _ in found]).update(next_try_at=now + LEASE)
    return [pk for pk, _ in found]
