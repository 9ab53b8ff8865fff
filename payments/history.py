"""What was paid and what will have to be paid, in rows; pure, from standings."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from payments import coverage
from payments.standing import (
    TRANSIT_DAYS,
    BoxState,
    Channel,
    Money,
    Standing,
    State,
    deadline,
)

OVER = frozenset({State.ANNULLED, State.EXPIRED, State.LAPSED})
# What a receipt and its money have in common: sum, months, day of payment, day of posting.
Likeness = tuple[Decimal, int, date, date | None]
Price = Callable[[date], Decimal | None]  # of a month by the day of payment; None: not known yet


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
    is_searched: bool  # the days of its way are over, and statements show that it is not there
    day_no: int
    state: BoxState
    receipt: str
    is_from_before: bool = False  # counted at go-live: its three dates are not known here
    by_posting: bool = False  # paid on `paid_on` or earlier
    is_silent: bool = False  # the days of its way are over, and no statement reaches so far
    known_through: date | None = None  # how far statements reach, where `is_silent`
    is_of_refused: bool = False  # no patent will come of this application
    parts: tuple[tuple[Decimal, date], ...] = ()  # sums with their days, where it came apart


@dataclass(frozen=True, slots=True)
class ToPay:
    """A month that is still to be paid, and its price if it is paid on its last day."""

    number: int
    first_day: date
    last_day: date
    pay_by: date
    amount: Decimal | None  # None while no tariff of that day is known


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


def to_pay(it: Standing, price: Price) -> list[ToPay]:
    """The months to come, to the end of the twelve; a day that is over costs what today does.

    Months of money that two decide about are not asked for a second time.
    """
    if it.issued_on is None or it.state in OVER:
        return []
    numbers = range(it.months_by_our_word + 1, coverage.MONTHS_IN_YEAR + 1)
    return [_to_pay(it, number, price) for number in numbers]


def _paid(it: Standing, money: Money, first: int, last: int, waiting: dict) -> Paid:
    issued_on, posted = it.issued_on, money.posted(it.today)
    state = _state(it, money, first)
    is_over = not posted and it.today > money.expected_by
    is_silent = is_over and state != BoxState.TRACING
    likeness = (money.amount, money.months, money.paid_on, money.posted_on if posted else None)
    return Paid(
        first_number=first,
        last_number=last,
        first_day=issued_on and coverage.month_bounds(issued_on, first)[0],
        last_day=issued_on and coverage.month_bounds(issued_on, last)[1],
        deadline=issued_on and deadline(issued_on, first - 1, it.case.patent.standing),
        amount=money.amount,
        paid_on=money.paid_on,
        posted_on=money.posted_on if posted else None,
        expected_by=money.expected_by,
        is_searched=is_over and not is_silent,
        day_no=min(TRANSIT_DAYS, max(1, (it.today - money.paid_on).days)),
        state=state,
        receipt=waiting[likeness].pop(0) if waiting[likeness] else "",
        is_from_before=money.channel == Channel.OPENING,
        by_posting=money.by_posting,
        is_silent=is_silent,
        known_through=it.complete_through if is_silent else None,
        is_of_refused=it.state == State.REFUSED,
        parts=money.parts,
    )


def _state(it: Standing, money: Money, number: int) -> BoxState:
    if it.boxes:
        return it.boxes[number - 1].state
    if money.posted(it.today):
        return BoxState.POSTED
    traced = it.transit and it.transit.money == money and it.transit.traced
    return BoxState.TRACING if traced else BoxState.IN_TRANSIT


def _to_pay(it: Standing, number: int, price: Price) -> ToPay:
    first_day, last_day = coverage.month_bounds(it.issued_on, number)
    pay_by = coverage.pay_by(it.issued_on, number - 1)
    return ToPay(number, first_day, last_day, pay_by, price(max(pay_by, it.today)))
