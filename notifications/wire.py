"""Many requests to operators at once, on one event loop. Nothing here touches the database."""

import asyncio
import math
from collections.abc import Sequence
from types import TracebackType

import aiohttp
from django.conf import settings

from notifications.providers import Request, SmsUnanswered, SmsUnavailable, SmsUnreachable

LONGEST_ANSWER = 64 * 1024
CONNECT_SECONDS = 5
KEPT_SECONDS = 1.5  # a server closes what is idle: a request must not leave into a closed line

Answer = tuple[int, bytes]


class Wire:
    """Lines to the operators, kept while many batches are sent. Made where it is used: an event
    loop of one process, or thread, is of no use in another."""

    def __enter__(self) -> "Wire":
        self._loop = asyncio.Runner()
        self._session: aiohttp.ClientSession | None = None
        return self

    def __exit__(self, kind: type | None, error: Exception | None, at: TracebackType | None):
        if self._session is not None:
            self._loop.run(self._session.close())
        self._loop.close()

    def post_all(self, requests: Sequence[Request]) -> list[Answer | Exception]:
        """An answer, or what went wrong, for each request, all of them asked at once.

        What goes wrong is an `SmsUnavailable`, or a mistake of ours with this one request. None
        takes longer than OUTSIDE_TIMEOUT_SECONDS, however slowly an operator drips.
        """
        return self._loop.run(self._all(requests))

    async def _all(self, requests: Sequence[Request]) -> list[Answer | Exception]:
        if self._session is None:
            self._session = _session()
        asked = (_post(self._session, request) for request in requests)
        return await asyncio.gather(*asked, return_exceptions=True)


def post(request: Request) -> Answer:
    """One request on a line of its own; raises what went wrong."""
    with Wire() as wire:
        [answer] = wire.post_all([request])
    if isinstance(answer, Exception):
        raise answer
    return answer


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=KEPT_SECONDS),
        cookie_jar=aiohttp.DummyCookieJar(),
    )


def _timeout(request: Request) -> aiohttp.ClientTimeout:
    total = min(request.seconds or math.inf, settings.OUTSIDE_TIMEOUT_SECONDS)
    return aiohttp.ClientTimeout(total=total, sock_connect=min(CONNECT_SECONDS, total))


async def _post(session: aiohttp.ClientSession, request: Request) -> Answer | SmsUnavailable:
    headers = {"Authorization": aiohttp.encode_basic_auth(*request.auth)} if request.auth else {}
    said = {"data": request.form, "json": request.json, "headers": headers}
    said["timeout"] = _timeout(request)
    try:
        async with session.post(request.url, **said, allow_redirects=False) as response:
            return response.status, await _body(response)
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
        # Only the kind goes on: the error carries the request, and the request carries the phone.
        return SmsUnreachable("no connection")
    except (aiohttp.ClientError, TimeoutError, OSError):
        return SmsUnanswered("no answer")


async def _body(response: aiohttp.ClientResponse) -> bytes:
    """All of it; of more than an operator ever answers, what is read so far."""
    try:
        return await response.content.readexactly(LONGEST_ANSWER)
    except asyncio.IncompleteReadError as end:
        return end.partial
