"""The Ministry over HTTP, behind a small protocol."""

import json
import time
from dataclasses import dataclass
from typing import Any, Protocol

import requests
from django.conf import settings

from patents.feed.errors import FeedUnavailable
from patents.models import FeedTrouble

ITEMS_A_PAGE = 200
LARGEST_ANSWER = 8 * 1024 * 1024
LONGEST_CURSOR = 200
CHUNK = 64 * 1024
REFUSALS = frozenset({401, 403})


@dataclass(frozen=True, slots=True)
class Page:
    """Items as they were sent, sensible or not, and where the next question begins."""

    items: list[Any]
    next: str
    more: bool


class Ministry(Protocol):
    """Raises FeedUnavailable for anything but a whole page."""

    def facts(self, after: str) -> Page: ...


def current() -> Ministry:
    return HttpMinistry(settings.MINISTRY_URL, settings.MINISTRY_TOKEN)


class HttpMinistry:
    def __init__(self, url: str, token: str):
        self.url = url.rstrip("/")
        self.token = token

    def facts(self, after: str) -> Page:
        try:
            return _page(self._body(after))
        except requests.RequestException as error:
            raise FeedUnavailable(FeedTrouble.NO_ANSWER) from error

    def _body(self, after: str) -> bytes:
        with requests.get(
            f"{self.url}/facts",
            params={"after": after, "limit": ITEMS_A_PAGE},
            headers={"Authorization": f"Bearer {self.token}", "Accept": "application/json"},
            timeout=settings.OUTSIDE_TIMEOUT_SECONDS,
            allow_redirects=False,
            stream=True,
        ) as answer:
            if answer.status_code in REFUSALS:
                raise FeedUnavailable(FeedTrouble.REFUSED)
            if answer.status_code != requests.codes.ok:
                raise FeedUnavailable(FeedTrouble.ERROR)
            return _read(answer)


def _read(answer: requests.Response) -> bytes:
    """The body; who sends without end, or a sign a minute, is cut short."""
    deadline = time.monotonic() + settings.OUTSIDE_TIMEOUT_SECONDS
    body = b""
    for chunk in answer.iter_content(CHUNK):
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise FeedUnavailable(FeedTrouble.TOO_LARGE)
        if time.monotonic() > deadline:
            raise FeedUnavailable(FeedTrouble.NO_ANSWER)
    return body


def whole_number(digits: str) -> int | str:
    """A number that no machine counts with stays text: one such item must not spoil a page."""
    return int(digits) if len(digits) < 20 else digits


def _page(body: bytes) -> Page:
    try:
        answer = json.loads(body, parse_int=whole_number)
        page = Page(answer["items"], answer["next"], answer["more"])
    except (ValueError, RecursionError, TypeError, LookupError) as error:
        raise FeedUnavailable(FeedTrouble.NOT_DATA) from error
    if not _is_whole(page):
        raise FeedUnavailable(FeedTrouble.NOT_DATA)
    return page


def _is_whole(page: Page) -> bool:
    return (
        isinstance(page.items, list)
        and isinstance(page.next, str)
        and page.next.isprintable()
        and len(page.next) <= LONGEST_CURSOR
        and isinstance(page.more, bool)
    )
