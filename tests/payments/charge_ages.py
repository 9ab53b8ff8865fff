"""Charges that grow old, and what a charge has done, in tests."""

from datetime import timedelta

from accounts.models import TimelineEntry
from notifications.models import Message
from payments.models import Charge


def age(charge: Charge, **by) -> None:
    Charge.objects.filter(pk=charge.pk).update(created_at=charge.created_at - timedelta(**by))


def effects() -> tuple[int, int]:
    """Messages and timeline entries of taken payments."""
    taken = TimelineEntry.objects.filter(kind="payments.taken")
    return Message.objects.filter(event="payments.taken").count(), taken.count()
