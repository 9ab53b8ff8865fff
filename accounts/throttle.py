"""Who may try a password: decided before any hash is computed.

Two axes. The account: the number as it was typed, known or not; a device that the account has used
has a count of its own, so that a stranger's tries do not count against its owner. The source: the
address; a dormitory shares one, so it only leads to the picture code and never to a closed door.
"""

from enum import Enum

from django.core.exceptions import ValidationError

from accounts import devices, limits
from common import identifiers

FREE_TRIES = 5  # of an account in a quarter of an hour, before the picture code
TRIES_AN_HOUR = 20  # of an account
FREE_TRIES_OF_A_SOURCE = 30  # in a quarter of an hour, before the picture code
ACCOUNT, DEVICE, SOURCE = "login-account", "login-device", "login-source"


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
        return self._crowded() or (limits.spent(self.kind, self.key, limits.QUARTER) >= FREE_TRIES)

    def ask(self, *, picture_solved: bool) -> Answer:
        """Count a try and say whether the password may be looked at."""
        if limits.spent(self.kind, self.key, limits.HOUR) >= TRIES_AN_HOUR:
            return Answer.CLOSED
        if picture_solved:
            return Answer.GO if self._counted(limits.HOUR, TRIES_AN_HOUR) else Answer.CLOSED
        if self._crowded() or not self._counted(limits.QUARTER, FREE_TRIES):
            return Answer.PICTURE
        return Answer.GO

    def passed(self) -> None:
        limits.give_back(self.kind, self.key, limits.HOUR)
        limits.give_back(SOURCE, self.source, limits.QUARTER)

    def _crowded(self) -> bool:
        return limits.spent(SOURCE, self.source, limits.QUARTER) >= FREE_TRIES_OF_A_SOURCE

    def _counted(self, window: limits.Window, limit: int) -> bool:
        """A try that is refused here does not count for the source either."""
        if not limits.take(self.kind, self.key, window, limit):
            return False
        limits.note(SOURCE, self.source, limits.QUARTER)
        return True


def crowded(request) -> bool:
    """Does everybody at this address get the picture code?"""
    source = limits.hashed(devices.source_of(request))
    return limits.spent(SOURCE, source, limits.QUARTER) >= FREE_TRIES_OF_A_SOURCE


def folded(typed: str) -> str:
    """One spelling of a number, however it was typed; other names as they are."""
    try:
        return identifiers.application_number(typed)
    except ValidationError:
        return typed.strip().casefold()
