"""Whose months a statement line pays: a pure decision with a reason that a clerk can read.

Automatic only when nothing is left to guess: a known receipt and its exact sum, or one person's
INN and whole months of the tariff of the day. All else waits for staff (docs/decisions/004).
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from payments import reference
from payments.matching import reasons, scores
from payments.matching.facts import (
    MoneyIn,
    Paper,
    Part,
    Payer,
    likeliest,
    may_be_told_by,
    once_more,
)
from payments.matching.months import belongs, score_of, settle, spread, years_for
from payments.models import Place, QueueReason, Said
from payments.shown import Shown, same_money

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
    if line.other_kbk or line.other_oktmo:
        return _elsewhere(line, papers, payers)
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


def _elsewhere(
    line: MoneyIn, papers: Collection[Paper], payers: Collection[Payer]
) -> tuple[Part, ...]:
    """It may be no money for a patent here, or the usual mistake in the requisites: staff find out,
    and until then nobody says that nothing came."""
    whose = _owner_elsewhere(line, papers, payers)
    if line.other_kbk:
        reason = reasons.of_another_tax(line.other_kbk)
        return _wait(line, QueueReason.OTHER_TAX, reason, **whose)
    reason = reasons.of_another_region(line.other_oktmo)
    return _wait(line, QueueReason.OTHER_BUDGET, reason, **whose)


def _owner_elsewhere(
    line: MoneyIn, papers: Collection[Paper], payers: Collection[Payer]
) -> dict[str, Any]:
    if len(papers) > 1:
        return _owner_of_all(papers)
    if len(payers) != 1:
        return {}
    [payer], [named, *_others] = payers, [*papers, None]
    years = years_for(payer, line.paid_on or line.posted_on, named)
    whose = named or next(iter(years), None)
    if whose is None:
        return {}
    score = scores.ELSEWHERE
    return {"application_id": whose.application_id, "score": score, "paid_on": line.paid_on}


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
    found = {part.claim_id for part in parts}
    shown = tuple(one for one in payer.shown if one.claim_id not in found)
    return replace(payer, years=years, living=living, shown=shown)


def _decide_for(line: MoneyIn, payer: Payer, named: Paper | None, price: Price):
    paper = named if named and _fits(named, line) else _charge_of(line, payer, named)
    # An order of many has no day, but what we took ourselves has: a cheque of another day is other
    # money, which goes on being looked for.
    day = line.paid_on or (paper.captured_on if paper and paper.is_taken else None)
    cheque = same_money(payer.shown, amount=line.amount, paid_on=day, posted_on=line.posted_on)
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
    """Only money that counts ends the search; a sum that is no month is found where it waits."""
    return tuple(
        replace(part, claim_id=cheque.claim_id) if _is_found(part, cheque) else part
        for part in parts
    )


def _is_found(part: Part, cheque: Shown) -> bool:
    is_part = cheque.months == 0 and part.queue_reason == QueueReason.AMOUNT
    return part.place == Place.MATCHED or is_part


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
            score=score_of(paper, line),
            **belongs(paper),
        )
    line = line if line.paid_on == paid_on else replace(line, paid_on=paid_on)
    if payer.room(payer.year(paper.application_id), without=paper) >= paper.months:
        return settle(line, payer, paper)
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


def _count(line: MoneyIn, payer: Payer, named: Paper | None, price: Price) -> tuple[Part, ...]:
    """Money of a known person: whole months of the tariff on the day of payment."""
    years = years_for(payer, line.paid_on or line.posted_on, named)
    if not years:
        return _wait(
            line,
            QueueReason.NO_ROOM,
            _("The person has neither a living patent nor an open application."),
        )
    score = score_of(named, line) if named else scores.INN
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


def _wait(line: MoneyIn, queue_reason: QueueReason, reason: str, **known) -> tuple[Part, ...]:
    return (Part(line.amount, Place.QUEUE, reason, queue_reason, **known),)
