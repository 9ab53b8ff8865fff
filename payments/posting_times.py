"""How long posting takes now: from the day a person paid to the day the Treasury received it.

From our own rows of the last weeks, nothing promised: the middle payment, the days in which 95 of
100 came, and how many are still searched for. Of too few payments nothing is said.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q

from common import clock
from common.kept import keep, kept
from payments.models import Placement, Trace

WEEKS = 6
FEWEST = 30  # of fewer payments a median says nothing
MOST_SHOWN = 10  # the last bar is of this many days and more
KEY = "posting-times"
HOUR = timedelta(hours=1)
KEPT_SECONDS = 24 * 60 * 60  # the last count says through which day it goes
WIDTH, HEIGHT, FOOT, STEP, BAR = 330, 180, 22, 30, 22  # as wide as a phone: words stay readable


@dataclass(frozen=True, slots=True)
class Times:
    """By the days it took, how many payments; through the last day of posting that was counted."""

    counts: dict[int, int]
    searched: int
    through: date

    @property
    def payments(self) -> int:
        return sum(self.counts.values())

    @property
    def is_enough(self) -> bool:
        return self.payments >= FEWEST

    @property
    def median(self) -> int:
        return self.not_slower(50)

    @property
    def slow(self) -> int:
        return self.not_slower(95)

    @property
    def within_seven(self) -> int:
        """Of a hundred payments, rounded down: nobody is promised more than there was."""
        quick = sum(count for days, count in self.counts.items() if days <= 7)
        return quick * 100 // self.payments

    def not_slower(self, percent: int) -> int:
        """The least number of days in which so many of a hundred payments were posted."""
        reached = 0
        for days in sorted(self.counts):
            reached += self.counts[days]
            if reached * 100 >= self.payments * percent:
                return days
        raise ValueError("no payments")


def times_now() -> Times | None:
    """As they were counted last; None where nothing is kept. Whoever asks waits for no count."""
    said = kept(KEY)
    if said is None:
        return None
    counts, searched, through, _when = said
    return Times(dict(map(tuple, counts)), searched, date.fromisoformat(through))


def count_every_hour() -> bool:
    """Whether an hour had passed. Asked more often, so that what was lost costs minutes."""
    said = kept(KEY)
    if said is not None and clock.now() - datetime.fromisoformat(said[-1]) < HOUR:
        return False
    count_now()
    return True


def count_now() -> None:
    """Reads the payments of six weeks: never while somebody waits for a page."""
    found = _asked(clock.today())
    counts = [[*pair] for pair in found.counts.items()]
    said = [counts, found.searched, found.through.isoformat(), clock.now().isoformat()]
    keep(KEY, said, KEPT_SECONDS)


def _asked(day: date) -> Times:
    """Money whose day of payment is known by more than the day of posting."""
    first = day - timedelta(weeks=WEEKS)
    rows = Placement.objects.matched().filter(
        line__posted_on__range=(first, day), paid_on__isnull=False
    )
    no_day = Q(line__paid_on__isnull=True) | Q(line__shared__isnull=False)
    rows = rows.exclude(no_day, charge__isnull=True, till_payment__isnull=True)
    took = ExpressionWrapper(F("line__posted_on") - F("paid_on"), output_field=DurationField())
    found = rows.annotate(took=took).values_list("took").annotate(payments=Count("pk")).order_by()
    counts: dict[int, int] = {}
    for days, payments in found:
        whole = max(0, days.days)
        counts[whole] = counts.get(whole, 0) + payments
    return Times(counts, Trace.objects.open().count(), day)


# --- the picture


@dataclass(frozen=True, slots=True)
class Bar:
    """Whole units of the drawing; `share` of a hundred payments."""

    label: str
    x: int
    height: int
    share: int

    @property
    def y(self) -> int:
        return HEIGHT - FOOT - self.height

    @property
    def middle(self) -> int:
        return self.x + BAR // 2

    @property
    def above(self) -> int:
        return self.y - 4


def bars(times: Times) -> list[Bar]:
    """One for each number of days; the longest ones stand together in the last."""
    shown = [times.counts.get(days, 0) for days in range(MOST_SHOWN)]
    shown.append(times.payments - sum(shown))
    highest = max(shown) or 1
    room = HEIGHT - FOOT - 18
    return [
        Bar(_label(days), days * STEP, count * room // highest, count * 100 // times.payments)
        for days, count in enumerate(shown)
    ]


def _label(days: int) -> str:
    return f"{days}+" if days == MOST_SHOWN else str(days)
