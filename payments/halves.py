"""Sums that are no month alone, some of them on cheques only, and make one together."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from payments.matching import months_in
from payments.models import Placement
from payments.pricing import monthly_on
from payments.standing import LateMoney

ClaimRow = tuple[int, Decimal, int, date, date | None]  # as `payments.facts.CLAIM` reads it


def halves_of(claims: Sequence[ClaimRow]) -> dict[int, tuple[LateMoney, ...]]:
    """By application the earliest sums that make a month; asks only where a cheque is a part."""
    parts = [
        (application, LateMoney(amount, proven_on or paid_on))
        for application, amount, months, paid_on, proven_on in claims
        if not months
    ]
    if not parts:
        return {}
    applications = {application for application, _part in parts}
    month = _first_month([part for _application, part in parts] + _over(applications))
    return dict.fromkeys(applications, month)


def _over(applications: set[int]) -> list[LateMoney]:
    """What the same person has over, by statements."""
    rows = Placement.objects.surplus().filter(
        application__person__applications__in=sorted(applications)
    )
    known = rows.values_list("pk", "amount", "paid_on", "line__posted_on").distinct()
    return [LateMoney(*money) for _pk, *money in known]


def _first_month(sums: Sequence[LateMoney]) -> tuple[LateMoney, ...]:
    price, first = cache(monthly_on), []
    for one in sorted(sums, key=lambda one: (one.paid_on, one.amount)):
        first.append(one)
        if months_in([(part.amount, part.paid_on) for part in first], price):
            return tuple(first)
    return ()
