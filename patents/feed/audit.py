"""Proves that no item was lost: each is in one state, what is applied stands, more may come."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count

from common import clock
from patents.feed.items import key_of
from patents.feed.standing import stands
from patents.models import FeedItem, FeedState, FeedStatus, News

SETTLED_WITHIN = timedelta(minutes=10)
AT_ONCE = 1000  # items whose applications are read together


@dataclass(frozen=True)
class Audit:
    total: int
    by_state: dict[str, int]
    troubles: list[str]


def audit() -> Audit:
    rows = FeedItem.objects.order_by().values_list("status").annotate(count=Count("pk"))
    by_state = dict.fromkeys(FeedStatus.values, 0) | dict(rows)
    total = FeedItem.objects.count()
    troubles = [] if sum(by_state.values()) == total else [f"{total} items, other sum of states"]
    return Audit(total, by_state, troubles + _left() + _untold() + _altered() + _silence())


def _silence() -> list[str]:
    """A feed that stopped loses nothing that we have, and everything that we should have."""
    return [
        f"no answer since {feed.answered_at or feed.created_at:%Y-%m-%d %H:%M} UTC"
        for feed in FeedState.objects.silent()
    ]


def _left() -> list[str]:
    """Items that nobody has looked at for too long."""
    long_ago = clock.now() - SETTLED_WITHIN
    left = FeedItem.objects.received().filter(received_at__lt=long_ago)
    return [f"item {pk}: received and not settled" for pk in left.values_list("pk", flat=True)]


def _untold() -> list[str]:
    """Applied items whose fact stands nowhere, or with another day, number or wording."""
    applied = FeedItem.objects.filter(status=FeedStatus.APPLIED).order_by("pk")
    rows = applied.select_related("application__person", "application__patent")
    rows = rows.prefetch_related("application__steps", "application__person__inns")
    news = dict(News.objects.values_list("key", "digest"))
    return [
        f"item {row.pk}: its fact stands nowhere"
        for row in rows.iterator(chunk_size=AT_ONCE)
        if not stands(row, news)
    ]


def _altered() -> list[str]:
    """Items that are not as they were sent."""
    rows = FeedItem.objects.order_by("pk").values_list("pk", "digest", "payload")
    return [
        f"item {pk}: not as it was sent"
        for pk, digest, payload in rows.iterator()
        if key_of(payload) != digest
    ]
