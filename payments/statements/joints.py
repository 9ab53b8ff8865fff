"""Where one file's last balance is not the first balance of the next: money is missing between."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from payments.statements.model import ONE_DAY


@dataclass(frozen=True, slots=True)
class Whole:
    """Whole days that a file proves, both ends included. `after` is None where the file goes on
    beyond them: its last balance is then not theirs."""

    pk: int
    sender: str
    first_day: date
    last_day: date
    before: Decimal | None = None
    after: Decimal | None = None

    @property
    def days(self) -> tuple[date, date]:
        return self.first_day, self.last_day


@dataclass(frozen=True, slots=True)
class Joint:
    """The end of a day where no file that ends agrees with any that begins the next morning."""

    day: date
    ending: tuple[Whole, ...]
    beginning: tuple[Whole, ...]

    @property
    def files(self) -> tuple[Whole, ...]:
        return self.ending + self.beginning

    @property
    def sender(self) -> str:
        return self.ending[0].sender

    @property
    def keys(self) -> frozenset[int]:
        return frozenset(one.pk for one in self.files)


def broken(files: Iterable[Whole]) -> list[Joint]:
    """In the order of days. Senders are held against themselves: each knows its own balances."""
    by_sender = defaultdict(_Ends)
    for one in files:
        by_sender[one.sender].add(one)
    return sorted(
        (joint for ends in by_sender.values() for joint in ends.broken()),
        key=lambda joint: joint.day,
    )


@dataclass(frozen=True, slots=True)
class Word:
    """Two of the staff looked at a broken joint. `accepted`: both its sides are right all the same;
    else they took such a word back. A file that they did not see makes it a question again."""

    sender: str
    day: date
    files: frozenset[int]
    accepted: bool


def is_accepted(joint: Joint, words: Sequence[Word]) -> bool:
    """By the last word about it; `words` in the order in which they were said."""
    said = [one for one in words if (one.sender, one.day) == (joint.sender, joint.day)]
    return bool(said) and said[-1].accepted and joint.keys <= said[-1].files


def trusted(files: Sequence[Whole], joints: Iterable[Joint]) -> list[Whole]:
    """Without both sides of a broken joint: nobody knows which of the two leaves money out."""
    doubted = {one.pk for joint in joints for one in joint.files}
    return [one for one in files if one.pk not in doubted]


@dataclass
class _Ends:
    """The files of one sender by the evening on which they end and begin."""

    ending: dict[date, list[Whole]] = field(default_factory=lambda: defaultdict(list))
    beginning: dict[date, list[Whole]] = field(default_factory=lambda: defaultdict(list))

    def add(self, one: Whole) -> None:
        if one.after is not None:
            self.ending[one.last_day].append(one)
        if one.before is not None and not _begins_a_year(one.first_day):
            self.beginning[one.first_day - ONE_DAY].append(one)

    def broken(self) -> Iterable[Joint]:
        carried = False  # an earlier joint has shown that balances go from file to file
        for day in sorted(self.ending.keys() & self.beginning.keys()):
            left, right = self.ending[day], self.beginning[day]
            openings = {one.before for one in right}
            if any(one.after in openings for one in left):
                carried |= any(one.after in openings - {one.before} for one in left)
            elif carried or not _begin_anew(left, openings):
                yield Joint(day, tuple(left), tuple(right))


def _begins_a_year(day: date) -> bool:
    """The Treasury empties its accounts with the budget year."""
    return (day.month, day.day) == (1, 1)


def _begin_anew(left: Iterable[Whole], openings: set[Decimal]) -> bool:
    """Some senders write the same first balance, such as 0.00, into each file."""
    return any(one.before in openings for one in left)
