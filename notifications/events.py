"""What can be told. Each app declares its events in its `messages.py`, as objects."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext

_registry: dict[str, "Event"] = {}


class EventTwice(Exception):
    """Two events were declared with one code: one of them would never be sent."""


@dataclass(frozen=True)
class Recipient:
    """Who is told, in which language, and at which addresses (E.164), the best first."""

    person_id: int | None
    language: str
    addresses: tuple[str, ...] = ()


def _nothing(subject_id: int) -> dict:
    return {}


def _always(subject_id: int) -> bool:
    return True


@dataclass(frozen=True)
class Event:
    """One kind of message. Its callables get the subject's id and read the truth when it is sent.

    ``template`` is an English msgid (mark it with ``gettext_noop``) with ``%(name)s`` for the
    values of ``context``; a secret stands in it as ``%(secret)s``. ``context`` is called in the
    recipient's language. After ``lifetime`` the message is useless and is not sent. ``label`` is
    the msgid by which staff know it.
    """

    code: str
    template: str
    recipient: Callable[[int], Recipient]
    context: Callable[[int], dict] = _nothing
    still_true: Callable[[int], bool] = _always
    legal: bool = False
    urgent: bool = False
    lifetime: timedelta = timedelta(days=2)
    label: str = ""

    def __post_init__(self):
        if self.code in _registry:
            raise EventTwice(self.code)
        _registry[self.code] = self


def words(code: str) -> str:
    """What staff read instead of the code; the code itself where nothing better is known."""
    event = find(code)
    return gettext(event.label) if event and event.label else code


def find(code: str) -> Event | None:
    return _registry.get(code)


def known() -> tuple[Event, ...]:
    """Every declared event, for checks over all of them."""
    return tuple(_registry.values())
