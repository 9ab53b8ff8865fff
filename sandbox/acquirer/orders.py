"""What a shop may ask of the acquirer, read and checked; pure."""

import re
import uuid
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox import incoming, money
from sandbox.errors import Refused

# Kopecks at once by way of paying: at least, at most (the largest wallet, the kindest operator).
LIMITS = {
    "bank_card": (100, 350_000_00),
    "sbp": (100, 700_000_00),
    "yoo_money": (100, 250_000_00),
    "mobile_balance": (1_000, 15_000_00),
}
LARGEST_KOPECKS = max(most for _least, most in LIMITS.values())
BY_PHONE = "mobile_balance"
METADATA_KEYS, METADATA_KEY_LENGTH, METADATA_VALUE_LENGTH = 16, 32, 512


class BadParameter(Refused):
    """An `invalid_request` that names the parameter, as YooKassa does."""

    def __init__(self, parameter: str, sentence: str):
        super().__init__(sentence)
        self.parameter = parameter


@dataclass(frozen=True)
class Order:
    kopecks: int
    description: str
    metadata: dict[str, str]
    return_url: str
    method: str = "bank_card"
    phone: str = ""


def read_order(body: dict) -> Order:
    if body.get("capture") is not True:
        raise BadParameter("capture", "The sandbox knows one-stage payments only: capture true.")
    kopecks, (method, phone) = read_amount(body), _method(body)
    least, most = LIMITS[method]
    if not least <= kopecks <= most:
        raise BadParameter("amount.value", f"{method} takes from {least} to {most} kopecks.")
    _check_cheque(body.get("receipt"), kopecks)
    return Order(
        kopecks=kopecks,
        description=_description(body),
        metadata=_metadata(body),
        return_url=_external(body) if method == BY_PHONE else _return_url(body),
        method=method,
        phone=phone,
    )


def _method(body: dict) -> tuple[str, str]:
    """The way of paying and, for the money of a phone number, the number; a card when not said."""
    told = body.get("payment_method_data") or {"type": "bank_card"}
    method = told.get("type") if isinstance(told, dict) else None
    if method not in LIMITS:
        raise BadParameter("payment_method_data.type", f"One of {', '.join(LIMITS)}.")
    phone = str(told.get("phone", ""))
    if method == BY_PHONE and not re.fullmatch(r"7[0-9]{10}", phone):
        raise BadParameter("payment_method_data.phone", "A phone of 11 digits, 7 first.")
    return method, phone


def _external(body: dict) -> str:
    """The owner of the number answers an SMS: there is no page to come back from."""
    confirmation = body.get("confirmation")
    if not isinstance(confirmation, dict) or confirmation.get("type") != "external":
        raise BadParameter("confirmation.type", "A phone's payment is confirmed externally.")
    return ""


def _check_cheque(cheque, kopecks: int) -> None:
    """The data of a fiscal receipt, when given: whole, and of the same sum."""
    if cheque is None:
        return
    try:
        customer, items = cheque["customer"], cheque["items"]
        total = sum(money.kopecks(item["amount"]["value"]) for item in items)
        known = all(1 <= item["vat_code"] <= 12 and item["description"] for item in items)
        known = known and bool(customer.get("phone") or customer.get("email"))
    except (KeyError, TypeError, AttributeError, Refused):
        raise BadParameter("receipt", "The receipt lacks some of its parts.") from None
    if not known or total != kopecks:
        raise BadParameter("receipt", "The receipt does not agree with the payment.")


def read_amount(body: dict) -> int:
    """Kopecks of `amount`; roubles only, above zero, to the acquirer's limit for a card."""
    amount = body.get("amount")
    if not isinstance(amount, dict) or amount.get("currency") != "RUB":
        raise BadParameter("amount.currency", "The amount must be in RUB.")
    try:
        kopecks = money.kopecks(incoming.text(amount, "value", longest=20))
    except Refused as error:
        raise BadParameter("amount.value", error.sentence) from None
    if kopecks > LARGEST_KOPECKS:
        raise BadParameter("amount.value", "The amount is above the limit of a card.")
    return kopecks


def read_payment_id(body: dict) -> str:
    try:
        return str(uuid.UUID(incoming.text(body, "payment_id", longest=36)))
    except (Refused, ValueError):
        raise BadParameter("payment_id", "payment_id is not the id of a payment.") from None


def _description(body: dict) -> str:
    try:
        return incoming.text(body, "description", longest=128, required=False)
    except Refused as error:
        raise BadParameter("description", error.sentence) from None


def _metadata(body: dict) -> dict[str, str]:
    metadata = body.get("metadata") or {}
    if not isinstance(metadata, dict) or len(metadata) > METADATA_KEYS:
        raise BadParameter("metadata", f"metadata is an object of {METADATA_KEYS} keys at most.")
    return {_metadata_key(key): _metadata_value(value) for key, value in metadata.items()}


def _metadata_key(key: str) -> str:
    if len(key) > METADATA_KEY_LENGTH:
        raise BadParameter("metadata", f"A key is longer than {METADATA_KEY_LENGTH} characters.")
    return key


def _metadata_value(value) -> str:
    if not isinstance(value, str) or len(value) > METADATA_VALUE_LENGTH:
        raise BadParameter("metadata", "A value must be a string of 512 characters at most.")
    return value


def _return_url(body: dict) -> str:
    confirmation = body.get("confirmation")
    if not isinstance(confirmation, dict) or confirmation.get("type") != "redirect":
        raise BadParameter("confirmation.type", "The sandbox knows confirmation by redirect only.")
    url = confirmation.get("return_url")
    if not _is_web_address(url):
        raise BadParameter("confirmation.return_url", "return_url must be an http address.")
    return url


def _is_web_address(url) -> bool:
    if not isinstance(url, str) or len(url) > 2048 or any(c in url for c in "\r\n\t "):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
