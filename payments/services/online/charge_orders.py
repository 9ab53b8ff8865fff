"""What the acquirer is asked for: made once, kept with the charge, repeated word for word."""

from dataclasses import asdict
from decimal import Decimal

from django.conf import settings

from payments import fiscal
from payments.gateway import Order
from payments.models import Charge, Method, Receipt
from payments.returning import payer_address


def draft(receipt: Receipt, *, key: str, method: Method, phone: str) -> Order:
    payer = receipt.snapshot["payer"]
    names = (payer["last_name"], payer["first_name"], payer["middle_name"])
    description = f"Патент: налог (НДФЛ), месяцев {receipt.months}, MMC-{receipt.reference}"
    return Order(
        key=key,
        amount=receipt.amount,
        description=description,
        return_url=settings.PORTAL_URL + payer_address(receipt),
        metadata={
            "receipt": receipt.reference,
            "login": receipt.snapshot["application"],
            "inn": payer["inn"],
            "payer": " ".join(filter(None, names)),
            "charge": key,
        },
        method=method,
        phone=phone if method == Method.MOBILE else "",
        cheque=fiscal.cheque(receipt, description),
    )


def to_keep(order: Order) -> dict:
    return asdict(order) | {"amount": str(order.amount)}


def kept(charge: Charge) -> Order:
    """The order as the acquirer was first told of it."""
    return Order(**charge.order | {"amount": Decimal(charge.order["amount"])})


def is_same_way(charge: Charge, method: Method, phone: str) -> bool:
    """Whether the page that is open was opened for this way of paying."""
    same_phone = method != Method.MOBILE or charge.order.get("phone") == phone
    return charge.method == method and same_phone
