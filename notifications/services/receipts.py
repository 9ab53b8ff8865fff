"""What operators say became of a message, in whatever order they say it."""

import logging
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_noop

from common import clock
from notifications import providers
from notifications.failures import Failure
from notifications.models import EarlyReceipt, Message, MessageStatus
from notifications.models.messages import MessageQuerySet
from notifications.services import fallback

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
        return bool(waiting.update(status=status, delivered_at=clock.now(), failure=""))
    return _failed(waiting, f"{provider}: {code}", providers.failure_of(provider, code), code)


@transaction.atomic
def _failed(waiting: MessageQuerySet, reason: str, failure: str, code: str) -> bool:
    """What may stand in for it is promised in the same breath."""
    rows = list(waiting.select_for_update().values_list("pk", flat=True))
    Message.objects.filter(pk__in=rows).update(
        status=MessageStatus.FAILED, reason=reason, failure=failure, provider_code=code
    )
    fallback.stand_in(rows)
    return bool(rows)
