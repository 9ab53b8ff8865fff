"""What operators say became of a message, in whatever order they say it."""

import logging
from collections.abc import Callable, Iterable

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext_noop

from common import clock
from notifications import providers
from notifications.failures import Failure
from notifications.models import EarlyReceipt, Message, MessageStatus
from notifications.models.messages import MessageQuerySet
from notifications.services import fallback
from notifications.services.mishaps import log_mishap

logger = logging.getLogger(__name__)

BAD_RECEIPT = gettext_noop("unknown code of a receipt")


def receive_receipt(provider: str, reference: str, code: str) -> None:
    """Take an operator's word about a message; early, late, doubled or unknown are all fine.

    A receipt can overtake our own commit. It is then kept, and looked for again by both sides
    after each has written its own row, so one of the two always sees the other.
    """
    if apply(provider, reference, code):
        return
    if Message.objects.filter(provider=provider, provider_reference=reference).exists():
        return
    EarlyReceipt.objects.get_or_create(provider=provider, reference=reference, code=code)
    apply(provider, reference, code)


def receive_receipts(provider: str, pairs: Iterable[tuple[str, str]]) -> None:
    """All receipts of one callback; see `receive_receipt`."""
    for number, code in pairs:
        _by_itself(receive_receipt, provider, number, code)


def learn(provider: str, pairs: Iterable[tuple[str, str]]) -> int:
    """What an operator answered to a question; returns of how many messages that was a word."""
    return sum(bool(_by_itself(apply, provider, number, code)) for number, code in pairs)


def _by_itself(take: Callable[..., bool | None], *receipt: str) -> bool | None:
    """One that fails harms no other; without the database the operator has to say it again."""
    try:
        return take(*receipt)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        log_mishap(f"a receipt of {receipt[0]}", error)
        return None


def meet_early_receipts(taken: Iterable[providers.Taken]) -> None:
    """Those that came before these numbers were written; one question for all of them."""
    known = {(one.provider, one.reference) for one in taken if one.reference}
    early = EarlyReceipt.objects.filter(reference__in=[number for _name, number in known])
    for receipt in early.order_by("pk") if known else ():
        if (receipt.provider, receipt.reference) in known:
            apply(receipt.provider, receipt.reference, receipt.code)
            receipt.delete()


def apply(provider: str, reference: str, code: str) -> bool:
    """True when a message waited for this; nothing moves back from delivered or failed."""
    waiting = Message.objects.awaiting_receipt(provider, reference)
    try:
        status = providers.outcome(provider, code)
    except KeyError:
        logger.error("unknown receipt code %r of %s", code, provider)
        return _failed(waiting, BAD_RECEIPT, Failure.UNKNOWN_CODE, code)
    if status is None:
        return waiting.exists()
    if status == MessageStatus.DELIVERED:
        return bool(_arrived(waiting))
    return _failed(waiting, f"{provider}: {code}", providers.failure_of(provider, code), code)


def _arrived(waiting: MessageQuerySet) -> int:
    """That it may have come twice stays said; that no receipt came is no longer so."""
    silent = When(failure=Failure.NO_RECEIPT, then=Value(""))
    return waiting.update(
        status=MessageStatus.DELIVERED,
        delivered_at=clock.now(),
        failure="",
        reason=Case(silent, default=F("reason")),
    )


@transaction.atomic
def _failed(waiting: MessageQuerySet, reason: str, failure: str, code: str) -> bool:
    """What may stand in for it is promised in the same breath."""
    rows = list(waiting.select_for_update().values_list("pk", flat=True))
    Message.objects.filter(pk__in=rows).update(
        status=MessageStatus.FAILED, reason=reason, failure=failure, provider_code=code
    )
    fallback.stand_in(rows)
    return bool(rows)
