"""The acquirer: YooKassa's own SDK behind a small protocol, pointed by its base URL.

The SDK is mended in two places: it sets no timeout (a silent acquirer would hang a page for ever),
and it turns a refused connection into an AttributeError. Its shop id, key and address live in a
class of its own and are the same for the whole process.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Protocol

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import Retry
from yookassa import Configuration
from yookassa import Payment as SdkPayment
from yookassa import Refund as SdkRefund
from yookassa.client import ApiClient
from yookassa.domain.common import RequestObject

from payments.errors import GatewayRefused, GatewayUnavailable

logger = logging.getLogger(__name__)

STILL_PROCESSING = 202
REPEATS_WHILE_PROCESSING = 2
FINAL_REFUSALS = frozenset({400, 403, 404, 410})
LONGEST_DESCRIPTION = 128
PAGE = 100


@dataclass(frozen=True, slots=True)
class Order:
    """What the acquirer is asked to take. The same key with the same order is one payment."""

    key: str
    amount: Decimal
    description: str
    return_url: str
    metadata: dict[str, str]
    method: str = "bank_card"
    phone: str = ""  # of the number whose money pays, E.164
    cheque: dict | None = None  # of the law on cash registers

    @property
    def is_confirmed_outside(self) -> bool:
        """By an answer to the operator's SMS: there is no page to go to."""
        return self.method == "mobile_balance"


@dataclass(frozen=True, slots=True)
class Refund:
    id: str
    payment_id: str
    status: str
    amount: Decimal
    currency: str


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

    def made_between(self, since: datetime, until: datetime) -> Iterator[Payment]: ...

    def close(self, payment_id: str, key: str) -> Payment: ...

    def refund(self, payment_id: str, amount: Decimal, key: str) -> Refund: ...

    def find_refund(self, refund_id: str) -> Refund: ...

    def refunds_of(self, payment_id: str) -> list[Refund]: ...


def current() -> Gateway:
    return YooKassa()


class YooKassa:
    def __init__(self):
        Configuration.configure(
            settings.YOOKASSA_SHOP_ID, settings.YOOKASSA_SECRET_KEY, api_url=settings.YOOKASSA_URL
        )

    def create(self, order: Order) -> Payment:
        return _read(lambda: _Payments.create(_params(order), order.key), _payment)

    def find(self, payment_id: str) -> Payment:
        return _read(lambda: _Payments.find_one(payment_id), _payment)

    def made_between(self, since: datetime, until: datetime) -> Iterator[Payment]:
        """Every payment that was made in this time, however many."""
        params = {"created_at.gte": _iso(since), "created_at.lte": _iso(until), "limit": PAGE}
        while True:
            page = _read(partial(_Payments.list, params), lambda answer: answer)
            yield from (_read(lambda row=row: row, _payment) for row in page.items or [])
            if not page.next_cursor:
                return
            params = params | {"cursor": page.next_cursor}

    def close(self, payment_id: str, key: str) -> Payment:
        """Close a payment page. The acquirer may refuse, and then it lives on for its hour."""
        return _read(lambda: _Payments.cancel(payment_id, key), _payment)

    def refund(self, payment_id: str, amount: Decimal, key: str) -> Refund:
        params = {"payment_id": payment_id, "amount": _roubles(amount)}
        return _read(lambda: _Refunds.create(params, key), _refund)

    def find_refund(self, refund_id: str) -> Refund:
        return _read(lambda: _Refunds.find_one(refund_id), _refund)

    def refunds_of(self, payment_id: str) -> list[Refund]:
        page = _read(lambda: _Refunds.list({"payment_id": payment_id}), lambda answer: answer)
        return [_read(lambda row=row: row, _refund) for row in page.items or []]


def _params(order: Order) -> dict:
    """The order in the acquirer's words."""
    way = {"type": order.method}
    confirmation = {"type": "redirect", "return_url": order.return_url}
    if order.is_confirmed_outside:
        way, confirmation = way | {"phone": order.phone.lstrip("+")}, {"type": "external"}
    params = {
        "amount": _roubles(order.amount),
        "capture": True,
        "payment_method_data": way,
        "confirmation": confirmation,
        "description": order.description[:LONGEST_DESCRIPTION],
        "metadata": order.metadata,
    }
    return params | ({"receipt": order.cheque} if order.cheque else {})


def _roubles(amount: Decimal) -> dict:
    return {"value": str(amount), "currency": "RUB"}


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


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


class _Refunds(SdkRefund):
    def __init__(self):
        self.client = _Client()


def _meaning(status: int | None) -> Exception:
    """Whether this answer is final; no answer is never final."""
    if status == requests.codes.unauthorized:
        logger.error("the acquirer does not accept our shop id and key")
    if status in FINAL_REFUSALS:
        return GatewayRefused()
    return GatewayUnavailable()


def _read(ask, read):
    """An answer without its parts is no answer: what happened is unknown."""
    try:
        return read(ask())
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


def _refund(answer) -> Refund:
    return Refund(
        id=answer.id,
        payment_id=answer.payment_id,
        status=answer.status,
        amount=answer.amount.value,
        currency=answer.amount.currency,
    )
