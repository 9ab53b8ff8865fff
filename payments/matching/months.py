"""Which months a sum pays, once it stands beyond doubt whose it is."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from common.formats import short_day
from payments.matching import reasons, scores
from payments.matching.facts import MoneyIn, Paper, Part, Payer, Year
from payments.models import Place, QueueReason
from payments.standing import Money, walk


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
    score = score_of(paper, line) if paper else scores.INN
    return _with_paper([replace(part, score=score) for part in parts], paper)


def settle(line: MoneyIn, payer: Payer, paper: Paper) -> tuple[Part, ...]:
    """A receipt and its exact sum, or the sum that came for it once more."""
    part = Part(
        line.amount,
        Place.MATCHED,
        reasons.of_receipt(paper),
        months=paper.months,
        paid_on=line.paid_on,
        score=score_of(paper, line),
        **belongs(paper),
    )
    year = payer.year(paper.application_id)
    if _in_time(part, year, payer.money_of(year, without=paper), line.posted_on):
        return (part,)
    return (_late(part, year),)


def score_of(paper: Paper, line: MoneyIn) -> int:
    """How sure it is whose money this is, where the line names the receipt."""
    if not paper.open:
        return scores.SECOND_SUM
    return scores.RECEIPT if paper.amount == line.amount else scores.ANOTHER_SUM


def belongs(paper: Paper) -> dict:
    return {
        "application_id": paper.application_id,
        "receipt_id": paper.receipt_id if paper.open else None,
        "charge_id": paper.charge_id,
        "till_payment_id": paper.till_payment_id,
    }


def _with_paper(parts: list[Part], paper: Paper | None) -> tuple[Part, ...]:
    """A receipt and what took its money go with the first part: they are settled once."""
    if paper is None:
        return tuple(parts)
    settled = {name: value for name, value in belongs(paper).items() if name != "application_id"}
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
