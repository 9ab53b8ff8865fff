"""All payments of a person: paid, on their way and to come."""

from datetime import date

from accounts.models import Person
from common.clock import today
from payments import coverage, history, offers, room
from payments.errors import TariffUnknown
from payments.facts import known_facts
from payments.pages.cases import alone, newest_first, references
from payments.pricing import tariff_on
from payments.standing import Standing, State, standing


def payments(person: Person) -> dict:
    """Everything that was paid, newest first, and what will have to be paid."""
    facts = known_facts(person, today())
    now = standing(facts, today())
    named = references(person)
    cases = [alone(facts, case) for case in newest_first(facts)]
    return {
        "standing": now,
        "paid": [row for one in cases for row in history.paid(one, named)],
        "late": [money for one in cases for money in one.late],
        "to_pay": history.to_pay(now),
        "is_late": offers.is_late(now),
        "deadline": offers.deadline(now),
        "price_until": _price_until(),
        "receipts": room.payable(person, today(), now.monthly),
        "before_issue": _before_issue(now),
    }


def _before_issue(now: Standing) -> str:
    """What the page says of the first month while there is no patent yet."""
    if now.state not in (State.READY, State.PREPARING):
        return ""
    if not now.months:
        return "waits" if now.late else "to_pay"
    return "ahead" if now.months < coverage.MONTHS_IN_YEAR else "paid"


def _price_until() -> date | None:
    try:
        return tariff_on(today()).valid_until
    except TariffUnknown:
        return None
