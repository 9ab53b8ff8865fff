"""Whose months a statement line pays: a pure decision with a reason that a clerk can read.

Automatic only when nothing is left to guess: a known receipt and its exact sum, or one person's
INN and whole months of the tariff of the day. All else waits for staff (docs/decisions/004).
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from common.formats import short_day
from payments import reference
from payments.matching import reasons, scores
from payments.matching.facts import (
    MoneyIn,
    Paper,
    Part,
    Payer,
    Year,
    likeliest,
    may_be_told_by,
    once_more,
)
from payments.models import Place, QueueReason, Said
from payments.shown import Shown, same_money
from payments.standing import Money, walk

Price = Callable[[date], Decimal | None]  # a month's tariff on a day of payment


def decide(
    line: MoneyIn, *, papers: Collection[Paper], payers: Collection[Payer], price: Price
) -> tuple[Part, ...]:
    """Places for the whole sum of a line.

    `papers` are the known receipts that the purpose names, `payers` their owners, or, when there
    are none, the people whose INN the line names.
    """
    if line.said != Said.NEW:
        return _wait(line, QueueReason.NOTICE, reasons.of_notice(line.said))
    if len(papers) > 1:
        names = ", ".join(sorted(reference.display(paper.reference) for paper in papers))
        reason = _("Several receipts are named: %s.") % names
        return _wait(line, QueueReason.AMBIGUOUS, reason, **_owner_of_all(papers))
    if len(payers) > 1:
        return _wait(line, QueueReason.AMBIGUOUS, reasons.of_several(line))
    if not payers:
        return _wait(line, QueueReason.UNKNOWN_PAYER, reasons.why_unknown(line))
    [payer], [named, *_others] = payers, [*papers, None]
    return _decide_for(line, payer, named, price)


def _owner_of_all(papers: Collection[Paper]) -> dict:
    """Several receipts of one application: whose money it is stands beyond doubt."""
    owners = {paper.application_id for paper in papers}
    whose = {"score": scores.SEVERAL_PAPERS}
    return whose | {"application_id": owners.pop()} if len(owners) == 1 else {}


def applied(payer: Payer, parts: Collection[Part], posted_on: date) -> Payer:
    """The payer after these parts: what was living is posted, months are spoken for."""
    matched = [part for part in parts if part.place == Place.MATCHED]
    gone = {part.taken for part in parts}
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
    settled = {part.receipt_id for part in matched if part.receipt_id}
    living = tuple(
        replace(paper, open=paper.open and paper.receipt_id not in settled)
        for paper in payer.living
        if paper.taken not in gone
    )
    found = {part.claim_id for part in matched}
    shown = tuple(one for one in payer.shown if one.claim_id not in found)
    return replace(payer, years=years, living=living, shown=shown)


def _decide_for(line: MoneyIn, payer: Payer, named: Paper | None, price: Price):
    paper = named if named and _fits(named, line) else _charge_of(line, payer, named)
    cheque = same_money(
        payer.shown, amount=line.amount, paid_on=line.paid_on, posted_on=line.posted_on
    )
    most = scores.TAKEN if paper and paper is not named else scores.RECEIPT
    if cheque is None:
        return _at_most(most, _decide_by(line, payer, paper, named, price))
    others = tuple(one for one in payer.shown if one != cheque)
    days = filter(None, (line.paid_on, cheque.proven_day))
    line, payer = replace(line, paid_on=min(days, default=None)), replace(payer, shown=others)
    return _with_cheque(_at_most(most, _decide_by(line, payer, paper, named, price)), cheque)


def _at_most(score: int, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(part if part.score <= score else replace(part, score=score) for part in parts)


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
            line,
            QueueReason.DAY_UNKNOWN,
            reasons.day_unknown(),
            score=_score(paper, line),
            **_belongs(paper),
        )
    line = line if line.paid_on == paid_on else replace(line, paid_on=paid_on)
    if payer.room(payer.year(paper.application_id), without=paper) >= paper.months:
        return _settle(line, payer, paper)
    years = years_for(payer, paid_on, paper) or [payer.year(paper.application_id)]
    return spread(line, payer, years, paper.amount / paper.months, paper)


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
    proven = reasons.posting_proves()
    said = tuple(replace(part, reason=f"{part.reason} {proven}") for part in parts)
    return _at_most(scores.POSTING, said)


def _fits(paper: Paper, line: MoneyIn) -> bool:
    """What was taken for a paper that another line has settled still comes, and is months, too."""
    return (paper.open or paper.is_taken) and paper.amount == line.amount


def _charge_of(line: MoneyIn, payer: Payer, named: Paper | None) -> Paper | None:
    """What was taken, where a line names the worker but no receipt of ours."""
    if named is not None:
        return None
    living = (paper for paper in payer.living if _fits(paper, line))
    return likeliest((paper for paper in living if may_be_told_by(paper, line)), line)


def _settle(line: MoneyIn, payer: Payer, paper: Paper) -> tuple[Part, ...]:
    """A receipt and its exact sum, or the sum that came for it once more."""
    part = Part(
        line.amount,
        Place.MATCHED,
        reasons.of_receipt(paper),
        months=paper.months,
        paid_on=line.paid_on,
        score=_score(paper, line),
        **_belongs(paper),
    )
    year = payer.year(paper.application_id)
    if _in_time(part, year, payer.money_of(year, without=paper), line.posted_on):
        return (part,)
    return (_late(part, year),)


def _score(paper: Paper, line: MoneyIn) -> int:
    """How sure it is whose money this is, where the line names the receipt."""
    if not paper.open:
        return scores.SECOND_SUM
    return scores.RECEIPT if paper.amount == line.amount else scores.ANOTHER_SUM


def _belongs(paper: Paper) -> dict:
    return {
        "application_id": paper.application_id,
        "receipt_id": paper.receipt_id if paper.open else None,
        "charge_id": paper.charge_id,
        "till_payment_id": paper.till_payment_id,
    }


def _count(line: MoneyIn, payer: Payer, named: Paper | None, price: Price) -> tuple[Part, ...]:
    """Money of a known person: whole months of the tariff on the day of payment."""
    years = years_for(payer, line.paid_on or line.posted_on, named)
    if not years:
        return _wait(
            line,
            QueueReason.NO_ROOM,
            _("The person has neither a living patent nor an open application."),
        )
    score = _score(named, line) if named else scores.INN
    owner = {"application_id": years[0].application_id, "score": score}
    if _may_be_of_a_page(line, payer, named):
        return _wait(line, QueueReason.DAY_UNKNOWN, reasons.page_is_open(), **owner)
    if line.paid_on is None:
        return _by_posting(line, payer, None, named, price) or _wait(
            line, QueueReason.DAY_UNKNOWN, reasons.day_unknown(), **owner
        )
    monthly = price(line.paid_on)
    if not monthly or line.amount % monthly:
        reason = reasons.why_amount(line, named, monthly)
        return _wait(line, QueueReason.AMOUNT, reason, paid_on=line.paid_on, **owner)
    return once_more(spread(line, payer, years, monthly), line, named)


def _may_be_of_a_page(line: MoneyIn, payer: Payer, named: Paper | None) -> bool:
    """Its paper is paid, and a page of it is open: the acquirer may say at any time that this is
    what it took. Counted without it, the same money would be looked for later."""
    if named is None or line.of_bank:
        return False
    return any(
        (one.receipt_id, one.amount) == (named.receipt_id, line.amount) for one in payer.asked
    )


def years_for(payer: Payer, day: date, named: Paper | None) -> list[Year]:
    """The living patent issued last, then open applications; the named one first of all."""
    patents = [year for year in payer.years if year.lives_on(day)]
    waiting = [year for year in payer.years if year.is_open]
    years = sorted(patents, key=lambda year: (year.issued_on, year.application_id))[-1:]
    years += sorted(waiting, key=lambda year: (year.accepted_on, year.application_id))
    if named:
        years.sort(key=lambda year: year.application_id != named.application_id)
    return years


def spread(
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
    score = _score(paper, line) if paper else scores.INN
    return _with_paper([replace(part, score=score) for part in parts], paper)


def _with_paper(parts: list[Part], paper: Paper | None) -> tuple[Part, ...]:
    """A receipt and what took its money go with the first part: they are settled once."""
    if paper is None:
        return tuple(parts)
    settled = {name: value for name, value in _belongs(paper).items() if name != "application_id"}
    return (replace(parts[0], **settled), *parts[1:])


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
    return money in walk(year.issued_on, [*others, money], date.max, year.former).in_time


def _late(part: Part, year: Year) -> Part:
    """Late money revives nothing: it is kept safe and named until staff decide."""
    reason = _("Paid on %(paid)s, after the patent of %(issued)s had no more covered days.") % {
        "paid": short_day(part.paid_on),
        "issued": short_day(year.issued_on),
    }
    return replace(part, place=Place.QUEUE, queue_reason=QueueReason.LATE, months=0, reason=reason)


def _wait(line: MoneyIn, queue_reason: QueueReason, reason: str, **known) -> tuple[Part, ...]:
    return (Part(line.amount, Place.QUEUE, reason, queue_reason, **known),)
