"""Links for those who pay for a person: the owner's list, and the page that the payer sees."""

from django.conf import settings
from django.urls import reverse

from accounts.models import Person
from common.clock import moscow_day, now, today
from payments.link_states import PublicLink
from payments.models import Charge, PayLink

SHOWN = 30


def links(person: Person) -> list[dict]:
    """Newest first, each with its state: paid, open, withdrawn or over."""
    rows = PayLink.objects.filter(application__person=person).for_reading()[:SHOWN]
    charges = _charges([row.receipt_id for row in rows])
    return [_row(row, charges.get(row.receipt_id)) for row in rows]


def pay_link(found: PublicLink) -> dict:
    """Nothing of the person but the initials."""
    page = found.page
    return {
        "state": found.state.value,
        "initials": initials(found.link.application.person),
        "months": found.link.months,
        "made_openly": found.link.made_openly,
        "amount": found.amount,
        "payee": found.payee,
        "takes_money": found.takes_money,
        "page": page,
        "page_is_over": page is not None and page.closes_at < now(),
    }


def initials(person: Person) -> str:
    """«К. Т. Р.»"""
    return " ".join(f"{part[0]}." for part in person.name_parts if part)


def payers_of(charge: Charge | None) -> str:
    """Who paid for the person by a link, as they wrote it."""
    return ", ".join(charge.payers) if charge else ""


def _row(link: PayLink, charge: Charge | None) -> dict:
    """`charge`: the money taken by it, or the page that is open."""
    return {
        "link": link,
        "state": _state(link, charge),
        "address": settings.PORTAL_URL + reverse("payments:pay_link", args=[link.token]),
        "payers": payers_of(charge),
        "paid_on": charge and charge.captured_at and moscow_day(charge.captured_at),
        "page": charge if charge and charge.captured_at is None else None,
    }


def _state(link: PayLink, charge: Charge | None) -> str:
    if charge and charge.captured_at:
        return "paid" if charge.status == "succeeded" else "returned"
    if link.revoked_at:
        return "withdrawn"
    return "open" if link.is_alive(today()) else "over"


def _charges(receipts: list[int | None]) -> dict[int, Charge]:
    """Taken money before an open page, for each receipt."""
    found = Charge.objects.filter(receipt__in=[one for one in receipts if one])
    kept = found.exclude(status="canceled").order_by("captured_at")
    taken_first = sorted(kept, key=lambda one: one.captured_at is not None)
    return {charge.receipt_id: charge for charge in taken_first}
