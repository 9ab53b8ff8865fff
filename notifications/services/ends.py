"""What became of a batch, and what stands in for what came to its end in vain."""

from collections.abc import Iterable

from django.db import transaction

from notifications.models import MessageStatus
from notifications.services import fallback
from notifications.services.outcomes import Outcome, keep_words, settle

IN_VAIN = {MessageStatus.FAILED, MessageStatus.EXPIRED, MessageStatus.UNKNOWN}
# What was sent has its words already.
SHOWN = {*IN_VAIN, MessageStatus.DROPPED}


@transaction.atomic
def end(outcomes: Iterable[Outcome]) -> set[int]:
    """Write them; where a row came to its end in vain, its stand-in is promised in the same breath.
    Returns the ids of the rows that were still ours."""
    outcomes = list(outcomes)
    keep_words([one.row for one in outcomes if one.status in SHOWN])
    written = settle(outcomes)
    in_vain = [one.row.pk for one in outcomes if one.status in IN_VAIN or one.failure]
    if in_vain:
        fallback.stand_in(pk for pk in in_vain if pk in written)
    return written
