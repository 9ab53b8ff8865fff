"""Which operator gets a message, and what an operator's words mean."""

import random
from collections.abc import Iterable

from django.conf import settings

from notifications.failures import Failure
from notifications.models import MessageStatus
from notifications.providers.aero import SmsAero
from notifications.providers.base import Provider
from notifications.providers.smsru import SmsRu

PROVIDERS: dict[str, type[Provider]] = {p.name: p for p in (SmsAero, SmsRu)}


def in_use() -> list[str]:
    """The operators that the settings name; a name nobody knows takes nobody's messages with it,
    and a check says it."""
    return [name for name in settings.SMS_PROVIDERS if name in PROVIDERS]


def choose(weights: dict[str, int], *, pinned: str = "", tried: Iterable[str] = ()) -> str:
    """The operator that may have the message already, else one by weight; '' when none is left.

    Of those tried in vain none is asked again. With no weight anywhere all are alike: a message
    that nobody takes now is put off by the answer, not by us.
    """
    if pinned:
        return pinned
    left = {name: weight for name, weight in weights.items() if name not in set(tried)}
    if not left:
        return ""
    if not any(left.values()):
        left = dict.fromkeys(left, 1)
    return random.choices(list(left), weights=list(left.values()))[0]


def outcome(provider: str, code: str) -> MessageStatus | None:
    """What a receipt's code means; None while on the way. An unknown code raises KeyError."""
    return PROVIDERS[provider].receipts[code]


def failure_of(provider: str, code: str) -> str:
    """Why it did not arrive, in our words, by the operator's code."""
    return PROVIDERS[provider].failures.get(code, Failure.NOT_DELIVERED)


def receipts_in(provider: str, form) -> Iterable[tuple[str, str]]:
    """(number, code) pairs of a callback; what cannot be read raises ValueError."""
    return PROVIDERS[provider]().receipts_in(form)
