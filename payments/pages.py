"""What the pages of payments show, read in a few questions whatever the history."""

from dataclasses import replace
from datetime import date, timedelta

from accounts.models import Person
from common.clock import moscow_day, today
from common.errors import Refusal
from payments import coverage, history, offers, printing, room
from payments.errors import MoneyWaits, PriceChanged, TariffUnknown
from payments.facts import known_facts, standing_of
from payments.models import Charge, ChargeStatus, Claim, Placement, Receipt, ReceiptStatus
from payments.pricing import tariff_on
from payments.standing import TRANSIT_DAYS, Case, Facts, Standing, State, standing


def payments(person: Person) -> dict:
    """Everything that was paid, newest first, and what will have to be paid."""
    facts = known_facts(person, today())
    now = standing(facts, today())
    references = _references(person)
    cases = [_alone(facts, case) for case in _newest_first(facts)]
    return {
        "standing": now,
        "paid": [row for one in cases for row in history.paid(one, references)],
        "late": [money for one in cases for money in one.late],
        "to_pay": history.to_pay(now),
        "is_late": offers.is_late(now),
        "deadline": offers.deadline(now),
        "price_until": _price_until(),
        "receipts": room.payable(person, today(), now.monthly),
        "before_issue": _before_issue(now),
    }


def receipt(paper: Receipt) -> dict:
    """One receipt: its paper, and what paying it today would mean."""
    now, refusal = standing_of(paper.person), why_closed(paper)
    charge = paper.charges.live().first()
    is_current = offers.is_about(now, paper.application)
    is_paid = paper.status == ReceiptStatus.POSTED or _is_taken(charge)
    return {
        "receipt": paper,
        "slip": printing.slip(paper),
        "payer": printing.payer_name(paper),
        "document": printing.document(paper),
        "taken_on": moscow_day(charge.captured_at) if _is_taken(charge) else None,
        "is_open": refusal is None,
        "waits": isinstance(refusal, MoneyWaits),
        "closed": refusal,
        "has_old_price": isinstance(refusal, PriceChanged),
        "row": _row(paper) if is_paid else None,
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


def _row(paper: Receipt) -> history.Paid | None:
    """The paid months of a receipt with their three dates; None where its money does not count."""
    facts = known_facts(paper.person, today())
    cases = (case for case in facts.cases if case.application.number == paper.application.number)
    rows = history.paid(_alone(facts, next(cases)), _references(paper.person))
    return next((row for row in rows if row.receipt == paper.reference), None)


def certificate(person: Person) -> dict:
    """The payments of the case, for whoever asks why none is visible or wants a cheque."""
    now = standing_of(person)
    return {
        "person": person,
        "today": today(),
        "standing": now,
        "posted": [money for money in now.paid if money.posted(now.today)],
        "charges": living(person),
        "claims": shown(person),
    }


def living(person: Person) -> list[tuple[Charge, date, date]]:
    """Charges on their way: each with the day of payment and the day it should be posted by."""
    charges = Charge.objects.unposted().filter(receipt__person=person)
    rows = []
    for charge in charges.select_related("receipt__application").order_by("captured_at"):
        paid_on = moscow_day(charge.captured_at)
        rows.append((charge, paid_on, paid_on + timedelta(days=TRANSIT_DAYS)))
    return rows


def shown(person: Person) -> list[tuple[Claim, date]]:
    """Cheques whose money is not found yet, each with the day it should be posted by."""
    claims = Claim.objects.living().filter(application__person=person).for_list()
    return [
        (claim, claim.day + timedelta(days=TRANSIT_DAYS))
        for claim in sorted(claims, key=lambda claim: (claim.day, claim.pk))
    ]


def _is_taken(charge: Charge | None) -> bool:
    return charge is not None and charge.status == ChargeStatus.SUCCEEDED


def _alone(facts: Facts, case: Case) -> Standing:
    """The standing of one case, as if there were no other."""
    return standing(replace(facts, cases=(case,)), today())


def _before_issue(now: Standing) -> str:
    """What the page says of the first month while there is no patent yet."""
    if now.state not in (State.READY, State.PREPARING):
        return ""
    if not now.months:
        return "waits" if now.late else "to_pay"
    return "ahead" if now.months < coverage.MONTHS_IN_YEAR else "paid"


def _newest_first(facts: Facts) -> list[Case]:
    return sorted(
        facts.cases, key=lambda case: (case.application.accepted_on, case.application.number)
    )[::-1]


def _references(person: Person) -> list[tuple[history.Likeness, str]]:
    return _posted_references(person) + _living_references(person)


def _posted_references(person: Person) -> list[tuple[history.Likeness, str]]:
    rows = Placement.objects.matched().filter(application__person=person, receipt__isnull=False)
    values = rows.values_list(
        "amount", "months", "paid_on", "line__posted_on", "receipt__reference"
    )
    return [(tuple(found[:4]), found[4]) for found in values]


def _living_references(person: Person) -> list[tuple[history.Likeness, str]]:
    return [
        ((charge.amount, charge.receipt.months, paid_on, None), charge.receipt.reference)
        for charge, paid_on, _expected in living(person)
    ]


def _price_until() -> date | None:
    try:
        return tariff_on(today()).valid_until
    except TariffUnknown:
        return None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
