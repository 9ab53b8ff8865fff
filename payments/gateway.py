"""The acquirer: YooKassa's own SDK behind a small protocol, pointed by its base URL.

The SDK is mended in two places: it sets no timeout (a silent acquirer would hang a page for ever),
and it turns a refused connection into an AttributeError. Its shop id, key and address live in a
class of its own and are the same for the whole process.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import Retry
from yookassa import Configuration
from yookassa import Payment as SdkPayment
from yookassa.client import ApiClient
from yookassa.domain.common import RequestObject

from payments.errors import GatewayRefused, GatewayUnavailable

logger = logging.getLogger(__name__)

STILL_PROCESSING = 202
REPEATS_WHILE_PROCESSING = 2
FINAL_REFUSALS = frozenset({400, 403, 404, 410})
LONGEST_DESCRIPTION = 128


@dataclass(frozen=True, slots=True)
class Order:
    """What the acquirer is asked to take. The same key with the same order is one payment."""

    key: str
    amount: Decimal
    description: str
    return_url: str
    metadata: dict[str, str]


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment as the acquirer tells it; `status` in the acquirer's words."""

    id: str
    status: str
    paid: bool
    amount: Decimal
    currency: str
    captured_at: datetime | None
    confirmation_url: str
    metadata: dict[str, str]


class Gateway(Protocol):
    """Both raise GatewayUnavailable (unknown, ask again) and GatewayRefused (never)."""

    def create(self, order: Order) -> Payment: ...

    def find(self, payment_id: str) -> Payment: ...


def current() -> Gateway:
    return YooKassa()


class YooKassa:
    def __init__(self):
        Configuration.configure(
            settings.YOOKASSA_SHOP_ID, settings.YOOKASSA_SECRET_KEY, api_url=settings.YOOKASSA_URL
        )

    def create(self, order: Order) -> Payment:
        params = {
            "amount": {"value": str(order.amount), "currency": "RUB"},
            "capture": True,
            "confirmation": {"type": "redirect", "return_url": order.return_url},
            "description": order.description[:LONGEST_DESCRIPTION],
            "metadata": order.metadata,
        }
        return _read(lambda: _Payments.create(params, order.key))

    def find(self, payment_id: str) -> Payment:
        return _read(lambda: _Payments.find_one(payment_id))


class _TimedSession(requests.Session):
    def request(self, *args, **kwargs):
        kwargs.setdefault("timeout", settings.OUTSIDE_TIMEOUT_SECONDS)
        return super().request(*args, **kwargs)


class _Client(ApiClient):
    def get_session(self):
        """Repeats only "still processing": a lost answer is repeated later, by the same key."""
        retries = Retry(
            total=None,
            connect=0,
            read=0,
            redirect=0,
            other=0,
            status=REPEATS_WHILE_PROCESSING,
            allowed_methods=["POST"],
            status_forcelist=[STILL_PROCESSING],
            backoff_factor=0.5,
            raise_on_status=False,
        )
        self.session = _TimedSession()
        self.session.mount("https://", HTTPAdapter(max_retries=retries))
        self.session.mount("http://", HTTPAdapter(max_retries=retries))
        return self.session

    def request(self, method="", path="", query_params=None, headers=None, body=None):
        if isinstance(body, RequestObject):
            body.validate()
            body = dict(body)
        headers = self.prepare_request_headers(headers)
        try:
            answer = self.execute(body, method, path, query_params, headers)
            if answer.status_code != requests.codes.ok:
                raise _meaning(answer.status_code)
            return answer.json()
        except requests.RequestException as error:
            raise _meaning(getattr(error.response, "status_code", None)) from error
        finally:
            self.session.close()


class _Payments(SdkPayment):
    def __init__(self):
        self.client = _Client()


def _meaning(status: int | None) -> Exception:
    """Whether this answer is final; no answer is never final."""
    if status == requests.codes.unauthorized:
        logger.error("the acquirer does not accept our shop id and key")
    if status in FINAL_REFUSALS:
        return GatewayRefused()
    return GatewayUnavailable()


def _read(ask) -> Payment:
    """An answer without its parts is no answer: what happened is unknown."""
    try:
        return _payment(ask())
    except (AttributeError, KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise GatewayUnavailable from error


def _payment(answer) -> Payment:
    confirmation = answer.confirmation
    return Payment(
        id=answer.id,
        status=answer.status,
        paid=bool(answer.paid),
        amount=answer.amount.value,
        currency=answer.amount.currency,
        captured_at=answer.captured_at and datetime.fromisoformat(answer.captured_at),
        confirmation_url=getattr(confirmation, "confirmation_url", None) or "",
        metadata=dict(answer.metadata or {}),
    )
