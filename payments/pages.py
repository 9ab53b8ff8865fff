"""What the pages of payments show, read in a few questions whatever the history."""

from dataclasses import replace
from datetime import date, timedelta

from accounts.models import Person
from common.clock import moscow_day, today
from payments import history, offers, printing
from payments.errors import TariffUnknown
from payments.facts import known_facts, standing_of
from payments.models import Charge, ChargeStatus, Claim, Placement, Receipt, ReceiptStatus
from payments.pricing import tariff_on
from payments.standing import TRANSIT_DAYS, Case, Facts, standing


def payments(person: Person) -> dict:
    """Everything that was paid, newest first, and what will have to be paid."""
    facts = known_facts(person, today())
    now = standing(facts, today())
    references = _references(person)
    cases = [standing(replace(facts, cases=(case,)), today()) for case in _newest_first(facts)]
    return {
        "standing": now,
        "paid": [row for one in cases for row in history.paid(one, references)],
        "late": [money for one in cases for money in one.late],
        "to_pay": history.to_pay(now),
        "is_late": offers.is_late(now),
        "deadline": offers.deadline(now),
        "price_until": _price_until(),
        "receipts": Receipt.objects.unpaid().filter(person=person).for_list(),
    }


def receipt(paper: Receipt) -> dict:
    """One receipt: its paper, and what paying it today would mean."""
    now = standing_of(paper.person)
    charge = paper.charges.live().first()
    is_current = offers.is_about(now, paper.application)
    return {
        "receipt": paper,
        "slip": printing.slip(paper),
        "taken_on": moscow_day(charge.captured_at) if _is_taken(charge) else None,
        "is_open": paper.status == ReceiptStatus.FORMED and not _is_taken(charge),
        "until": offers.until(paper, now),
        "is_late": is_current and offers.is_late(now),
        "deadline": offers.deadline(now),
        "pay_by": now.pay_until if is_current else None,
        "price_until": _day(paper.snapshot["price_until"]),
    }


def certificate(person: Person) -> dict:
    """Money on its way, for whoever asks why no payment is visible."""
    return {
        "person": person,
        "today": today(),
        "standing": standing_of(person),
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
