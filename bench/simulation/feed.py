"""Which files the Treasury sends, and on which day each of them comes to us."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from bench.simulation.people import UNKNOWN, Payment

SILENT = (date(2026, 1, 2), date(2026, 1, 10))  # nine days, both included
COMES_AFTER = [1] * 8 + [2, 2, 3]  # days from the day of posting to the file
PIECES, REPEATS, SEVERAL_DAYS, BAD_DAYS = 0.08, 0.10, 0.03, 0.05
LOST_ON_A_BAD_DAY = 0.03
AT_NIGHT, AT_NOON = time(0, 10), time(15, 0)
Posted = dict[date, list[Payment]]


@dataclass(frozen=True, slots=True)
class File:
    """A statement about some days; a whole one is formed when they are over."""

    name: str
    first_day: date
    last_day: date
    formed_at: datetime
    comes_on: date
    half: bool = False  # a piece of the day: what was posted until noon

    @property
    def is_whole(self) -> bool:
        return not self.half


class Feed:
    """Some lines are left out of the statement of their day and come by a later, fuller one."""

    def __init__(self, payments: Iterable[Payment], days: int, start: date, seed: int):
        self.chance = Random(f"feed-{seed}")
        self.posted: Posted = defaultdict(list)
        self.returned: Posted = defaultdict(list)
        for one in payments:
            if one.posted_on:
                self.posted[one.posted_on].append(one)
            if one.returned_on:
                self.returned[one.returned_on].append(one)
        self.found_on: dict[int, date] = {}  # by payment: when a fuller statement shows it
        self.coming: dict[date, list[File]] = defaultdict(list)
        last = max([*self.posted, *self.returned, start + timedelta(days=days)])
        for number in range((last - start).days + 1):
            self._tell_of(start + timedelta(days=number))

    def files_of(self, day: date) -> list[File]:
        """In the order in which they come: none but chance knows it."""
        files = list(self.coming.get(day, ()))
        self.chance.shuffle(files)
        return files

    def lines(self, file: File) -> Iterator[tuple[date, list[Payment]]]:
        """What a file shows as come, by its days."""
        day = file.first_day
        while day <= file.last_day:
            yield day, self._shown(file, day)
            day += timedelta(days=1)

    def _shown(self, file: File, day: date) -> list[Payment]:
        formed, lines = file.formed_at.date(), self.posted.get(day, [])
        shown = [one for one in lines if self.found_on.get(one.number, formed) <= formed]
        return shown[: len(shown) // 2] if file.half else shown

    # --- what is sent

    def _tell_of(self, day: date) -> None:
        self._send("day", day, day, day + timedelta(days=1))
        if self.chance.random() < PIECES:
            self._add(File(f"piece-{day}", day, day, _at(day, AT_NOON), heard(day), half=True))
        if self.chance.random() < SEVERAL_DAYS:
            self._send("days", day - timedelta(days=2), day, day + timedelta(days=1))
        if self.chance.random() < BAD_DAYS:
            self._lose_some(day)

    def _send(self, kind: str, first: date, last: date, formed: date) -> None:
        after = self.chance.choice(COMES_AFTER) - 1
        comes = heard(formed + timedelta(days=after))
        self._add(File(f"{kind}-{first}-{formed}", first, last, _at(formed, AT_NIGHT), comes))

    def _add(self, file: File) -> None:
        self.coming[file.comes_on].append(file)
        if self.chance.random() < REPEATS:
            again = file.comes_on + timedelta(days=self.chance.randrange(10))
            self.coming[heard(again)].append(file)

    def _lose_some(self, day: date) -> None:
        formed = day + timedelta(days=self.chance.randint(12, 24))
        lost = [one for one in self.posted.get(day, ()) if self._is_lost()]
        lost = [one for one in lost if not one.returned_on]
        for one in lost:
            self.found_on[one.number] = formed
            if one.paid and one.way in UNKNOWN:
                one.paid.left_out = True
                if one.is_alone and self.chance.random() < 0.5:
                    one.cheque_on = day + timedelta(days=self.chance.randint(9, 14))
        if lost:
            self._send("fuller", day, day, formed)

    def _is_lost(self) -> bool:
        return self.chance.random() < LOST_ON_A_BAD_DAY


def heard(day: date) -> date:
    """On silent days nothing comes; all of it does afterwards."""
    first, last = SILENT
    return last + timedelta(days=1) if first <= day <= last else day


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour)
