"""What a person must know before they give money again; pure, from a standing.

Money for the same days may be posted already, on its way, or waiting for staff; and money that
comes after the last covered day prolongs nothing. Whoever goes on does so knowingly.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from payments import coverage, history, offers
from payments.history import Paid
from payments.standing import NOTICE_DAYS, LateMoney, Standing


@dataclass(frozen=True, slots=True)
class Months:
    """The months that the new money is for; without days before the patent is issued."""

    first_number: int
    last_number: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A payment page that nobody has finished yet: somebody may be paying on it just now."""

    charge_id: int
    reference: str  # of its receipt
    amount: Decimal
    opened_at: datetime
    closes_at: datetime
    is_over: bool  # its time is up, and the acquirer has not said how it ended
    by_link: bool


@dataclass(frozen=True, slots=True)
class WaitingLink:
    """A link of the person that works, and by which nobody has gone to a payment yet."""

    link_id: int
    months: int
    good_through: date


@dataclass(frozen=True, slots=True)
class Stop:
    paid: tuple[Paid, ...]
    waiting: tuple[LateMoney, ...]
    deadline: date | None  # the last day in time, when it is over
    buys: Months | None  # None where late money buys no month by itself
    over: Decimal = Decimal(0)  # the person's own money that would buy a month without paying
    pages: tuple[OpenPage, ...] = ()
    links: tuple[WaitingLink, ...] = ()

    @property
    def is_late(self) -> bool:
        return self.deadline is not None

    @property
    def fingerprint(self) -> str:
        """Names exactly what was read: when anything of it changes, it is shown again."""
        money = [(row.amount, row.paid_on, row.posted_on) for row in self.paid]
        waits = [(row.amount, row.paid_on, row.posted_on) for row in self.waiting]
        pages = [(page.charge_id, page.is_over) for page in self.pages]
        links = [link.link_id for link in self.links]
        read = repr((money, waits, self.deadline, self.over, pages, links))
        return sha256(read.encode()).hexdigest()[:16]


def stop_before(
    now: Standing,
    months: int,
    over: Decimal = Decimal(0),
    pages: tuple[OpenPage, ...] = (),
    links: tuple[WaitingLink, ...] = (),
) -> Stop | None:
    """What stands in the way of paying for so many more months; None when nothing does.

    `over` is money of the person that would buy a month by itself; `pages` those on which the
    same months may be being paid; `links` those by which somebody else may yet pay them.
    """
    late = offers.is_late(now)
    paid = tuple(row for row in history.paid(now) if _may_be_meant(row, now))
    if not (paid or now.late or late or over or pages or links):
        return None
    deadline = offers.deadline(now) if late else None
    counts = now.issued_on is None or now.prolongs_by_itself
    buys = _bought(now, months) if counts else None
    return Stop(paid, now.late, deadline, buys, over, pages, links)


def _may_be_meant(row: Paid, now: Standing) -> bool:
    """Whether somebody who pays now may mean the months of this money: it is on its way, was
    paid lately, or its last month lies ahead."""
    if row.is_from_before:
        return False
    lately = row.paid_on >= now.today - timedelta(days=NOTICE_DAYS)
    return row.posted_on is None or lately or _lies_ahead(row, now)


def _lies_ahead(row: Paid, now: Standing) -> bool:
    if now.issued_on is None:
        return True
    return coverage.month_bounds(now.issued_on, row.last_number)[0] > now.today


def _bought(now: Standing, months: int) -> Months:
    first = now.months + 1
    last = min(coverage.MONTHS_IN_YEAR, now.months + months)
    if now.issued_on is None:
        return Months(first, last, None, None)
    begins, _end = coverage.month_bounds(now.issued_on, min(first, last))
    return Months(first, last, begins, coverage.month_bounds(now.issued_on, last)[1])
