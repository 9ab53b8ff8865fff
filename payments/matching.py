"""Whose months a statement line pays: a pure decision with a reason that a clerk can read.

Automatic only when nothing is left to guess: a known receipt and its exact sum, or one person's
INN and whole months of the tariff of the day. All else waits for staff (docs/decisions/004).
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from stdnum.ru import inn as stdnum_inn

from common.formats import roubles, short_day
from payments import coverage, reference
from payments.models import Place, QueueReason
from payments.shown import Shown, same_money
from payments.standing import Channel, Money, walk

TWELVE_DIGITS = re.compile(r"(?<![0-9])[0-9]{12}(?![0-9])")
Price = Callable[[date], Decimal | None]  # a month's tariff on a day of payment


@dataclass(frozen=True, slots=True)
class MoneyIn:
    """A statement line. `paid_on` None: a consolidated order that cannot say when."""

    amount: Decimal
    posted_on: date
    paid_on: date | None
    purpose: str = ""
    payer_inn: str = ""

    @property
    def references(self) -> list[str]:
        return reference.find_in(self.purpose)

    @property
    def inns(self) -> set[str]:
        """INNs of people; organisations, the acquirer among them, have ten digits."""
        found = {self.payer_inn, *TWELVE_DIGITS.findall(self.purpose)}
        return {inn for inn in found if len(inn) == 12 and stdnum_inn.is_valid(inn)}


@dataclass(frozen=True, slots=True)
class Paper:
    """A receipt. With a `charge_id` its money was taken by the acquirer and is not posted yet."""

    receipt_id: int
    reference: str
    application_id: int
    person_id: int
    amount: Decimal
    months: int
    open: bool  # formed, and no line has settled it
    charge_id: int | None = None
    captured_on: date | None = None

    @property
    def money(self) -> Money:
        return Money(self.amount, self.months, self.captured_on)


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
        return next(year for year in self.years if year.application_id == application_id)

    def money_of(self, year: Year, *, without: Paper | None = None) -> list[Money]:
        """All that speaks for a year, leaving out the charge that is being posted."""
        shown = [one.money for one in self.shown if one.application_id == year.application_id]
        return [*self._taken(year, without), *shown]

    def room(self, year: Year, *, without: Paper | None = None) -> int:
        """Cheques take no room: what they say must not keep the Treasury's money from counting."""
        taken = sum(money.months for money in self._taken(year, without))
        return max(0, coverage.MONTHS_IN_YEAR - taken)

    def _taken(self, year: Year, without: Paper | None) -> list[Money]:
        on_its_way = [
            paper.money
            for paper in self.living
            if paper.application_id == year.application_id
            and (without is None or paper.charge_id != without.charge_id)
        ]
        return [*year.money, *on_its_way]


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
    months: int = 0
    paid_on: date | None = None
    claim_id: int | None = None  # the shown cheque whose money this is

    def money(self, posted_on: date) -> Money:
        channel = Channel.CHARGE if self.charge_id else Channel.BANK
        return Money(self.amount, self.months, self.paid_on, posted_on, channel)


def decide(
    line: MoneyIn, *, papers: Collection[Paper], payers: Collection[Payer], price: Price
) -> tuple[Part, ...]:
    """Places for the whole sum of a line.

    `papers` are the known receipts that the purpose names, `payers` their owners, or, when there
    are none, the people whose INN the line names.
    """
    if len(papers) > 1:
        names = ", ".join(sorted(reference.display(paper.reference) for paper in papers))
        reason = _("Several receipts are named: %s.") % names
        return _wait(line, QueueReason.AMBIGUOUS, reason, **_owner_of_all(papers))
    if len(payers) > 1:
        return _wait(line, QueueReason.AMBIGUOUS, _("INNs of several people are named."))
    if not payers:
        return _wait(line, QueueReason.UNKNOWN_PAYER, _why_unknown(line))
    [payer], [named, *_others] = payers, [*papers, None]
    return _decide_for(line, payer, named, price)


def _owner_of_all(papers: Collection[Paper]) -> dict:
    """Several receipts of one application: whose money it is stands beyond doubt."""
    owners = {paper.application_id for paper in papers}
    return {"application_id": owners.pop()} if len(owners) == 1 else {}


def applied(payer: Payer, parts: Collection[Part], posted_on: date) -> Payer:
    """The payer after these parts: what was living is posted, months are spoken for."""
    matched = [part for part in parts if part.place == Place.MATCHED]
    gone = {part.charge_id for part in parts if part.charge_id}
    years = tuple(
        replace(
            year,
            money=year.money
            + tuple(
                part.money(posted_on)
                for part in matched
                if part.application_id == year.application_id
            ),
        )
        for year in payer.years
    )
    living = tuple(paper for paper in payer.living if paper.charge_id not in gone)
    found = {part.claim_id for part in matched}
    shown = tuple(one for one in payer.shown if one.claim_id not in found)
    return replace(payer, years=years, living=living, shown=shown)


