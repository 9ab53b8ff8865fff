"""One receipt: its paper, and what paying it today would mean."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from common.clock import moscow_day, today
from common.errors import Refusal
from payments import history, offers, printing, room
from payments.errors import AnotherPaper, ClosedToday, MoneyWaits, PriceChanged
from payments.facts import known_facts, standing_of
from payments.models import Charge, ChargeStatus, Receipt, ReceiptStatus, TillPayment
from payments.pages.cases import alone, references
from payments.pages.links import payers_of


@dataclass(frozen=True, slots=True)
class Second:
    """Money that came online for a receipt once more."""

    charge_id: int
    amount: Decimal
    day: date
    may_return: bool  # nobody decided yet, and the Treasury does not have it


def receipt(paper: Receipt, refusal: Refusal | None) -> dict:
    """One receipt: its paper, and what paying it today would mean; `refusal`: `why_closed`."""
    now = standing_of(paper.person)
    charge, at_till = paper.charges.live().first(), at_the_till(paper)
    is_current = offers.is_about(now, paper.application)
    taken_on = at_till.taken_on if at_till else _taken_on(charge)
    return {
        "receipt": paper,
        "slip": printing.slip(paper),
        "payer": printing.payer_name(paper),
        "document": printing.document(paper),
        "taken_on": taken_on,
        "at_till": at_till,
        "seconds": _seconds(paper),
        "paid_by": payers_of(charge) if taken_on else "",
        "is_open": refusal is None,
        "waits": isinstance(refusal, MoneyWaits),
        "closed": refusal,
        "takes_earlier": takes_earlier(refusal),
        "has_old_price": isinstance(refusal, PriceChanged),
        "needs_another": isinstance(refusal, AnotherPaper),
        "row": _row(paper) if taken_on or paper.status == ReceiptStatus.POSTED else None,
        "until": offers.until(paper, now),
        "is_late": is_current and offers.is_late(now),
        "deadline": offers.deadline(now),
        "pay_by": now.pay_until if is_current else None,
        "price_until": _day(paper.snapshot["price_until"]),
    }


def why_closed(paper: Receipt) -> Refusal | None:
    """Why this paper is not to be paid any more; None while it is."""
    try:
        room.require_payable(paper, today())
    except Refusal as refusal:
        return refusal
    return None


def takes_earlier(closed: Refusal | None) -> bool:
    """Whether a closed paper still takes cash of a day before it closed."""
    return isinstance(closed, ClosedToday)


def _row(paper: Receipt) -> history.Paid | None:
    """The paid months of a receipt with their three dates; None where its money does not count."""
    facts = known_facts(paper.person, today())
    cases = (case for case in facts.cases if case.application.number == paper.application.number)
    rows = history.paid(alone(facts, next(cases)), references(paper.person))
    return next((row for row in rows if row.receipt == paper.reference), None)


def _seconds(paper: Receipt) -> list[Second]:
    found = list(paper.charges.filter(is_second=True, status=ChargeStatus.SUCCEEDED))
    if not found:
        return []
    asked = set(Charge.objects.paid_twice().filter(receipt=paper).values_list("pk", flat=True))
    return [
        Second(one.pk, one.amount, moscow_day(one.captured_at), one.pk in asked) for one in found
    ]


def _taken_on(charge: Charge | None) -> date | None:
    is_taken = charge is not None and charge.status == ChargeStatus.SUCCEEDED
    return moscow_day(charge.captured_at) if is_taken else None


def at_the_till(paper: Receipt) -> TillPayment | None:
    """What the cash desk took for a receipt, as it is believed now."""
    return paper.till_payments.standing().select_related("till").first()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
