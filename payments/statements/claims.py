"""How many equal lines of a day are real, whatever files show them and in whatever order.

A whole-day statement is the truth for its days: the highest count in any one of them. Other files
add up, except that copies of one file (the same sender's file number or stamp) count once. A file
with neither cannot be told from a copy: what only adding it would prove is undecided.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum


class Doubt(Enum):
    """Why lines beyond the real ones are not counted."""

    NONE = "none"
    UNDECIDED = "undecided"  # may be a copy, may be honest
    REPEAT = "repeat"  # a whole-day statement shows fewer
    ABSENT = "absent"  # a whole-day statement shows none at all


@dataclass(frozen=True, slots=True)
class FileFacts:
    sender: str
    file_number: str
    formed_at: datetime | None
    first_day: date
    whole_through: date | None

    def is_whole_on(self, day: date) -> bool:
        return self.whole_through is not None and self.first_day <= day <= self.whole_through

    @property
    def marks(self) -> set[tuple]:
        """Files that share one of these are copies of each other."""
        number = {("number", self.sender, self.file_number)} if self.file_number else set()
        stamp = {("stamp", self.sender, self.formed_at)} if self.formed_at else set()
        return number | stamp


@dataclass(frozen=True, slots=True)
class Word:
    """Two of the staff: one more of the equal lines is an honest payment, beside those that count
    by the files alone. `denied`: said while a whole-day statement showed none at all."""

    denied: bool
    beside: int


@dataclass(frozen=True, slots=True)
class Claim:
    """`real` of the `shown` equal lines count; the rest wait or are set aside for the doubt."""

    real: int
    shown: int
    doubt: Doubt = Doubt.NONE


def claim(day: date, seen: Iterable[tuple[FileFacts, int]], *, whole_day_known: bool) -> Claim:
    """What all files that show a line of this day say together about how often it is there.

    `whole_day_known`: some whole-day statement covers the day, whether it shows the line or not.
    """
    seen = list(seen)
    whole = max((count for file, count in seen if file.is_whole_on(day)), default=0)
    pieces = [(file, count) for file, count in seen if not file.is_whole_on(day)]
    certain, possible = _added_up(pieces)
    if not whole_day_known:
        return _decided(certain, possible, Doubt.UNDECIDED)
    return _decided(whole, max(whole, possible), Doubt.REPEAT if whole else Doubt.ABSENT)


def with_words(claim: Claim, words: Iterable[Word]) -> Claim:
    """Staff decide what the files leave open, and only as long as they leave it open in the same
    way: a whole-day statement that shows the line, or first denies it, is believed instead."""
    heard = heard_of(claim, words)
    if not heard:
        return claim
    real = max(claim.real, max(one.beside for one in heard) + len(heard))
    return _decided(min(real, claim.shown), claim.shown, claim.doubt)


def heard_of(claim: Claim, words: Iterable[Word]) -> list[Word]:
    """Which of them the files leave room for."""
    if claim.doubt not in (Doubt.UNDECIDED, Doubt.ABSENT):
        return []
    return [one for one in words if one.denied == (claim.doubt == Doubt.ABSENT)]


def _decided(real: int, shown: int, doubt: Doubt) -> Claim:
    return Claim(real, shown, doubt if shown > real else Doubt.NONE)


def _added_up(pieces: list[tuple[FileFacts, int]]) -> tuple[int, int]:
    """The count that is certain, and the most there can be."""
    marked = sum(_once_a_copy([(file.marks, count) for file, count in pieces if file.marks]))
    unmarked = [count for file, count in pieces if not file.marks]
    return max([marked, *unmarked]), marked + sum(unmarked)


def _once_a_copy(pieces: list[tuple[set, int]]) -> list[int]:
    groups: list[tuple[set, int]] = []
    for marks, count in pieces:
        alike = [group for group in groups if group[0] & marks]
        groups = [group for group in groups if not group[0] & marks]
        groups.append(
            (
                marks.union(*(group[0] for group in alike)),
                max([count, *(group[1] for group in alike)]),
            )
        )
    return [count for _marks, count in groups]
