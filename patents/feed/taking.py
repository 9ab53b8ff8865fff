"""Keeps what came, exactly as it came. Nothing is decided here, and nothing is left out."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from common import clock
from patents.feed.client import Page, whole_number
from patents.feed.errors import NotAFeedFile
from patents.feed.items import KINDS, NotAFact, as_text, key_of, parse
from patents.models import FeedItem, FeedState, FeedStatus, Source

MINISTRY = "ministry"


@transaction.atomic
def take_page(page: Page, after: str) -> bool:
    """Items and cursor in one transaction; False when another worker was faster."""
    state = FeedState.objects.select_for_update().get(name=MINISTRY)
    if state.cursor != after:
        return False
    now = clock.now()
    keep(page.items, Source.MINISTRY, now)
    state.cursor, state.asked_at, state.answered_at = page.next, now, now
    state.failing_since, state.trouble, state.alarmed_at = None, "", None
    state.save()
    return True


@transaction.atomic
def take_file(content: bytes) -> tuple[int, int]:
    """How many items a file has, and how many of them are new. Raises NotAFeedFile."""
    items = _lines(content)
    return len(items), keep(items, Source.FILE, clock.now())


def keep(items: Iterable[Any], source: Source, received_at: datetime) -> int:
    """Store each item once, however often and by whatever way it comes; how many are new."""
    rows = {}
    for item in items:
        row = _row(as_text(item))
        row.source, row.received_at = source, received_at
        rows.setdefault(row.digest, row)
    known = FeedItem.objects.filter(digest__in=list(rows)).count()
    FeedItem.objects.bulk_create(rows.values(), ignore_conflicts=True, batch_size=500)
    return len(rows) - known


def read_again(row: FeedItem) -> None:
    """What an item says to the portal as it is now; whom staff assigned it to stays."""
    fresh = _row(row.payload)
    for name in ("kind", "number", "news_key", "occurred_on", "recorded_at", "status", "reason"):
        setattr(row, name, getattr(fresh, name))
    row.detail = ""
    row.save()


def _row(text: str) -> FeedItem:
    row = FeedItem(digest=key_of(text), payload=text)
    try:
        fact = parse(text)
    except NotAFact as refusal:
        row.status, row.reason = FeedStatus.BAD, refusal.reason
        row.kind, row.number = _what_can_be_read(text)
        return row
    row.kind = json.loads(text)["kind"]
    row.number = getattr(fact, "application", "")
    row.news_key = getattr(fact, "news", "")
    row.occurred_on, row.recorded_at = fact.occurred, fact.recorded_at
    return row


def _what_can_be_read(text: str) -> tuple[str, str]:
    """Kind and application of a bad item, so that staff find it; empty where there is none."""
    item = json.loads(text)
    if not isinstance(item, dict):
        return "", ""
    kind, number = item.get("kind"), item.get("application")
    readable = isinstance(number, str) and number.isascii() and number.isdigit()
    return (
        kind if isinstance(kind, str) and kind in KINDS else "",
        number if readable and len(number) <= 10 else "",
    )


def _lines(content: bytes) -> list:
    """An item a line. Among them a line that is no JSON is a bad item, as any other."""
    try:
        lines = content.decode("utf-8-sig").split("\n")  # other ends of lines may stand in texts
    except UnicodeDecodeError:
        raise NotAFeedFile from None
    items = [_item(line) for line in lines if line.strip()]
    if not any(isinstance(item, dict) for item in items):
        raise NotAFeedFile
    return items


def _item(line: str) -> Any:
    try:
        return json.loads(line, parse_int=whole_number)
    except (ValueError, RecursionError):
        return line
