"""The oracle beside the portal's words: whom to ask on a day, and who is told what."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from bench.simulation import oracle
from bench.simulation.oracle import DAY, Said, Truth
from bench.simulation.people import Someone
from notifications.models import Message
from payments.messages import (
    APOLOGY,
    FIRST_PAYMENT_POSTED,
    LAPSE_WITHDRAWN,
    PART_POSTED,
    PAYMENT_POSTED,
)
from payments.models import Placement

BY_THE_LINE, BY_THE_HOUR = [LAPSE_WITHDRAWN.code], [APOLOGY.code]
NEWS = [one.code for one in (LAPSE_WITHDRAWN, PAYMENT_POSTED, FIRST_PAYMENT_POSTED, PART_POSTED)]
WATCHED, LATE_WATCHED = timedelta(days=45), timedelta(days=12)  # after the last known day
AFTER_THE_YEAR, WEEK = timedelta(days=1), timedelta(days=7)


class Agenda:
    """Whom to ask on which day: each person on the day after the last one that lines are known
    to cover, and every day from then on; besides, whoever had money moved on a day. Who is late, or
    waits for long, is asked once a week after a while."""

    def __init__(self, people: Iterable[Someone]):
        self.on: dict[date, set[int]] = defaultdict(set)
        for one in people:
            self.on[one.truth.issued_on].add(one.number)

    def of(self, day: date) -> set[int]:
        return self.on.pop(day, set())

    def go_on(self, truth: Truth, number: int, day: date) -> None:
        known = truth.posted_through(day)
        if day <= known:
            self.on[known + DAY].add(number)
        elif day <= truth.year_end + AFTER_THE_YEAR:
            watched = WATCHED if truth.is_in_time(day) else LATE_WATCHED
            self.on[day + (DAY if day <= known + watched else WEEK)].add(number)


class Judge:
    """Sets of people: those to whom the portal broke its word, and those it could not know."""

    def __init__(self, truths: Mapping[int, Truth]):
        self.truths = truths
        self.told_the_opposite: set[int] = set()
        self.wrong: list[str] = []
        self.called_valid: set[int] = set()
        self.left_out: set[int] = set()  # of the hidden, whose line a whole statement left out
        self.shown: set[int] = set()  # today: hidden money, and lapsed by what the statements show
        self.states: Counter[Said] = Counter()

    def hear(self, day: date, words: Mapping[int, Said]) -> None:
        self.states.update(words.values())
        self.shown = set()
        for number, said in words.items():
            self._hear(number, day, said)

    def _hear(self, number: int, day: date, said: Said) -> None:
        truth = self.truths[number]
        if oracle.is_told_the_opposite(truth, day, said):
            group = self.shown if truth.is_hidden(day) else self.told_the_opposite
            if group is self.told_the_opposite and number not in group:
                self.wrong.append(f"{said} to {number} on {day}")
            group.add(number)
            if truth.is_left_out(day):
                self.left_out.add(number)
        elif oracle.is_called_valid(truth, day, said):
            self.called_valid.add(number)


class Withdrawals:
    """Whoever paid in time and was shown as lapsed hears that it is not so, when it is known."""

    def __init__(self, truths: Mapping[int, Truth]):
        self.truths = truths
        self.open: set[int] = set()
        self.ends: Counter[str] = Counter()
        self.others = 0

    def look(self, day: date, shown: set[int], ended: set[int], ways: Mapping[str, set[int]]):
        """`ended`: whose patent is shown as ended today. `ways`: who heard today, by what; the
        first that fits is counted. Who meanwhile was late for another month hears of the money."""
        self.others += len(shown - self.open)
        self.open |= shown
        over = {number for number in self.open if not self.truths[number].is_hidden(day)}
        self.open -= over
        for number in over:
            self.ends[self._end(number, day, number in ended, ways)] += 1

    def _end(self, number: int, day: date, is_ended: bool, ways: Mapping[str, set[int]]) -> str:
        is_in_time = self.truths[number].is_in_time(day)
        if is_in_time and is_ended:
            return "left"
        names = [name for name, people in ways.items() if number in people]
        fit = [name for name in names if name != "overtaken" or not is_in_time]
        return fit[0] if fit else "untold"


def told_since(instant: datetime, codes: list[str]) -> set[int]:
    rows = Message.objects.filter(created_at__gte=instant, event__in=codes)
    return set(rows.values_list("person_id", flat=True))


def touched_since(instant: datetime) -> set[int]:
    """Whose money moved."""
    rows = Placement.objects.filter(opened_at__gte=instant, application__isnull=False)
    return set(rows.values_list("application__person_id", flat=True))