def _decide_for(line: MoneyIn, payer: Payer, named: Paper | None, price: Price):
    paper = named if named and _fits(named, line) else _charge_of(line, payer, named)
    cheque = same_money(
        payer.shown, amount=line.amount, paid_on=line.paid_on, posted_on=line.posted_on
    )
    if cheque is None:
        return _decide_by(line, payer, paper, named, price)
    others = tuple(one for one in payer.shown if one != cheque)
    days = filter(None, (line.paid_on, cheque.proven_day))
    line, payer = replace(line, paid_on=min(days, default=None)), replace(payer, shown=others)
    return _with_cheque(_decide_by(line, payer, paper, named, price), cheque)


def _with_cheque(parts: tuple[Part, ...], cheque: Shown) -> tuple[Part, ...]:
    """Only money that counts ends the search."""
    return tuple(
        replace(part, claim_id=cheque.claim_id) if part.place == Place.MATCHED else part
        for part in parts
    )


def _decide_by(
    line: MoneyIn, payer: Payer, paper: Paper | None, named: Paper | None, price: Price
) -> tuple[Part, ...]:
    if paper is None:
        return _count(line, payer, named, price)
    paid_on = min(filter(None, (line.paid_on, paper.captured_on)), default=None)
    if paid_on is None:
        return _by_posting(line, payer, paper, named, price) or _wait(
            line, QueueReason.DAY_UNKNOWN, _day_unknown(), **_belongs(paper)
        )
    line = replace(line, paid_on=paid_on)
    if payer.room(payer.year(paper.application_id), without=paper) >= paper.months:
        return _settle(line, payer, paper)
    years = _years_for(payer, paid_on, paper) or [payer.year(paper.application_id)]
    return _spread(line, payer, years, paper.amount / paper.months, paper)


def _by_posting(
    line: MoneyIn, payer: Payer, paper: Paper | None, named: Paper | None, price: Price
) -> tuple[Part, ...]:
    """Money posted by the last covered day was paid in time, whenever that was.

    Empty where the day of posting does not settle it: then the real day must be asked for. While
    a payment page for this sum is open, the acquirer may still say that the money came by it.
    """
    if any(page.amount == line.amount for page in payer.asked):
        return ()
    on_posting = replace(line, paid_on=line.posted_on)
    if paper:
        paper = replace(paper, captured_on=line.posted_on)
    parts = _decide_by(on_posting, payer, paper, named, price)
    unsettled = {QueueReason.LATE, QueueReason.AMOUNT} & {part.queue_reason for part in parts}
    if unsettled or all(part.place != Place.MATCHED for part in parts):
        return ()
    return tuple(replace(part, reason=f"{part.reason} {_posting_proves()}") for part in parts)


def _fits(paper: Paper, line: MoneyIn) -> bool:
    return paper.open and paper.amount == line.amount


def _charge_of(line: MoneyIn, payer: Payer, named: Paper | None) -> Paper | None:
    """The charge behind a consolidated order that names the worker but no receipt of ours."""
    if line.paid_on is not None or named is not None:
        return None
    same = [paper for paper in payer.living if _fits(paper, line)]
    return min(same, key=lambda paper: (paper.captured_on, paper.receipt_id), default=None)


def _settle(line: MoneyIn, payer: Payer, paper: Paper) -> tuple[Part, ...]:
    """A receipt and its exact sum."""
    part = Part(
        line.amount,
        Place.MATCHED,
        _("Receipt %s, sum exact.") % reference.display(paper.reference),
        months=paper.months,
        paid_on=line.paid_on,
        **_belongs(paper),
    )
    year = payer.year(paper.application_id)
    if _in_time(part, year, payer.money_of(year, without=paper), line.posted_on):
        return (part,)
    return (_late(part, year),)


def _belongs(paper: Paper) -> dict:
    return {
        "application_id": paper.application_id,
        "receipt_id": paper.receipt_id,
        "charge_id": paper.charge_id,
    }


