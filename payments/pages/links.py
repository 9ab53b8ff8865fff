"""Links for those who pay for a person: the owner's list, and the page that the payer sees."""

from django.conf import settings
from django.urls import reverse

from accounts.models import Person
from common.clock import moscow_day, today
from payments.models import Charge, ChargeStatus, PayLink

SHOWN = 30


def links(person: Person) -> list[dict]:
    """Newest first, each with its state: paid, open, withdrawn or over."""
    rows = PayLink.objects.filter(application__person=person).with_paid().for_reading()[:SHOWN]
    paid = _paid_on([row.receipt_id for row in rows if row.is_paid])
    return [_row(row, paid) for row in rows]


def pay_link(link: PayLink) -> dict:
    return {
        "initials": initials(link.application.person),
        "months": link.months,
        "amount": getattr(link, "amount", None),
        "is_paid": link.is_paid,
        "is_asked": getattr(link, "is_asked", False),
    }


def initials(person: Person) -> str:
    """«К. Т. Р.»"""
    return " ".join(f"{part[0]}." for part in person.name_parts if part)


def payer_of(receipt) -> str:
    """Who paid a receipt by a link, as they wrote it."""
    return (
        PayLink.objects.filter(receipt=receipt).values_list("payer_name", flat=True).first() or ""
    )


def _row(link: PayLink, paid: dict) -> dict:
    return {
        "link": link,
        "state": _state(link),
        "address": settings.PORTAL_URL + reverse("payments:pay_link", args=[link.token]),
        "paid_on": paid.get(link.receipt_id),
    }


def _state(link: PayLink) -> str:
    if link.is_paid:
        return "paid"
    if link.revoked_at:
        return "withdrawn"
    return "over" if link.good_through < today() else "open"


def _paid_on(receipts: list[int]) -> dict:
    charges = Charge.objects.filter(receipt__in=receipts, status=ChargeStatus.SUCCEEDED)
    return {
        receipt: moscow_day(captured_at)
        for receipt, captured_at in charges.values_list("receipt_id", "captured_at")
    }
