"""Receipts in people's hands that name them as they are no longer known."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.reprints import Paper
from payments.models import Receipt


def wrong_receipts(person: Person) -> list[Paper]:
    """Receipts that nobody paid yet and whose payer, as printed, is not the person of today."""
    passport = person.passports.current().values_list("number", flat=True).first() or ""
    unpaid = Receipt.objects.unpaid().filter(person=person)
    return [_paper(receipt) for receipt in unpaid if not _names(receipt.snapshot, person, passport)]


def _names(snapshot: dict, person: Person, passport: str) -> bool:
    payer = snapshot["payer"]
    printed = (payer["last_name"], payer["first_name"], payer["middle_name"])
    return (printed, payer["passport"]) == (person.name_parts, passport)


def _paper(receipt: Receipt) -> Paper:
    address = reverse("admin:payments_receipt_change", args=[receipt.pk])
    return Paper(_("receipt %(number)s") % {"number": f"MMC-{receipt.reference}"}, address)
