"""What is true, by the law and by the days on which a person paid.

It imports nothing of the portal, and a test holds that: whoever judges must not lean on the judged.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

MONTHS = 12
DAY = timedelta(days=1)
WAITING = timedelta(days=7)
ENDED = {"lapsed", "annulled", "expired", "refused", "none"}
LIVES = {"valid", "due"}  # `in-transit` and `tracing` are of one sum, whatever covers today
VOUCHED = {"valid", "valid-in-transit"}


def last_day(issued_on: date, months: int) -> date:
    """The last covered day, inclusive; with nothing paid the day before issue.

    A term of months ends before the same number of a later month; where that month has no such
    number, with its last day (Tax Code, art. 6.1 p. 5).
    """
    years, index = divmod(issued_on.month - 1 + months, 12)
    year, month = issued_on.year + years, index + 1
    try:
        following = date(year, month, issued_on.day)
    except ValueError:
        following = date(year + month // 12, month % 12 + 1, 1)
    return following - DAY


def pay_until(issued_on: date, months: int) -> date:
    """The last day, inclusive, to pay for the month after so many; the first one by the issue."""
    return last_day(issued_on, months) if months else issued_on


@dataclass(slots=True)
class Paid:
    """Whole months paid on a day. `posted_on` is the day on which the Treasury, or we ourselves,
    could show it; the run tells when we heard of it (`seen_on`), and when by lines (`came_on`)."""

    on: date
    months: int = 1
    posted_on: date = date.max
    seen_on: date = date.max
    came_on: date = date.max
    missing: int = 1  # sums of it that no line has shown us yet
    left_out: bool = False  # the statement of its day is whole and does not show it

    def comes(self, day: date) -> None:
        self.missing -= 1
        if self.missing == 0:
            self.came_on, self.seen_on = day, min(self.seen_on, day)


@dataclass(slots=True)
class Truth:
    """A patent and what was paid for it, in the order of payment."""

    issued_on: date
    paid: list[Paid] = field(default_factory=list)

    def covered(self, today: date) -> date:
        """The last covered day by what is paid until today."""
        return last_day(self.issued_on, self._months(today))

    def _months(self, today: date) -> int:
        return min(MONTHS, sum(one.months for one, _last in self._timely(today)))

    def is_in_time(self, today: date) -> bool:
        return today <= self.covered(today)

    def is_hidden(self, today: date) -> bool:
        """Whether money in time was not to be seen within the seven days, and is not seen today:
        only then may the statements seem to say that nothing was paid."""
        return any(one.left_out or _is_slow(one, last) for one, last in self._unseen(today))

    def is_left_out(self, today: date) -> bool:
        """Hidden, and for no other reason than that whole statements left a line out."""
        unseen = list(self._unseen(today))
        left_out = any(one.left_out for one, _last in unseen)
        return left_out and not any(_is_slow(*it) for it in unseen)

    def _unseen(self, today: date) -> Iterator[tuple[Paid, date]]:
        """Money in time for days that have come, of which we have not heard."""
        return (it for it in self._timely(today) if it[1] < today < it[0].seen_on)

    def posted_through(self, today: date) -> date:
        """The last covered day by the lines that came until today, before any that did not."""
        months = 0
        for one, _last in self._timely(today):
            if one.came_on > today:
                break
            months += one.months
        return last_day(self.issued_on, min(months, MONTHS))

    @property
    def year_end(self) -> date:
        return last_day(self.issued_on, MONTHS)

    def _timely(self, today: date) -> Iterator[tuple[Paid, date]]:
        """With the last day covered before each; months beyond the year count no more."""
        months = 0
        for one in self.paid:
            if one.on > today or months >= MONTHS:
                return
            last = last_day(self.issued_on, months)
            if one.on <= pay_until(self.issued_on, months):
                months += one.months
                yield one, last


def _is_slow(one: Paid, last: date) -> bool:
    return one.posted_on > last + WAITING


class Said(NamedTuple):
    """What a person reads of their patent, and what a policeman or an employer does."""

    state: str
    outside: str

    def __str__(self) -> str:
        return f"{self.state} ({self.outside})"

    @property
    def ends(self) -> bool:
        return self.state in ENDED or self.outside == "ended"

    @property
    def lives(self) -> bool:
        return self.state in LIVES or self.outside in VOUCHED


def is_told_the_opposite(truth: Truth, today: date, said: Said) -> bool:
    """They paid in time, and their patent is called ended."""
    return truth.issued_on <= today and truth.is_in_time(today) and said.ends


def is_called_valid(truth: Truth, today: date, said: Said) -> bool:
    """Nothing paid in time covers today, and their patent is called valid."""
    return truth.issued_on <= today and not truth.is_in_time(today) and said.lives
