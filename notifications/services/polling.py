"""Asking the operators about messages whose receipt did not come."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction

from common import clock
from common.batches import batches
from notifications import providers, wire
from notifications.models import Message
from notifications.services import receipts
from notifications.services.mishaps import log_mishap
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
AT_ONCE = 50  # messages, or as many as fit into one question
LONGEST_SECONDS = 40  # of all questions to one operator; the next run goes on


def poll() -> int:
    """Ask about what is due; returns how many answers were learned. Two runs take different rows.

    A row is put to its next step before the question: who dies over it asks nothing twice.
    """
    with wire.Wire() as line:
        return sum(_ask_all(line, providers.PROVIDERS[name]()) for name in providers.in_use())


def _ask_all(line: wire.Wire, provider: providers.Provider) -> int:
    """Many at once, until nothing is due; one that answers nothing is left until the next run."""
    until, learned = monotonic() + LONGEST_SECONDS, 0
    while monotonic() < until and (due := _due(provider)):
        heard = [one for one in _ask(line, provider, due) if one is not None]
        learned += sum(heard)
        if not heard:
            break
    return learned


def _ask(line: wire.Wire, provider: providers.Provider, due: list[str]) -> Iterator[int | None]:
    """Of each question how many words it brought; None where there was no answer."""
    let_go_of_the_database()
    asked = list(batches(due, provider.asked_at_once))
    answers = line.post_all([provider.question_of(list(references)) for references in asked])
    for references, answer in zip(asked, answers, strict=True):
        try:
            pairs = _read(provider, answer)
        except (providers.SmsUnavailable, providers.SmsRejected) as trouble:
            logger.warning("operator %s says nothing of our messages: %s", provider.name, trouble)
            yield None
        except Exception as error:
            log_mishap(f"a question to {provider.name}", error)
            yield None
        else:
            yield receipts.learn(provider.name, [pair for pair in pairs if pair[0] in references])


def _read(provider: providers.Provider, answer: wire.Answer | Exception) -> list[tuple[str, str]]:
    if isinstance(answer, Exception):
        raise answer
    return provider.read_statuses(*answer)


@transaction.atomic
def _due(provider: providers.Provider) -> list[str]:
    now = clock.now()
    rows = Message.objects.to_ask_about(provider.name, now, now - STEPS[0], now - LONGEST)
    most = max(AT_ONCE, provider.asked_at_once)
    found = list(rows.select_for_update(skip_locked=True)[:most])
    for message in found:
        message.next_try_at = _next_step(message.sent_at, now)
    Message.objects.bulk_update(found, ["next_try_at"], batch_size=500)
    return [message.provider_reference for message in found]


def _next_step(sent_at: datetime, now: datetime) -> datetime:
    return next((sent_at + step for step in STEPS if sent_at + step > now), sent_at + LONGEST)
