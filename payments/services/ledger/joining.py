"""Sums that came apart make months together, and fall apart when one of them goes.

Whoever calls holds the accounts of the lines and the applications of the person.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from django.db.models import Q

from accounts.models import User
from accounts.services import record
from payments import matching, timeline
from payments.matching import Loose, Part, Payer
from payments.matching.credit import Filling, credit
from payments.models import Place, Placement
from payments.pricing import monthly_on
from payments.services.ledger import first_days
from payments.services.ledger.books import Books
from payments.services.ledger.payers import as_if_without


@dataclass(frozen=True)
class Plan:
    """What becomes of the money in some places; `new` months are those that did not count yet."""

    rows: list[Placement]
    filling: Filling

    @property
    def new(self) -> int:
        return self.filling.months - sum(row.months for row in self.rows)


def plan(payer: Payer, over: list[Placement], joint: list[Placement]) -> Plan:
    """Months from what is over; from the parts of former months, too, where that makes more.

    So parts make the same months in whatever order they come.
    """
    price = cache(monthly_on)
    simple = Plan(over, matching.fill(map(_loose, over), payer, price))
    if not (over and joint):
        return simple
    rows = [*over, *joint]
    anew = Plan(rows, matching.fill(map(_loose, rows), as_if_without(payer, joint), price))
    return max(simple, anew, key=lambda one: one.new)


def carry_out(it: Plan, payer: Payer, actor: User | None = None) -> None:
    books = Books(actor)
    for row in it.rows:
        if row.pk in it.filling.parts:
            books.instead(row, of_row(row, it.filling.parts[row.pk]), payer)
        elif row.place == Place.MATCHED:
            books.instead(row, _as_credit(row), payer)
    books.write()


def let_go(rows: Collection[Placement]) -> list[Placement]:
    """These places, all of one person, are about to be closed: months that other money completed
    with theirs count no more, and that money is credit again. The person is told; returns it."""
    last = {row.completed_by_id or row.pk for row in rows if row.place == Place.MATCHED}
    together = Placement.objects.joint().filter(Q(pk__in=last) | Q(completed_by__in=last))
    others = together.exclude(pk__in=[row.pk for row in rows]).order_by("pk")
    others, books = list(others.select_related("line", "application__person")), Books()
    for row in others:
        books.instead(row, _as_credit(row))
        facts = {"amount": row.amount, "paid_on": row.paid_on}
        record(person=row.application.person, kind=timeline.FELL_APART, facts=facts)
    books.write()
    return others


def together(row: Placement) -> Decimal:
    """What its months were paid with: the sum of the place and of the parts it completed."""
    parts = Placement.objects.matched().filter(completed_by=row)
    return row.amount + sum(parts.values_list("amount", flat=True))


def restate_first_day(rows: Collection[Placement]) -> None:
    """Months of these places, closed now, count no more."""
    for row in rows:
        if row.place == Place.MATCHED and row.months:
            first_days.restate_without(application=row.application, day=row.paid_on)


def of_row(row: Placement, parts: Sequence[Part]) -> tuple[Part, ...]:
    """Who took the money goes with the first part of a row and its receipt with the last: both
    stay spoken for, and neither is settled twice."""
    *front, last = parts
    first, *others = (*front, replace(last, receipt_id=row.receipt_id))
    taken = replace(first, charge_id=row.charge_id, till_payment_id=row.till_payment_id)
    return (taken, *others)


def _as_credit(row: Placement) -> tuple[Part, ...]:
    return of_row(row, (credit(_loose(row), row.application_id),))


def _loose(row: Placement) -> Loose:
    line = row.line
    return Loose(row.pk, row.amount, row.paid_on, line.posted_on, row.application_id)
