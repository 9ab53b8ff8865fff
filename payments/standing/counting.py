"""Which money is in time, how far it reaches, and how long it has been on its way."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from payments import coverage
from payments.standing.facts import FormerDay, Money, PatentFacts
from payments.standing.states import TRANSIT_DAYS, Channel


@dataclass(frozen=True, slots=True)
class Walk:
    """The money of a case in the order it was paid, divided into in time and late."""

    in_time: tuple[Money, ...] = ()
    late: tuple[Money, ...] = ()
    months: int = 0


def walk(
    issued_on: date, known: list[Money], today: date, former: Collection[FormerDay] = ()
) -> Walk:
    """Count the money in the order it was paid; each piece in time reaches further.

    `former` are days of issue that were named before and by which money is in time, too.
    """
    in_time, late, months = [], [], 0
    for money in sorted(known, key=paid_order(today)):
        if money.paid_on <= deadline(issued_on, months, former):
            in_time.append(money)
            months = capped(months + money.months)
        else:
            late.append(money)
    return Walk(tuple(in_time), tuple(late), months)


def deadline(issued_on: date, months: int, former: Collection[FormerDay] = ()) -> date:
    """The last day, inclusive, on which the month after so many is paid in time.

    The last day covered before it; for the first month the day of issue. Whoever was told another
    day may pay by that one.
    """
    own = max(issued_on, coverage.covered_through(issued_on, months))
    return max([own, *(min(deadline(day.issued_on, months), last_named(day)) for day in former)])


def last_named(day: FormerDay) -> date:
    """The day to pay that stood when another day of issue took its place is kept to its end."""
    ends = (deadline(day.issued_on, months) for months in range(coverage.MONTHS_IN_YEAR + 1))
    return next((end for end in ends if end >= day.until), day.until)


def lost_by_moving(patent: PatentFacts, to: date, known: list[Money]) -> tuple[Money, ...]:
    """Money in time by the day of issue as it stands, and late by another one."""
    before = walk(patent.issued_on, known, date.max, patent.standing).in_time
    moved = [_counted_at_opening(money, to) for money in known]
    after = walk(to, moved, date.max, patent.standing).late
    return tuple(money for money in after if money in before)


def _counted_at_opening(money: Money, issued_on: date) -> Money:
    """Months counted at go-live move along with the day of issue."""
    if money.channel != Channel.OPENING:
        return money
    day = min(money.paid_on, issued_on)
    return replace(money, paid_on=day, posted_on=day)


def paid_order(today: date):
    """Earlier money first, posted first on one day, so that posting changes no outcome."""
    return lambda money: (
        money.paid_on,
        not money.posted(today),
        money.channel,
        not money.confirmed,
        money.months,
        money.amount,
    )


def capped(months: int) -> int:
    return min(coverage.MONTHS_IN_YEAR, months)


@dataclass(frozen=True, slots=True)
class Transit:
    """Living money that has been on its way for longest."""

    money: Money
    day_no: int  # 1 to 7, for the seven segments
    traced: bool

    @property
    def expected_by(self) -> date:
        return self.money.expected_by


def transit_of(living: tuple[Money, ...], complete: date | None, today: date) -> Transit | None:
    if not living:
        return None
    oldest = min(living, key=lambda money: money.paid_on)
    elapsed = (today - oldest.paid_on).days
    return Transit(oldest, min(TRANSIT_DAYS, max(1, elapsed)), is_traced(oldest, complete, today))


def is_traced(money: Money, complete: date | None, today: date) -> bool:
    """After day 7, but only when statements reach that far: a stopped feed traces nobody."""
    return today > money.expected_by and complete is not None and complete >= money.expected_by
