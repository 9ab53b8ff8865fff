"""What a person was told: one entry for each message, with every way by which it went."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q

from common import clock, identifiers
from notifications import states
from notifications.failures import DEAF, Failure
from notifications.models import Channel, Message, Topic

PAGE = 30
SAME = timedelta(days=1)  # a notice to each number is written at once, a second try within hours


@dataclass(frozen=True)
class Way:
    """One row of the outbox: where it went, and what became of it there."""

    channel: str
    address: str
    said: states.Said
    is_deaf: bool


@dataclass
class Entry:
    rows: list[Message]
    ways: list[Way] = field(default_factory=list)

    @property
    def at(self) -> datetime:
        return self.rows[0].created_at

    @property
    def text(self) -> str:
        return next((row.text for row in self.rows if row.text), "")

    @property
    def topic(self) -> str:
        topic = self.rows[0].topic
        return str(Topic(topic).label) if topic in Topic.values else ""

    @property
    def taken_back(self) -> bool:
        return any(row.taken_back_at for row in self.rows)


def page_of(person_id: int, page: int) -> tuple[list[Entry], bool]:
    """The entries of a page, the newest first, and whether older ones stand behind it.

    Two questions, however long the story is.
    """
    first = PAGE * (page - 1)
    told = Message.objects.of(person_id).filter(after=None)
    rows = list(told[first : first + PAGE + 1])
    return _entries(person_id, rows[:PAGE]), len(rows) > PAGE


def latest(person_id: int, count: int) -> list[Entry]:
    return _entries(person_id, list(Message.objects.of(person_id).filter(after=None)[:count]))


def _entries(person_id: int, rows: list[Message]) -> list[Entry]:
    instead = _instead(person_id, rows)
    now = clock.now()
    entries = _told_together(rows)
    for entry in entries:
        for row in list(entry.rows):
            entry.rows += _add_ways(entry, row, instead, now)
    return entries


def _instead(person_id: int, rows: list[Message]) -> dict[int, Message]:
    """What stands in, by what it stands in for: a number, another one, the e-mail."""
    chain = Q(after__in=rows) | Q(after__after__in=rows) | Q(after__after__after__in=rows)
    found = Message.objects.of(person_id).filter(chain)
    return {row.after_id: row for row in found}


def _told_together(rows: Iterable[Message]) -> list[Entry]:
    """A notice that goes to several numbers at once is one entry."""
    open_ones: dict[tuple, Entry] = {}
    entries = []
    for row in rows:
        same = (row.event, row.subject_id, row.text)
        entry = open_ones.get(same)
        if entry is None or entry.rows[0].created_at - row.created_at > SAME:
            entry = open_ones[same] = Entry([])
            entries.append(entry)
        entry.rows.insert(0, row)
    return entries


def _add_ways(entry: Entry, row: Message, instead: dict[int, Message], now: datetime) -> list:
    """The row's own way and those that stand in for it; returns the rows of the latter."""
    more = []
    while row is not None:
        following = instead.get(row.pk)
        entry.ways.append(_way(row, states.said(row, now, following)))
        more += [following] if following else []
        row = following
    return more


def _way(row: Message, said: states.Said) -> Way:
    mask = identifiers.mask_email if row.channel == Channel.EMAIL else identifiers.mask_phone
    address = row.address or row.fixed_address
    return Way(
        channel=row.channel,
        address=mask(address) if address else "",
        said=said,
        is_deaf=row.failure in DEAF | {Failure.DISOWNED},
    )
