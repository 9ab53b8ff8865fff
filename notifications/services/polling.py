"""Asking the operators about messages whose receipt did not come."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from common import clock
from common.batches import batches
from notifications import providers, wire
from notifications.models import Message
from notifications.services import receipts
from notifications.services.sending import let_go_of_the_database

logger = logging.getLogger(__name__)

# After the hand-over; the last one stands before a day without a receipt ends the waiting.
STEPS = [
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=23),
]
LONGEST = timedelta(hours=24)
QUESTIONS = 100  # to one operator in one run


def poll() -> int:
    """Ask about what is due; returns how many answers were learned. Two runs take different rows.

    A row is put to its next step before the question: who dies over it asks nothing twice.
    """
    return sum(_ask_all(name) for name in settings.SMS_PROVIDERS)


def _ask_all(name: str) -> int:
    provider = providers.PROVIDERS[name]()
    learned = 0
    for references in batches(_due(name, provider.asked_at_once), provider.asked_at_once):
        try:
            learned += _ask(provider, list(references))
        except providers.SmsUnavailable as trouble:
            logger.warning("the operator %s says nothing of our messages: %s", name, trouble)
            break
    return learned


def _ask(provider: providers.Provider, references: list[str]) -> int:
    let_go_of_the_database()
    pairs = provider.read_statuses(*wire.post(provider.question_of(references)))
    return sum(
        receipts.apply(provider.name, number, code)
        for number, code in pairs
        if number in references
    )


@transaction.atomic
def _due(name: str, at_once: int) -> list[str]:
    now = clock.now()
    rows = Message.objects.to_ask_about(name, now, now - STEPS[0], now - LONGEST)
    found = list(rows.select_for_update(skip_locked=True)[: QUESTIONS * at_once])
    for message in found:
        message.next_try_at = _next_step(message.sent_at, now)
    Message.objects.bulk_update(found, ["next_try_at"], batch_size=500)
    return [message.provider_reference for message in found]


def _next_step(sent_at: datetime, now: datetime) -> datetime:
    return next((sent_at + step for step in STEPS if sent_at + step > now), sent_at + LONGEST)
