"""What became of a batch, written in one statement; only by whom the rows still belong to."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connection
from django.utils.translation import gettext_noop

from common import clock
from notifications.models import Lane, Message, MessageStatus

logger = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(seconds=30)
FIRST_PAUSE_OF_AWAITED = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=3)
LONGEST_REASON = 200

SENT_AGAIN = gettext_noop("sent again after no answer: may have come twice")
MAY_HAVE_COME = gettext_noop("no answer came: it may have come")

WORDS = """
UPDATE notifications_message AS message
SET person_id = new.person_id, language = new.language, address = new.address, text = new.text,
    provider = new.provider, taken_possible = new.taken_possible
FROM unnest(%s::bigint[], %s::timestamptz[], %s::bigint[], %s::text[], %s::text[], %s::text[],
    %s::text[], %s::boolean[])
    AS new (id, lease, person_id, language, address, text, provider, taken_possible)
WHERE message.id = new.id AND message.status = 'sending' AND message.lease_until = new.lease
RETURNING message.id
"""
OUTCOMES = """
UPDATE notifications_message AS message
SET status = new.status, lease_until = NULL, reason = new.reason, failure = new.failure,
    secret = CASE WHEN new.status = 'queued' THEN message.secret ELSE '' END,
    provider = new.provider, provider_reference = new.reference, provider_code = new.code,
    taken_possible = new.taken_possible, segments = new.segments, cost = new.cost,
    attempts = new.attempts,
    next_try_at = coalesce(new.next_try_at, message.next_try_at),
    sent_at = CASE WHEN new.status = 'sent' THEN %s ELSE message.sent_at END
FROM unnest(%s::bigint[], %s::timestamptz[], %s::text[], %s::text[], %s::text[], %s::text[],
    %s::text[], %s::text[], %s::boolean[], %s::smallint[], %s::numeric[], %s::smallint[],
    %s::timestamptz[])
    AS new (id, lease, status, reason, failure, provider, reference, code, taken_possible,
        segments, cost, attempts, next_try_at)
WHERE message.id = new.id AND message.status = 'sending' AND message.lease_until = new.lease
RETURNING message.id
"""


@dataclass(frozen=True)
class Outcome:
    """What becomes of a claimed row."""

    row: Message
    status: MessageStatus
    reason: str = ""
    failure: str = ""
    provider: str = ""
    reference: str = ""
    code: str = ""
    taken_possible: bool = False
    cost: Decimal | None = None
    next_try_at: datetime | None = None


def keep_words(rows: Sequence[Message]) -> set[int]:
    """Text, address and the operator that is asked next, before it is: whoever takes the row over
    knows who may have it. Returns the ids of the rows that are still ours."""
    columns = (
        *("pk", "lease_until", "person_id", "language", "address", "text"),
        *("provider", "taken_possible"),
    )
    return _write(WORDS, [], [[getattr(row, name) for name in columns] for row in rows])


def settle(outcomes: Sequence[Outcome]) -> set[int]:
    """Write what became of the rows that are still ours; returns their ids."""
    written = _write(OUTCOMES, [clock.now()], [_columns(one) for one in outcomes])
    for one in outcomes:
        if one.status == MessageStatus.SENT and one.row.pk not in written:
            logger.error("message %s was sent after its lease: it may come twice", one.row.pk)
    return written


def _write(sql: str, first: list, rows: Iterable[list]) -> set[int]:
    columns = [list(column) for column in zip(*rows, strict=True)]
    if not columns:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(sql, [*first, *columns])
        return {pk for [pk] in cursor.fetchall()}


def _columns(one: Outcome) -> list:
    row = one.row
    return [
        *(row.pk, row.lease_until, one.status, one.reason[:LONGEST_REASON], one.failure),
        *(one.provider, one.reference, one.code, one.taken_possible, row.segments, one.cost),
        *(row.attempts, one.next_try_at),
    ]


def put_off(row: Message, reason: str, *, provider: str = "") -> Outcome:
    """It waits; with ``provider`` that one may have it, and is asked again."""
    first = FIRST_PAUSE_OF_AWAITED if row.lane == Lane.AWAITED else FIRST_PAUSE
    next_try = clock.now() + min(first * 2 ** (row.attempts - 1), LONGEST_PAUSE)
    return Outcome(
        row,
        MessageStatus.QUEUED,
        reason,
        provider=provider,
        taken_possible=bool(provider),
        # Its end is worth a visit too: the secret goes then.
        next_try_at=min(next_try, row.expires_at),
    )


def hold(row: Message, until: datetime, reason: str) -> Outcome:
    """It waits for us, not for an operator: that is no attempt."""
    row.attempts -= 1
    return Outcome(
        row,
        MessageStatus.QUEUED,
        reason,
        provider=row.provider,
        taken_possible=row.taken_possible,
        next_try_at=min(until, row.expires_at),
    )
