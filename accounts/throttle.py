"""Who may try a password: decided before any hash is computed.

Two axes. The account: the number as it was typed, known or not; a device that the account has used
has a count of its own, so that a stranger's tries do not count against its owner. The source: the
address; a dormitory shares one, so it only leads to the picture code and never to a closed door.

Above both, a breaker: one password tried on many accounts from many places touches neither axis.
When too many tries fail in a minute, everybody but a device known to the account gets the picture
code, until a quarter of an hour passed without such a minute.
"""

import logging
from datetime import timedelta
from enum import Enum

from django.conf import settings
from django.core.exceptions import ValidationError

from accounts import devices, limits
from common import identifiers

FREE_TRIES = 5  # of an account in a quarter of an hour, before the picture code
TRIES_AN_HOUR = 20  # of an account
FREE_TRIES_OF_A_SOURCE = 30  # in a quarter of an hour, before the picture code
ACCOUNT, DEVICE, SOURCE = "login-account", "login-device", "login-source"
FAILED, BREAKER = "login-failed", "login-breaker"
EVERYBODY = "everybody"  # the key of both
MINUTE = limits.Rolling(timedelta(seconds=10), slices=6)
logger = logging.getLogger(__name__)


class Answer(Enum):
    GO = "go"
    PICTURE = "picture"
    CLOSED = "closed"


class Gate:
    """The counts of one try. A try counts before the password is looked at; `passed` undoes it."""

    def __init__(self, request, typed: str):
        device = devices.known(request, typed)
        self.kind = DEVICE if device else ACCOUNT
        self.key = limits.hashed(device.pk) if device else limits.hashed(folded(typed))
        self.source = limits.hashed(devices.source_of(request))

    def wants_picture(self) -> bool:
        tries = limits.spent(self.kind, self.key, limits.QUARTER)
        return tries >= FREE_TRIES or self._suspected()

    def ask(self, *, picture_solved: bool) -> Answer:
        """Count a try and say whether the password may be looked at."""
        if limits.spent(self.kind, self.key, limits.HOUR) >= TRIES_AN_HOUR:
            return Answer.CLOSED
        if picture_solved:
            return Answer.GO if self._counted(limits.HOUR, TRIES_AN_HOUR) else Answer.CLOSED
        if self._suspected() or not self._counted(limits.QUARTER, FREE_TRIES):
            return Answer.PICTURE
        return Answer.GO

    def passed(self) -> None:
        limits.give_back(self.kind, self.key, limits.HOUR)
        limits.give_back(SOURCE, self.source, limits.QUARTER)

    def failed(self) -> None:
        """The password was wrong; said for any account, known or not."""
        of_all = limits.note(FAILED, EVERYBODY, MINUTE)
        too_many = of_all > settings.LOGIN_FAILURES_A_MINUTE
        if too_many and limits.note(BREAKER, EVERYBODY, limits.QUARTER) == 1:
            logger.error("passwords are being tried out", extra={"in_a_minute": of_all})

    def _suspected(self) -> bool:
        """Is there more to fear than this account's own tries say?"""
        return _crowded(self.source) or (self.kind == ACCOUNT and _broken())

    def _counted(self, window: limits.Window, limit: int) -> bool:
        """A try that is refused here does not count for the source either."""
        if not limits.take(self.kind, self.key, window, limit):
            return False
        limits.note(SOURCE, self.source, limits.QUARTER)
        return True


def picture_at_once(request) -> bool:
    """Does the empty form ask for the picture code? Nobody has said yet who enters."""
    source = limits.hashed(devices.source_of(request))
    return _crowded(source) or (_broken() and not devices.is_known(request))


def _crowded(source: str) -> bool:
    return limits.spent(SOURCE, source, limits.QUARTER) >= FREE_TRIES_OF_A_SOURCE


def _broken() -> bool:
    return limits.spent(BREAKER, EVERYBODY, limits.QUARTER) > 0


def folded(typed: str) -> str:
    """One spelling of a number, however it was typed; other names as they are."""
    try:
        return identifiers.application_number(typed)
    except ValidationError:
        return typed.strip().casefold()
