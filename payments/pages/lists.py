"""All payments of a person: paid, on their way and to come."""

from collections.abc import Iterable
from decimal import Decimal

from accounts.models import Person
from common.clock import today
from payments import coverage, history, offers, room
from payments.facts import known_facts
from payments.pages.cases import alone, newest_first, references
from payments.pages.chosen import EVERYTHING, STATES, Chosen, year_of
from payments.pricing import Prices
from payments.services.online.credits import surplus_of
from payments.standing import Standing, State, standing


def payments(person: Person, chosen: Chosen = EVERYTHING) -> dict:
    """Everything that was paid, newest first, and every month that will have to be paid."""
    facts, prices = known_facts(person, today()), Prices(today())
    now = standing(facts, today())
    named = references(person)
    cases = [alone(facts, case) for case in newest_first(facts)]
    paid = [row for one in cases for row in history.paid(one, named)]
    late = [money for one in cases for money in one.late]
    coming = history.to_pay(now, prices.on)
    return {
        "standing": now,
        "paid": chosen.of(paid),
        "late": chosen.of(late),
        "chosen": chosen,
        "years": sorted({year_of(row) for row in (*paid, *late)} - {None}, reverse=True),
        "states": STATES,
        "to_pay": coming,
        "to_pay_sum": _sum(coming),
        "is_late": offers.is_late(now),
        "deadline": offers.deadline(now),
        "price_until": prices.until,
        "receipts": room.payable(person, today(), now.monthly),
        "before_issue": _before_issue(now),
        "surplus": surplus_of(person),
    }


def _sum(rows: Iterable[history.ToPay]) -> Decimal | None:
    """None while the price of one of the months is not known."""
    amounts = [row.amount for row in rows]
    return None if None in amounts else sum(amounts, Decimal(0))


def _before_issue(now: Standing) -> str:
    """What the page says of the first month while there is no patent yet."""
    if now.state not in (State.READY, State.PREPARING):
        return ""
    if not now.months:
        return "waits" if now.late else "to_pay"
    return "ahead" if now.months < coverage.MONTHS_IN_YEAR else "paid"
