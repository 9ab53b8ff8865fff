"""The operators' shares of the traffic: read by who sends, moved by one writer at a time."""

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q, Sum
from django.db.models.functions import Greatest

from common import clock
from notifications.models import Message, Operator, OperatorMinute
from notifications.models.operators import WHOLE
from notifications.providers import in_use, weighing
from notifications.providers.weighing import Move, Seen, Share

logger = logging.getLogger(__name__)

MINUTE = timedelta(minutes=1)
SLOW = timedelta(minutes=5)  # delivered later than this is slow
LOOKED_BACK = timedelta(minutes=15)
ACCOUNT_AGAIN = timedelta(minutes=5)  # an account that was refused is tried with one message
KEPT = timedelta(days=7)
COUNTED = """
INSERT INTO notifications_operatorminute AS own (provider, minute, sent, errors, slow)
SELECT provider, %s, sent, errors, 0
FROM unnest(%s::text[], %s::int[], %s::int[]) AS seen (provider, sent, errors)
ON CONFLICT (provider, minute)
DO UPDATE SET sent = own.sent + excluded.sent, errors = own.errors + excluded.errors
"""


def current() -> dict[str, int]:
    """The share of each operator in use. One whose account was refused gets none but its trials."""
    names = in_use()
    known = {row.name: row for row in Operator.objects.filter(name__in=names)}
    return {name: _share(known[name]) if name in known else WHOLE for name in names}


def _share(operator: Operator) -> int:
    return operator.weight if operator.refused_at is None else 0


def trial() -> str:
    """The operator that refused our account and is tried again now, '' mostly: every five minutes
    one of the askers carries it out, with one message."""
    now = clock.now()
    waited = Operator.objects.filter(name__in=in_use(), refused_at__lte=now - ACCOUNT_AGAIN)
    for name in waited.order_by("refused_at").values_list("name", flat=True):
        if waited.filter(name=name).update(refused_at=now):
            return name
    return ""


def note(*, sent: Counter, errors: Counter, refused: Iterable[str] = ()) -> None:
    """Count a batch's answers: handed over, and in trouble; whose account was refused gets none."""
    names = sorted({*sent, *errors})
    if names:
        counts = [[sent[name] for name in names], [errors[name] for name in names]]
        with connection.cursor() as cursor:
            cursor.execute(COUNTED, [_minute(clock.now()), names, *counts])
    for name in sorted(set(refused)):
        _account_refused(name)
    _account_accepted([name for name in sent if name not in set(refused)])


def _account_refused(name: str) -> None:
    now = clock.now()
    operator, _is_new = Operator.objects.get_or_create(name=name)
    first = Operator.objects.filter(pk=operator.pk, refused_at=None)
    if first.update(refused_at=now, weight=0, moved_at=now, quiet_since=now):
        logger.error("the SMS operator %s refused our account: it gets no messages", name)


def _account_accepted(names: Iterable[str]) -> None:
    back = Operator.objects.filter(name__in=names, refused_at__isnull=False)
    back.update(refused_at=None, weight=Greatest(F("weight"), weighing.TRIAL), moved_at=clock.now())


@transaction.atomic
def move() -> dict[str, int]:
    """Move the shares by what was seen; returns the new ones of those that moved.

    The lock makes the second of two movers see what the first has moved and when.
    """
    now = clock.now()
    _introduce()
    operators = list(_locked())
    moved = weighing.moves({o.name: _as_share(o) for o in operators}, _seen(now), now)
    for operator in operators:
        if operator.name in moved:
            _write(operator, moved[operator.name], now)
    return {name: move.weight for name, move in moved.items()}


def _introduce() -> None:
    rows = [Operator(name=name) for name in in_use()]
    Operator.objects.bulk_create(rows, ignore_conflicts=True)


def _locked():
    used = Operator.objects.filter(name__in=in_use())
    return used.select_for_update().order_by("name")


def _as_share(operator: Operator) -> Share:
    return Share(
        weight=operator.weight,
        resting=operator.resting,
        moved_at=operator.moved_at,
        quiet_since=operator.quiet_since,
        refused=operator.refused_at is not None,
    )


def _write(operator: Operator, move: Move, now: datetime) -> None:
    logger.warning("operator %s: weight %s to %s", operator.name, operator.weight, move.weight)
    operator.weight, operator.moved_at = move.weight, now
    if move.is_trouble:
        operator.quiet_since = now
    operator.save(update_fields=["weight", "moved_at", "quiet_since"])


def _seen(now: datetime) -> dict[str, Seen]:
    """The running minute and the one before it; slowness of a quarter of an hour, measured."""
    fresh = Q(minute__gte=_minute(now) - MINUTE)
    measured = Q(minute__lt=_minute(now) - SLOW)
    rows = (
        OperatorMinute.objects.filter(minute__gte=_minute(now) - SLOW - LOOKED_BACK)
        .values("provider")
        .annotate(
            fresh_sent=Sum("sent", filter=fresh, default=0),
            fresh_errors=Sum("errors", filter=fresh, default=0),
            measured=Sum("sent", filter=measured, default=0),
            late=Sum("slow", filter=measured, default=0),
        )
    )
    return {
        row["provider"]: Seen(row["fresh_sent"], row["fresh_errors"], row["measured"], row["late"])
        for row in rows
    }


def measure() -> None:
    """Of the minute that was over five minutes ago: how many still wait for their delivery."""
    minute = _minute(clock.now()) - SLOW - MINUTE
    for name in in_use():
        late = Message.objects.unconfirmed_within(name, minute, minute + MINUTE).count()
        OperatorMinute.objects.filter(provider=name, minute=minute).update(slow=late)


def forget() -> None:
    OperatorMinute.objects.filter(minute__lt=clock.now() - KEPT).delete()


def _minute(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0)
