"""What was paid and what will have to be paid, in rows; pure, from standings."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from payments import coverage
from payments.standing import TRANSIT_DAYS, BoxState, Channel, Money, Standing, State

SHOWN_ONE_BY_ONE = 3
OVER = frozenset({State.ANNULLED, State.EXPIRED, State.LAPSED})
# What a receipt and its money have in common: sum, months, day of payment, day of posting.
Likeness = tuple[Decimal, int, date, date | None]


@dataclass(frozen=True, slots=True)
class Paid:
    """Money that counts. Days of the months are None before the patent is issued."""

    first_number: int
    last_number: int
    first_day: date | None
    last_day: date | None
    deadline: date | None
    amount: Decimal
    paid_on: date
    posted_on: date | None
    expected_by: date
    is_searched: bool  # the days of its way are over and it has not arrived
    day_no: int
    state: BoxState
    receipt: str
    is_from_before: bool = False  # counted at go-live: its three dates are not known here
    by_posting: bool = False  # paid on `paid_on` or earlier


@dataclass(frozen=True, slots=True)
class ToPay:
    """Months that are still to be paid: one, or the far ones together."""

    first_number: int
    last_number: int
    first_day: date
    pay_by: date
    amount: Decimal | None  # None while no tariff is known


def paid(it: Standing, references: Iterable[tuple[Likeness, str]] = ()) -> list[Paid]:
    """The money of a case, newest first, each with the months that it pays."""
    waiting = defaultdict(list)
    for likeness, reference in references:
        waiting[likeness].append(reference)
    rows, months = [], 0
    for money in it.paid:
        last = min(coverage.MONTHS_IN_YEAR, months + money.months)
        if last > months:
            rows.append(_paid(it, money, months + 1, last, waiting))
        months = last
    return rows[::-1]


def to_pay(it: Standing) -> list[ToPay]:
    """The coming months: the near ones one by one, the rest in a row of their own."""
    if it.issued_on is None or it.state in OVER:
        return []
    near = range(it.months + 1, coverage.MONTHS_IN_YEAR + 1)[:SHOWN_ONE_BY_ONE]
    rows = [_to_pay(it, number, number) for number in near]
    after = it.months + 1 + len(near)
    if after <= coverage.MONTHS_IN_YEAR:
        rows.append(_to_pay(it, after, coverage.MONTHS_IN_YEAR))
    return rows


def _paid(it: Standing, money: Money, first: int, last: int, waiting: dict) -> Paid:
    issued_on, posted = it.issued_on, money.posted(it.today)
    likeness = (money.amount, money.months, money.paid_on, money.posted_on if posted else None)
    return Paid(
        first_number=first,
        last_number=last,
        first_day=issued_on and coverage.month_bounds(issued_on, first)[0],
        last_day=issued_on and coverage.month_bounds(issued_on, last)[1],
        deadline=issued_on and max(issued_on, coverage.covered_through(issued_on, first - 1)),
        amount=money.amount,
        paid_on=money.paid_on,
        posted_on=money.posted_on if posted else None,
        expected_by=money.expected_by,
        is_searched=not posted and it.today > money.expected_by,
        day_no=min(TRANSIT_DAYS, max(1, (it.today - money.paid_on).days)),
        state=_state(it, money, first),
        receipt=waiting[likeness].pop(0) if waiting[likeness] else "",
        is_from_before=money.channel == Channel.OPENING,
        by_posting=money.by_posting,
    )


def _state(it: Standing, money: Money, number: int) -> BoxState:
    if it.boxes:
        return it.boxes[number - 1].state
    if money.posted(it.today):
        return BoxState.POSTED
    traced = it.transit and it.transit.money == money and it.transit.traced
    return BoxState.TRACING if traced else BoxState.IN_TRANSIT


def _to_pay(it: Standing, first: int, last: int) -> ToPay:
    return ToPay(
        first_number=first,
        last_number=last,
        first_day=coverage.month_bounds(it.issued_on, first)[0],
        pay_by=coverage.pay_by(it.issued_on, first - 1),
        amount=it.monthly * (last - first + 1) or None,
    )
