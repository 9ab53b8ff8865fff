"""Asks the Ministry what is new; tells staff, once, when it stays silent."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from common import clock
from patents.feed import client
from patents.feed.errors import FeedUnavailable
from patents.feed.settling import settle
from patents.feed.taking import MINISTRY, take_page
from patents.models import FeedState, FeedTrouble

logger = logging.getLogger(__name__)

PAGES_AT_ONCE = 50  # the rest comes with the next run


def poll() -> None:
    """Take what is new and bring everything to it; without an address only the latter."""
    if settings.MINISTRY_URL:
        _ask()
    settle()


def _ask() -> None:
    state, _is_new = FeedState.objects.get_or_create(name=MINISTRY)
    try:
        _take_pages(client.current(), state.cursor)
    except FeedUnavailable as error:
        _remember(error.trouble)


def _take_pages(ministry: client.Ministry, cursor: str) -> None:
    for _number in range(PAGES_AT_ONCE):
        page = ministry.facts(cursor)
        if not take_page(page, cursor) or not page.more or page.next == cursor:
            return
        cursor = page.next


@transaction.atomic
def _remember(trouble: FeedTrouble) -> None:
    state = FeedState.objects.select_for_update().get(name=MINISTRY)
    now = clock.now()
    state.asked_at, state.trouble = now, trouble
    state.failing_since = state.failing_since or now
    silence = timedelta(minutes=settings.MINISTRY_SILENT_MINUTES)
    if state.alarmed_at is None and now - state.failing_since >= silence:
        state.alarmed_at = now
        logger.error("the feed of the Ministry is silent: %s", trouble.value)
    state.save()
