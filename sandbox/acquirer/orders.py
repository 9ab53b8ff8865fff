"""What a shop may ask of the acquirer, read and checked; pure."""

import uuid
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox import incoming, money
from sandbox.errors import Refused

LARGEST_KOPECKS = 350_000_00
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


def read_order(body: dict) -> Order:
    if body.get("capture") is not True:
        raise BadParameter("capture", "The sandbox knows one-stage payments only: capture true.")
    return Order(
        kopecks=read_amount(body),
        description=_description(body),
        metadata=_metadata(body),
        return_url=_return_url(body),
    )


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
