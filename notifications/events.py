"""What can be told. Each app declares its events in its `messages.py`, as objects."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from django.utils.translation import gettext

from notifications.models import Channel, Lane, Topic

PURPOSES = {Lane.AWAITED: "codes", Lane.NOTICE: "notices", Lane.BULK: "reminders"}
ANSWERS = "answers"  # to what people write to us: their number is not ours to choose

_registry: dict[str, "Event"] = {}


class EventTwice(Exception):
    """Two events were declared with one code: one of them would never be sent."""


@dataclass(frozen=True)
class Recipient:
    """Who is told, in which language, and at which numbers (E.164), the best first.

    ``email`` is a proven one, ``latin`` asks for the words in Latin letters. Nothing goes to
    ``disowned`` numbers, promised or not: whoever has one said that it is somebody else's.
    """

    person_id: int | None
    language: str
    addresses: tuple[str, ...] = ()
    email: str = ""
    latin: bool = False
    disowned: frozenset[str] = frozenset()


class Told(NamedTuple):
    """One of many subjects: who is told and with which words, the same in every language."""

    recipient: Recipient
    context: dict


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

    ``awaited`` is for what a person waits for with the phone in the hand: it goes first, and at
    night. ``bulk`` goes last. ``legal`` cannot be switched off. ``may_fall_back`` lets another
    address stand in when the first one did not get it; a secret cannot be said twice.
    ``sample`` says the longest words of its own placeholders, in the active language.
    ``subject_line`` is the msgid of the subject of a letter. ``many`` answers for many subjects at
    once instead of the three callables; who is absent from its answer is not true any more.
    ``purse`` is the one that pays; without it the lane says.
    """

    code: str
    template: str
    recipient: Callable[[int], Recipient]
    context: Callable[[int], dict] = _nothing
    still_true: Callable[[int], bool] = _always
    legal: bool = False
    awaited: bool = False
    bulk: bool = False
    may_fall_back: bool = True
    topic: Topic = Topic.CENTRE
    channel: Channel = Channel.SMS
    lifetime: timedelta = timedelta(days=2)
    label: str = ""
    subject_line: str = ""
    sample: Callable[[], dict] = dict
    many: Callable[[Iterable[int]], dict[int, Told]] | None = None
    purse: str = ""

    def __post_init__(self):
        if self.code in _registry:
            raise EventTwice(self.code)
        _registry[self.code] = self

    @property
    def lane(self) -> Lane:
        if self.awaited:
            return Lane.AWAITED
        return Lane.BULK if self.bulk else Lane.NOTICE

    @property
    def purpose(self) -> str:
        return self.purse or PURPOSES[self.lane]


def words(code: str) -> str:
    """What staff read instead of the code; the code itself where nothing better is known."""
    event = find(code)
    return gettext(event.label) if event and event.label else code


def find(code: str) -> Event | None:
    return _registry.get(code)


def known() -> tuple[Event, ...]:
    """Every declared event, for checks over all of them."""
    return tuple(_registry.values())
