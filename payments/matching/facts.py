"""What a decision reads and what it answers: a line, papers, years, payers and parts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from common import identifiers
from payments import coverage, reference
from payments.matching import scores
from payments.models import Place, Said
from payments.shown import ORDER_DAYS, Shown
from payments.standing import Channel, FormerDay, Money

CLOCKS_DIFFER = timedelta(days=1)  # a bank writes the day before, by the clock of its own place
TWELVE_DIGITS = re.compile(r"(?<![0-9])[0-9]{12}(?![0-9])")


# What took the money, a charge or the cash desk; two times None: nobody of ours.
Taken = tuple[int | None, int | None]


def channel(taken: Taken) -> Channel:
    charge, till_payment = taken
    if charge:
        return Channel.CHARGE
    return Channel.TILL if till_payment else Channel.BANK


@dataclass(frozen=True, slots=True)
class MoneyIn:
    """A statement line. `paid_on` None: a consolidated order that cannot say when."""

    amount: Decimal
    posted_on: date
    paid_on: date | None
    purpose: str = ""
    payer_inn: str = ""
    said: str = Said.NEW  # else it is a notice about an earlier payment, and no money
    of_till: bool | None = None  # the centre brought it from its tills; None: nobody knows
    of_bank: bool = False  # it proves that a person's own bank brought it
    other_kbk: str = ""  # its КБК where that is of another tax
    other_oktmo: str = ""  # its ОКТМО where that is of another region

    @property
    def references(self) -> list[str]:
        return reference.find_in(self.purpose)

    @property
    def inns(self) -> set[str]:
        """INNs of people; organisations, the acquirer among them, have ten digits."""
        found = {self.payer_inn, *TWELVE_DIGITS.findall(self.purpose)}
        return {inn for inn in found if identifiers.is_inn_of_a_person(inn)}


@dataclass(frozen=True, slots=True)
class Paper:
    """A receipt. With a `charge_id` or a `till_payment_id` its money was taken by the acquirer
    or at the cash desk, and is not posted yet."""

    receipt_id: int
    reference: str
    application_id: int
    person_id: int
    amount: Decimal
    months: int
    open: bool  # formed, and no line has settled it; closed, what was taken for it came twice
    charge_id: int | None = None
    till_payment_id: int | None = None
    captured_on: date | None = None
    stated_on: date | None = None  # of cash whose day is still to be confirmed by two

    @property
    def taken(self) -> Taken:
        return (self.charge_id, self.till_payment_id)

    @property
    def key(self) -> tuple[int, int, int]:
        return (self.receipt_id, self.charge_id or 0, self.till_payment_id or 0)

    @property
    def is_taken(self) -> bool:
        return any(self.taken)

    @property
    def money(self) -> Money:
        day = self.captured_on or self.stated_on
        return Money(self.amount, self.months, day, channel=channel(self.taken))


def likeliest(papers: Iterable[Paper], line: MoneyIn) -> Paper | None:
    """Which of the sums taken for like papers this line is: first by who brought it, then by the
    day. What was taken after the posting comes last: the clocks of others may differ. A paper for
    which nothing was taken comes after those, but where the payer's own bank brought the money:
    that is none of what was taken online, so the person paid twice."""

    def rank(paper: Paper) -> tuple:
        day = paper.captured_on or date.max
        return (
            paper.amount != line.amount,
            _is_out_of_reach(paper, line),
            not paper.is_taken,
            day > line.posted_on,
            _is_of_another(paper, line),
            day,
            *paper.key,
        )

    found = list(papers)
    return min(found, key=rank) if len(found) > 1 else next(iter(found), None)


def _is_of_another(paper: Paper, line: MoneyIn) -> bool:
    """The centre's tills brought the money, or they did not, and the paper says otherwise."""
    return line.of_till is not None and line.of_till != bool(paper.till_payment_id)


