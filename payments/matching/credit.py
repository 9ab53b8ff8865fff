"""What a person has over buys: whole months, each at the price of the day of its last part."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from common.formats import roubles, short_day
from payments.matching.decide import Price, applied
from payments.matching.facts import MoneyIn, Part, Payer
from payments.matching.months import spread, years_for
from payments.matching.scores import PARTS
from payments.models import Place


@dataclass(frozen=True, slots=True)
class Loose:
    """Money of a person that buys no month alone, or more than months: one place of a line."""

    key: int
    amount: Decimal
    paid_on: date
    posted_on: date
    application_id: int


@dataclass(frozen=True, slots=True)
class Filling:
    """`parts` by the key of the money they are of; money that bought nothing is not in it."""

    parts: dict[int, tuple[Part, ...]]
    months: int


def fill(loose: Iterable[Loose], payer: Payer, price: Price) -> Filling:
    """Whole months, earliest unpaid ones first, from sums taken together as they were paid.

    Months are paid on the day of their last rouble, cost what a month did on that day, and are in
    time when that day is. The parts of one sum make it whole; what is over stays credit.
    """
    pool, parts, bought = [], defaultdict(list), []
    for one in sorted(loose, key=_order_of_payment):
        pool.append(one)
        for months in _months(pool, payer, price):
            taken, pool = _cut(pool, months.amount)
            bought.append(months)
            payer = applied(payer, [months], one.posted_on)
            for key, part in _parts(taken, months, joint=len(bought)):
                parts[key].append(part)
    for rest in pool:
        if rest.key in parts:
            parts[rest.key].append(credit(rest, parts[rest.key][-1].application_id))
    whole = {key: tuple(some) for key, some in parts.items()}
    return Filling(whole, sum(months.months for months in bought))


def months_in(sums: Iterable[tuple[Decimal, date]], price: Price) -> int:
    """How many whole months sums with their days of payment are, whoever they may be for."""
    months, pool = 0, Decimal(0)
    for amount, day in sorted(sums, key=lambda pair: pair[1]):
        pool += amount
        monthly = price(day)
        if monthly:
            months += int(pool // monthly)
            pool %= monthly
    return months


def credit(money: Loose | MoneyIn, application_id: int) -> Part:
    return Part(
        money.amount,
        Place.CREDIT,
        _("The person's credit: it prolongs nothing until it buys a month."),
        application_id=application_id,
        paid_on=money.paid_on,
        score=PARTS,
    )


def _order_of_payment(one: Loose) -> tuple:
    return (one.paid_on, one.posted_on, one.key)


def _months(pool: Sequence[Loose], payer: Payer, price: Price) -> list[Part]:
    """None where the money would be late: staff decide about that."""
    last, total = pool[-1], sum(one.amount for one in pool)
    years, monthly = years_for(payer, last.paid_on, None), price(last.paid_on)
    if not (years and monthly and total >= monthly):
        return []
    money = MoneyIn(total - total % monthly, last.posted_on, last.paid_on)
    return [part for part in spread(money, payer, years, monthly) if part.place == Place.MATCHED]


def _cut(pool: Sequence[Loose], amount: Decimal) -> tuple[list[Loose], list[Loose]]:
    """What makes a sum, and what is left; the newest money goes first, so that the day of the last
    part is the day of a part."""
    taken, left = [], []
    for one in reversed(pool):
        some = min(one.amount, amount)
        amount -= some
        if some:
            taken.append(replace(one, amount=some))
        if one.amount > some:
            left.append(replace(one, amount=one.amount - some))
    return taken[::-1], left[::-1]


def _parts(taken: Sequence[Loose], months: Part, joint: int) -> Iterable[tuple[int, Part]]:
    """The last part stands for the months; the others say that it completed them."""
    *others, last = taken
    if not others:
        return [(last.key, replace(months, amount=last.amount))]
    together = replace(months, reason=_why(taken, months), joint=joint, score=PARTS)
    parts = [(one.key, _without_months(together, one)) for one in others]
    return [*parts, (last.key, replace(together, amount=last.amount))]


def _without_months(together: Part, one: Loose) -> Part:
    return replace(together, amount=one.amount, paid_on=one.paid_on, months=0)


def _why(taken: Sequence[Loose], months: Part) -> str:
    sums = ", ".join(f"{roubles(one.amount)} ({short_day(one.paid_on)})" for one in taken)
    return _("Parts that make whole months together: %s.") % sums
