"""Whose row it is: claimed with a lease by the database's own clock, taken back when it is over.

The clock is the database's, as those of two machines differ; when a message is due, and when it is
useless, are facts of the portal and follow its own.
"""

from collections.abc import Collection, Iterable

from django.conf import settings
from django.db import connection

from common import clock
from notifications.models import Channel, Lane, Message
from notifications.quiet import is_quiet

TAKEN_BACK_AT_ONCE = 1000

# Materialized: else the planner may run the locking part more than once and lock more rows.
_CLAIM = """
WITH due AS MATERIALIZED ({due} FOR UPDATE SKIP LOCKED)
UPDATE notifications_message AS message
SET status = 'sending', attempts = attempts + 1,
    lease_until = clock_timestamp() + make_interval(secs => %(lease)s)
FROM due WHERE message.id = due.id RETURNING message.*
"""
CLAIM_DUE = _CLAIM.format(
    due="""SELECT id FROM notifications_message
    WHERE status = 'queued' AND channel = 'sms' AND next_try_at <= %(now)s
        AND lane <= %(last_lane)s
        AND (lane <> ALL(%(shut_lanes)s) AND event <> ALL(%(shut_events)s)
            OR lane = 0 AND expires_at <= %(now)s)
    ORDER BY lane, next_try_at, id LIMIT %(limit)s"""
)
CLAIM_LETTERS = _CLAIM.format(
    due="""SELECT id FROM notifications_message
    WHERE status = 'queued' AND channel = 'email' AND next_try_at <= %(now)s
        AND lane <= %(last_lane)s
    ORDER BY lane, next_try_at, id LIMIT %(limit)s"""
)
CLAIM_THESE = _CLAIM.format(
    due="""SELECT id FROM notifications_message
    WHERE status = 'queued' AND id = ANY(%(ids)s) ORDER BY id"""
)
TAKE_BACK = """
UPDATE notifications_message
SET status = 'queued', lease_until = NULL, next_try_at = LEAST(next_try_at, %(now)s),
    reason = CASE WHEN taken_possible THEN %(again)s ELSE reason END
WHERE id IN (
    SELECT id FROM notifications_message
    WHERE status = 'sending' AND lease_until < clock_timestamp()
    ORDER BY id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
)
"""
IS_DUE = """
SELECT EXISTS (
    SELECT FROM notifications_message
    WHERE status = 'queued' AND channel = %(channel)s AND next_try_at <= %(now)s
        AND lane <= %(last_lane)s
)
"""


def claim_due(
    *, last_lane: int, shut_lanes: Collection[int] = (), shut_events: Collection[str] = ()
) -> list[Message]:
    """The next rows that are due, those that somebody waits for first; nobody else has them.

    A code that is too old is one of them though its lane is shut: its secret is erased.
    """
    wanted = {
        "now": clock.now(),
        "last_lane": last_lane,
        "shut_lanes": list(shut_lanes),
        "shut_events": list(shut_events),
        "limit": settings.SMS_AT_ONCE,
    }
    return _claimed(CLAIM_DUE, wanted)


def claim_letters(limit: int) -> list[Message]:
    """The next letters that are due; at night those only that somebody waits for."""
    wanted = {"now": clock.now(), "last_lane": last_lane_now(), "limit": limit}
    return _claimed(CLAIM_LETTERS, wanted)


def claim_these(ids: Iterable[int]) -> list[Message]:
    """These rows, due or not, of those that wait."""
    return _claimed(CLAIM_THESE, {"ids": list(ids)})


def _claimed(sql: str, wanted: dict) -> list[Message]:
    rows = Message.objects.raw(sql, {**wanted, "lease": settings.SMS_LEASE_SECONDS})
    return sorted(rows, key=lambda row: (row.lane, row.next_try_at, row.pk))


def take_back(again: str) -> int:
    """Rows whose worker died wait again; ``again`` is said of those that an operator may have."""
    with connection.cursor() as cursor:
        wanted = {"now": clock.now(), "again": again, "limit": TAKEN_BACK_AT_ONCE}
        cursor.execute(TAKE_BACK, wanted)
        return cursor.rowcount


def last_lane_now() -> int:
    """At night only what somebody waits for goes."""
    return Lane.AWAITED if is_quiet(clock.now()) else Lane.BULK


def is_any_due(channel: Channel = Channel.SMS) -> bool:
    wanted = {"now": clock.now(), "last_lane": last_lane_now(), "channel": channel.value}
    with connection.cursor() as cursor:
        cursor.execute(IS_DUE, wanted)
        return cursor.fetchone()[0]