def may_be_told_by(paper: Paper, line: MoneyIn) -> bool:
    """Whether a line that names nothing but the worker may tell of what was taken for a paper: a
    consolidated order without a day may, a line with a day of its own where both days are near.

    Two honest payments stay two: what was taken is posted once, and the next line counts itself.
    """
    if line.paid_on is None:
        return True
    day = paper.captured_on or paper.stated_on
    if day is None or line.of_bank or _is_of_another(paper, line):
        return False
    return day - CLOCKS_DIFFER <= line.paid_on <= day + ORDER_DAYS


def _is_out_of_reach(paper: Paper, line: MoneyIn) -> bool:
    """Money that others hold is never brought by the payer's own bank."""
    by_till = paper.till_payment_id is not None and line.of_till is False
    return line.of_bank and (paper.charge_id is not None or by_till)


@dataclass(frozen=True, slots=True)
class Year:
    """An application and the twelve months of its patent; posted money only."""

    application_id: int
    accepted_on: date
    issued_on: date | None = None
    annulled_on: date | None = None
    refused: bool = False
    first_paid_on: date | None = None
    money: tuple[Money, ...] = ()
    former: tuple[FormerDay, ...] = ()  # days of issue that still count for payments

    def lives_on(self, day: date) -> bool:
        """Whether an issued patent can take money paid on this day."""
        return (
            self.issued_on is not None
            and day <= coverage.year_end(self.issued_on)
            and (self.annulled_on is None or day < self.annulled_on)
        )

    @property
    def is_open(self) -> bool:
        """An application that may still become a patent."""
        return self.issued_on is None and not self.refused


@dataclass(frozen=True, slots=True)
class Payer:
    person_id: int
    years: tuple[Year, ...] = ()
    living: tuple[Paper, ...] = ()
    shown: tuple[Shown, ...] = ()
    asked: tuple[Paper, ...] = ()  # payment pages that are open now: their money may have come

    def year(self, application_id: int) -> Year:
        for year in self.years:
            if year.application_id == application_id:
                return year
        raise LookupError(application_id)

    def money_of(self, year: Year, *, without: Paper | None = None) -> list[Money]:
        """All that speaks for a year, leaving out what is being posted. What was taken beside it
        speaks, too: the second sum is in time for the months after the first one's."""
        posted = without and without.key
        living = [one.money for one in self._living(year) if one.key != posted]
        shown = [one.money for one in self.shown if one.application_id == year.application_id]
        return [*year.money, *living, *shown]

    def room(self, year: Year, *, without: Paper | None = None) -> int:
        """Cheques take no room: what they say must not keep the Treasury's money from counting.

        Of a receipt that was paid twice the first line has the room, whichever it is.
        """
        posted = without and without.receipt_id
        living = [one.months for one in self._living(year) if one.receipt_id != posted]
        taken = sum(living, sum(money.months for money in year.money))
        return max(0, coverage.MONTHS_IN_YEAR - taken)

    def _living(self, year: Year) -> list[Paper]:
        return [one for one in self.living if one.application_id == year.application_id]


@dataclass(frozen=True, slots=True)
class Part:
    """Where a part of the line's money goes, and why; the parts make the whole line."""

    amount: Decimal
    place: Place
    reason: str
    queue_reason: str = ""
    application_id: int | None = None
    receipt_id: int | None = None
    charge_id: int | None = None
    till_payment_id: int | None = None
    months: int = 0
    paid_on: date | None = None
    claim_id: int | None = None  # the shown cheque whose money this is
    second_of: int | None = None  # the paid receipt that it names, by the payer's own bank
    joint: int = 0  # parts with one such number make the months of one of them together
    score: int = scores.NOBODY  # how sure it is whose money this is, from 0 to 100

    @property
    def taken(self) -> Taken:
        return (self.charge_id, self.till_payment_id)

    def money(self, posted_on: date) -> Money:
        return Money(self.amount, self.months, self.paid_on, posted_on, channel(self.taken))


def once_more(parts: tuple[Part, ...], line: MoneyIn, named: Paper | None) -> tuple[Part, ...]:
    """Months of the payer's own bank for a receipt that other money has paid say so."""
    again = named and not named.open and line.of_bank and line.amount == named.amount
    if not again or parts[0].place != Place.MATCHED:
        return parts
    return (replace(parts[0], second_of=named.receipt_id), *parts[1:])
