"""What people do in the simulation: when they pay, how, and what goes wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import Random

from bench.simulation.oracle import MONTHS, Paid, Truth, pay_until

START = date(2025, 3, 1)  # the silent January and the new price lie in the tenth month
ISSUED_FROM, ISSUED_WITHIN = 12, 23  # days after the start
PRICES = {2025: 8900, 2026: 10000}
CARD, TILL, CHEQUE, PAPER, INN = "card", "till", "cheque", "paper", "inn"
WAYS = {CARD: 22, TILL: 6, CHEQUE: 4, PAPER: 36, INN: 32}
UNKNOWN = {PAPER, INN}
DAYS_BEFORE = [0] * 4 + [1, 2, 3] * 5 + list(range(4, 11)) * 2 + [14, 18, 22, 25]
DELAYS = {0: 6, 1: 24, 2: 25, 3: 16, 4: 9, 5: 6, 6: 5, 7: 4, None: 5}  # None: a tail to 30
LONGEST = 30
MONTHS_AT_ONCE = [1] * 18 + [2, 3]
LATE, STOPS = 0.006, 0.004  # of the payments: whoever is late, or stops, is out for the year
NEVER_POSTED = 0.004  # of what we took ourselves
READ_WITHIN = 9  # days until a clerk reads whose a line is that no number leads to
MISHAPS = {"": 960, "in parts": 12, "twice": 12, "wrong inn": 6, "returned": 6}
WRONG_INN_ON_PAPER = 0.03  # our number stands beside it, so nothing is lost


@dataclass(slots=True)
class Payment:
    """One sum on its way; `paid` is what it is of in truth, None where the bank sends it back."""

    number: int
    person: int
    on: date
    amount: int
    way: str
    months: int
    paid: Paid | None
    posted_on: date | None
    order: int = 0  # the bank's: one number for a sum that it sends twice
    wrong_inn: bool = False
    returned_on: date | None = None
    cheque_on: date | None = None
    read_after: int = 1  # days from the line to the clerk who reads the name
    is_alone: bool = True  # neither a part of a month nor one of two equal sums

    @property
    def is_of_a_paper(self) -> bool:
        return self.way != INN

    @property
    def by_hand(self) -> bool:
        """Nothing in the line says whose it is, but the name."""
        return self.wrong_inn and self.way == INN and self.paid is not None


@dataclass(slots=True)
class Someone:
    number: int
    truth: Truth
    payments: list[Payment] = field(default_factory=list)


def price(day: date) -> int:
    return PRICES[day.year]


def everybody(people: int, start: date, days: int, seed: int) -> Iterator[Someone]:
    numbers, span = count(1), (start, start + timedelta(days=days))
    for number in range(1, people + 1):
        yield Life(Random(f"{seed}-{number}"), number, numbers, span).lived()


class Life:
    """A year of one person, drawn from their seed."""

    def __init__(
        self, chance: Random, number: int, numbers: Iterator[int], span: tuple[date, date]
    ):
        self.chance, self.numbers, (self.last_on, self.end) = chance, numbers, span
        after = ISSUED_FROM + chance.randrange(ISSUED_WITHIN)
        self.someone = Someone(number, Truth(self.last_on + timedelta(days=after)))
        self.months = 0

    def lived(self) -> Someone:
        while self.months < MONTHS:
            deadline = pay_until(self.someone.truth.issued_on, self.months)
            if deadline > self.end or self._stops():
                break
            if self._is_late():
                self._pay_late(deadline)
                break
            self._pay(deadline)
        return self.someone

    def _stops(self) -> bool:
        return self.months > 0 and self.chance.random() < STOPS

    def _is_late(self) -> bool:
        return self.months > 0 and self.chance.random() < LATE

    def _pay(self, deadline: date) -> None:
        day = deadline - timedelta(days=self.chance.choice(DAYS_BEFORE))
        mishap = self.chance.choices(list(MISHAPS), MISHAPS.values())[0]
        DOES.get(mishap, Life._plainly)(self, max(day, self.last_on), deadline)

    def _pay_late(self, deadline: date) -> None:
        """Once late, and a month later once more, as if nothing had been."""
        day = deadline + timedelta(days=self.chance.randint(1, 15))
        for _time in range(2):
            self._pay_for(day, 1)
            day += timedelta(days=30)

    # --- what they do, and what becomes of it

    def _plainly(self, day: date, deadline: date) -> None:
        self._pay_for(day, min(self.chance.choice(MONTHS_AT_ONCE), MONTHS - self.months))

    def _pay_for(self, day: date, months: int) -> Payment:
        way = self.chance.choices(list(WAYS), WAYS.values())[0]
        payment = self._sum(day, price(day) * months, way, self._paid(day, months))
        payment.months = months
        self._as_known(payment)
        if way == PAPER:
            payment.wrong_inn = self.chance.random() < WRONG_INN_ON_PAPER
        return payment

    def _in_parts(self, day: date, deadline: date) -> None:
        """Half a month, and the rest when the mistake is seen: paid on the day of the last part."""
        last = min(day + timedelta(days=self.chance.randint(0, 6)), deadline)
        paid, first = self._paid(last, 1, sums=2), PRICES[2025] // 2
        parts = [
            self._sum(day, first, INN, paid),
            self._sum(last, price(last) - first, INN, paid),
        ]
        paid.posted_on = max(one.posted_on for one in parts)
        parts[0].is_alone = parts[1].is_alone = False

    def _twice(self, day: date, deadline: date) -> None:
        """The bank sends one order twice: two equal lines, and both are money."""
        first = self._pay_for(day, 1)
        if first.way in UNKNOWN and self.months < MONTHS:
            paid = self._paid(day, 1)
            second = self._sum(day, first.amount, first.way, paid)
            second.order, second.posted_on = first.order, first.posted_on
            first.is_alone = second.is_alone = False
            second.wrong_inn, paid.posted_on = first.wrong_inn, first.paid.posted_on

    def _wrong_inn(self, day: date, deadline: date) -> None:
        """A wrong INN, and no number of ours: only a clerk can read the name, some days later."""
        made = self._sum(day, price(day), INN, self._paid(day, 1))
        made.wrong_inn, made.read_after = True, self.chance.randint(1, READ_WITHIN)

    def _returned(self, day: date, deadline: date) -> None:
        """The bank sends the money back; they pay again in time."""
        gone = self._sum(day, price(day), INN, None)
        gone.wrong_inn = self.chance.random() < 0.5
        gone.returned_on = gone.posted_on + timedelta(days=3)
        self._plainly(min(day + timedelta(days=2), deadline), deadline)

    # --- their money

    def _paid(self, day: date, months: int, sums: int = 1) -> Paid:
        paid = Paid(day, months, missing=sums)
        self.someone.truth.paid.append(paid)
        self.months, self.last_on = self.months + months, day
        return paid

    def _sum(self, day: date, amount: int, way: str, paid: Paid | None) -> Payment:
        number = next(self.numbers)
        made = Payment(number, self.someone.number, day, amount, way, 1, paid, self._posted(day))
        made.order = number
        if paid:
            paid.posted_on = made.posted_on
        self.someone.payments.append(made)
        return made

    def _posted(self, day: date) -> date:
        delay = self.chance.choices(list(DELAYS), DELAYS.values())[0]
        if delay is None:
            delay = self.chance.randint(8, LONGEST)
        return day + timedelta(days=delay)

    def _as_known(self, payment: Payment) -> None:
        """What we take ourselves we know at once; a cheque when it is shown."""
        if payment.way in {CARD, TILL}:
            payment.paid.posted_on = payment.paid.seen_on = payment.on
            if self.chance.random() < NEVER_POSTED:
                payment.posted_on = None
        elif payment.way == CHEQUE:
            payment.cheque_on = payment.on + timedelta(days=self.chance.randint(0, 5))
            payment.paid.posted_on = min(payment.cheque_on, payment.posted_on)


DOES = {
    "in parts": Life._in_parts,
    "twice": Life._twice,
    "wrong inn": Life._wrong_inn,
    "returned": Life._returned,
}
