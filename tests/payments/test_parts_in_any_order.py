"""Parts of months in whatever order they come: the same months, and no kopeck lost on the way."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from payments.matching import Payer, Year
from payments.models import Place, Placement, StatementLine
from payments.services.ledger import joining
from payments.standing import Channel, Money

ISSUED, FIRST_DAY = date(2025, 10, 15), date(2025, 11, 10)
APPLICATION = 1


def price(day: date) -> Decimal:
    return Decimal(8900) if day.year < 2026 else Decimal(10000)


class Ledger:
    """A person's places, as the services write them, without a database."""

    def __init__(self, months: int):
        base = Money(Decimal(8900) * months, months, ISSUED, ISSUED, Channel.OPENING)
        self.base, self.rows, self.keys = (base,) if months else (), [], count(1)

    def come(self, amount: int, paid_on: date) -> None:
        posted = max([paid_on, *(row.line.posted_on for row in self.rows)])
        line = StatementLine(amount=amount, posted_on=posted)
        self.rows.append(self._place(line, Place.QUEUE, Decimal(amount), paid_on))
        self._count()

    @property
    def months(self) -> int:
        return sum(row.months for row in self.rows)

    @property
    def total(self) -> Decimal:
        return sum(row.amount for row in self.rows)

    def are_paid_for(self) -> bool:
        """Every month that parts make costs what a month does on the day of its last part."""
        last = [row for row in self.rows if row.months]
        return all(self._sum_of(row) == row.months * price(row.paid_on) for row in last)

    def _sum_of(self, last: Placement) -> Decimal:
        parts = [row for row in self.rows if row.completed_by_id == last.pk]
        return last.amount + sum(row.amount for row in parts)

    def _place(self, line, place, amount, paid_on, months=0) -> Placement:
        row = Placement(line=line, place=place, amount=amount, paid_on=paid_on, months=months)
        row.pk, row.application_id = next(self.keys), APPLICATION
        return row

    def _count(self) -> None:
        completed = {row.completed_by_id for row in self.rows}
        joint = [row for row in self.rows if row.completed_by_id or row.pk in completed]
        over = [row for row in self.rows if row.place != Place.MATCHED]
        plan = joining.plan(self._payer(), over, joint)
        if plan.new > 0:
            self._carry_out(plan)

    def _payer(self) -> Payer:
        counted = (row for row in self.rows if row.months)
        money = tuple(_money(row) for row in counted)
        return Payer(1, (Year(APPLICATION, ISSUED, ISSUED, money=(*self.base, *money)),))

    def _carry_out(self, plan) -> None:
        last, written = {}, []
        for row in plan.rows:
            for part in plan.filling.parts.get(row.pk) or joining._as_credit(row):
                new = self._place(row.line, part.place, part.amount, part.paid_on, part.months)
                written.append((new, part.joint))
                if part.months:
                    last[part.joint] = new.pk
        for new, joint in written:
            if joint and not new.months:
                new.completed_by_id = last[joint]
        gone = {row.pk for row in plan.rows}
        self.rows = [row for row in self.rows if row.pk not in gone] + [new for new, _ in written]


def _money(row: Placement) -> Money:
    return Money(row.amount, row.months, row.paid_on, row.line.posted_on, Channel.BANK)


sums = st.integers(1, 250).map(lambda hundreds: hundreds * 100)
days = st.integers(0, 120).map(lambda number: FIRST_DAY + timedelta(number))
parts_of_a_person = st.lists(st.tuples(sums, days), min_size=1, max_size=7)


def came(parts, months) -> Ledger:
    ledger = Ledger(months)
    for amount, day in parts:
        ledger.come(amount, day)
    return ledger


@given(parts_of_a_person, st.randoms(use_true_random=False), st.integers(0, 12))
def test_parts_in_any_order_make_the_same_months(parts, random, months):
    shuffled = random.sample(parts, len(parts))

    in_order = sorted(parts, key=lambda part: part[1])
    with patch.object(joining, "monthly_on", price):
        as_paid, as_it_came = came(in_order, months), came(shuffled, months)

    assert as_it_came.months == as_paid.months
    assert as_it_came.total == sum(amount for amount, _day in parts)
    assert as_it_came.are_paid_for()
