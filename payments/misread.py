"""Whether a held statement looks as if kopecks were read as roubles, or the other way round.

It is said to whoever decides about the file: released, such sums would be wrong for everybody.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache

from payments.coverage import MONTHS_IN_YEAR
from payments.models import Said, Statement, StatementLine
from payments.pricing import monthly_on

LOOKED_AT = 5000  # lines: a page does not read a million of them
Price = Callable[[date], Decimal | None]


class Misread(Enum):
    LARGER = "larger"  # a hundred times whole months
    SMALLER = "smaller"  # the hundredth part of whole months


def misread(statement: Statement) -> Misread | None:
    """What more than half of the sums are; None where they are neither."""
    lines = StatementLine.objects.filter(statement=statement, said=Said.NEW).order_by("pk")
    price, rows = cache(monthly_on), lines.values_list("amount", "posted_on")[:LOOKED_AT]
    found = [_look(amount, price(day)) for amount, day in rows]
    return next((one for one in Misread if found.count(one) * 2 > len(found)), None)


def _look(amount: Decimal, monthly: Decimal | None) -> Misread | None:
    if not monthly:
        return None
    if _are_months(amount / 100, monthly):
        return Misread.LARGER
    return Misread.SMALLER if _are_months(amount * 100, monthly) else None


def _are_months(amount: Decimal, monthly: Decimal) -> bool:
    return not amount % monthly and amount <= monthly * MONTHS_IN_YEAR