def _count(line: MoneyIn, payer: Payer, named: Paper | None, price: Price) -> tuple[Part, ...]:
    """Money of a known person: whole months of the tariff on the day of payment."""
    years = _years_for(payer, line.paid_on or line.posted_on, named)
    if not years:
        return _wait(
            line,
            QueueReason.NO_ROOM,
            _("The person has neither a living patent nor an open application."),
        )
    owner = {"application_id": years[0].application_id}
    if line.paid_on is None:
        return _by_posting(line, payer, None, named, price) or _wait(
            line, QueueReason.DAY_UNKNOWN, _day_unknown(), **owner
        )
    monthly = price(line.paid_on)
    if not monthly or line.amount % monthly:
        reason = _why_amount(line, named, monthly)
        return _wait(line, QueueReason.AMOUNT, reason, paid_on=line.paid_on, **owner)
    return _spread(line, payer, years, monthly)


def _years_for(payer: Payer, day: date, named: Paper | None) -> list[Year]:
    """The living patent issued last, then open applications; the named one first of all."""
    patents = [year for year in payer.years if year.lives_on(day)]
    waiting = [year for year in payer.years if year.is_open]
    years = sorted(patents, key=lambda year: (year.issued_on, year.application_id))[-1:]
    years += sorted(waiting, key=lambda year: (year.accepted_on, year.application_id))
    if named:
        years.sort(key=lambda year: year.application_id != named.application_id)
    return years


def _spread(
    line: MoneyIn, payer: Payer, years: list[Year], monthly: Decimal, paper: Paper | None = None
) -> tuple[Part, ...]:
    """The earliest unpaid months first; what finds no month waits for staff."""
    left, parts = int(line.amount / monthly), []
    for year in years:
        months = min(left, payer.room(year, without=paper))
        if not months:
            continue
        part = _months(line, year, months, monthly)
        if not _in_time(part, year, payer.money_of(year, without=paper), line.posted_on):
            parts.append(_late(replace(part, amount=monthly * left), year))
            left = 0
            break
        parts.append(part)
        left -= months
    if left:
        parts.append(_no_room(monthly * left, years[0], line))
    return _with_paper(parts, paper)


def _with_paper(parts: list[Part], paper: Paper | None) -> tuple[Part, ...]:
    """A receipt and its charge go with the first part: they are settled once."""
    if paper is None:
        return tuple(parts)
    first = replace(parts[0], receipt_id=paper.receipt_id, charge_id=paper.charge_id)
    return (first, *parts[1:])


def _months(line: MoneyIn, year: Year, months: int, monthly: Decimal) -> Part:
    return Part(
        monthly * months,
        Place.MATCHED,
        _("The person is known, whole months of the tariff."),
        application_id=year.application_id,
        months=months,
        paid_on=line.paid_on,
    )


def _no_room(amount: Decimal, year: Year, line: MoneyIn) -> Part:
    return Part(
        amount,
        Place.QUEUE,
        _("All twelve months are paid, and there is no open application."),
        QueueReason.NO_ROOM,
        application_id=year.application_id,
        paid_on=line.paid_on,
    )


def _in_time(part: Part, year: Year, others: list[Money], posted_on: date) -> bool:
    """The rule of the standing itself; before issue every day is in time."""
    if year.issued_on is None:
        return True
    money = part.money(posted_on)
    return money in walk(year.issued_on, [*others, money], date.max).in_time


def _late(part: Part, year: Year) -> Part:
    """Late money revives nothing: it is kept safe and named until staff decide."""
    reason = _("Paid on %(paid)s, after the patent of %(issued)s had no more covered days.") % {
        "paid": short_day(part.paid_on),
        "issued": short_day(year.issued_on),
    }
    return replace(part, place=Place.QUEUE, queue_reason=QueueReason.LATE, months=0, reason=reason)


def _wait(line: MoneyIn, queue_reason: QueueReason, reason: str, **known) -> tuple[Part, ...]:
    return (Part(line.amount, Place.QUEUE, reason, queue_reason, **known),)


def _day_unknown() -> str:
    return _("An order for several people: nothing says when this person paid. Ask for the cheque.")


def _posting_proves() -> str:
    return _("The order has no day for this person; posted this early, it was paid in time.")


def _why_unknown(line: MoneyIn) -> str:
    if line.inns:
        return _("Nobody here has the INN %s, and no receipt of ours is named.") % ", ".join(
            sorted(line.inns)
        )
    return _("No receipt of ours and no INN of a person is named.")


def _why_amount(line: MoneyIn, named: Paper | None, monthly: Decimal | None) -> str:
    if monthly is None:
        return _("No tariff is known for %s.") % short_day(line.paid_on)
    if named and named.open:
        return _("Receipt %(receipt)s expects %(expected)s, received %(received)s.") % {
            "receipt": reference.display(named.reference),
            "expected": roubles(named.amount),
            "received": roubles(line.amount),
        }
    return _("Received %(received)s: no whole number of months at %(monthly)s.") % {
        "received": roubles(line.amount),
        "monthly": roubles(monthly),
    }
