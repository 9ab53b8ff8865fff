"""What the cheque of an online payment must say (54-ФЗ): the acquirer's till prints it."""

from decimal import Decimal

from django.conf import settings

from accounts.models import Person
from accounts.recipients import recipient_of
from payments.models import Receipt

LONGEST_ITEM = 128
LONGEST_NAME = 256


def cheque(paper: Receipt, description: str) -> dict:
    """`receipt` of the acquirer's order: whom the cheque goes to, and its one item."""
    item = {
        "description": description[:LONGEST_ITEM],
        "quantity": "1.00",
        "amount": roubles(paper.amount),
        "vat_code": settings.YOOKASSA_VAT_CODE,
        "payment_subject": settings.YOOKASSA_PAYMENT_SUBJECT,
        "payment_mode": settings.YOOKASSA_PAYMENT_MODE,
    }
    found = {"customer": _customer(paper), "items": [item]}
    if settings.YOOKASSA_TAX_SYSTEM:
        found["tax_system_code"] = settings.YOOKASSA_TAX_SYSTEM
    return found


def roubles(amount: Decimal) -> dict:
    return {"value": str(amount), "currency": "RUB"}


def _customer(paper: Receipt) -> dict:
    """The worker, with a phone; without one the cheque goes to the centre's own address."""
    payer = paper.snapshot["payer"]
    names = (payer["last_name"], payer["first_name"], payer["middle_name"])
    known = {"full_name": " ".join(filter(None, names))[:LONGEST_NAME], "inn": payer["inn"]}
    phone = current_phone(paper.person)
    contact = {"phone": phone.lstrip("+")} if phone else {"email": settings.YOOKASSA_CHEQUE_EMAIL}
    return {name: value for name, value in known.items() if value} | contact


def current_phone(person: Person) -> str:
    """Where our own SMS go first: never a number that was only said, where there is the SIM."""
    return next(iter(recipient_of(person.pk).addresses), "")
