"""Texts kept in the cache for a while; it may be away: then nothing is kept and nothing breaks."""

import json
import logging
from time import monotonic

from django.core.cache import cache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
AWAY = (RedisError, OSError)
PAUSE_SECONDS = 10  # a cache that does not answer must not slow every page down
_quiet_until = 0.0


class Json:
    """What stands in the cache is read as text, never run: whoever writes there gains nothing."""

    def dumps(self, value) -> bytes:
        return json.dumps(value, ensure_ascii=False).encode()

    def loads(self, text: bytes):
        return json.loads(text)


def kept(key: str):
    """What was kept under the key; None when nothing was, or when the cache is away."""
    return _tried(cache.get, key)


def keep(key: str, value, seconds: int) -> None:
    _tried(cache.set, key, value, seconds)


def _tried(deed, *arguments):
    global _quiet_until
    if monotonic() < _quiet_until:
        return None
    try:
        return deed(*arguments)
    except AWAY:
        logger.warning("cache does not answer")
        _quiet_until = monotonic() + PAUSE_SECONDS
        return None
