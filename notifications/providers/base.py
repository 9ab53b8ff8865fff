"""What all operators have in common: the letter, the request, the answer and the errors."""

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import NamedTuple, Protocol

from django.conf import settings
from django.urls import reverse

from notifications.models import MessageStatus

LONG_NUMBER = re.compile(r"\+?\d[\d\s()-]{5,}\d")
RECEIPT_NUMBER = re.compile(r"[!-~]{1,60}")
UNFIT = re.compile(r"[^!-~]")  # what no number of an operator has
RECEIPT_CODE = re.compile(r"[!-~]{1,20}")
HIGHEST_COST = Decimal(1000)  # of one message: more is a mistake in the answer
MALFORMED = "malformed answer"


class Letter(NamedTuple):
    phone: str  # E.164
    text: str
    reference: str  # ours, the same at every attempt


class Request(NamedTuple):
    """One POST: a form or a JSON object, never both. Redirects are not followed.

    ``seconds``: how long its answer is waited for, where that is less than usual.
    """

    url: str
    form: dict | None = None
    json: dict | None = None
    auth: tuple[str, str] | None = None
    seconds: float | None = None


class Taken(NamedTuple):
    provider: str
    reference: str  # the operator's number; empty when it only said "I have this one already"
    cost: Decimal | None = None  # in roubles, as the operator said it
    repeated: bool = False  # it had the same words for this number before: from us, but which time?


class SmsRejected(Exception):
    """The operator refused this message; trying again would change nothing.

    ``failure`` is our own word for the reason (`notifications.failures`), ``code`` the operator's.
    """

    def __init__(self, words: str, *, failure: str = "", code: str = ""):
        super().__init__(words)
        self.failure = failure
        self.code = code


class SmsUnavailable(Exception):
    """The operator did not take the message now; it may later, and another one may at once."""

    taken_possible = False


class SmsUnreachable(SmsUnavailable):
    """No connection: nothing was sent."""


class SmsUnanswered(SmsUnavailable):
    """The request left and no sound answer came: the SMS may be on its way."""

    taken_possible = True


class OurAccountRefused(SmsUnavailable):
    """Password, funds or limits at the operator: staff must act, the message waits."""


class Provider(Protocol):
    name: str
    receipts: dict[str, MessageStatus | None]
    failures: dict[str, str]  # why, in our words, by the code of a receipt or of a refusal
    needs: tuple[str, ...]  # the settings of our account there
    asked_at_once: int  # references in one question about what became of them

    def request_of(self, letter: Letter) -> Request: ...

    def read(self, status: int, body: bytes | str) -> Taken:
        """The answer to a request; raises SmsRejected or SmsUnavailable."""

    def question_of(self, references: list[str]) -> Request:
        """What became of the messages with these numbers of the operator."""

    def read_statuses(self, status: int, body: bytes | str) -> list[tuple[str, str]]:
        """(number, code) pairs of the answer; raises SmsUnavailable."""

    def receipts_in(self, form) -> Iterable[tuple[str, str]]:
        """(number, code) pairs of a callback; what cannot be read raises ValueError."""


def object_in(status: int, body: bytes | str, *, sound: tuple[str, ...]) -> dict:
    """The JSON object an operator answered; one with any of the fields ``sound`` is its word.

    A refusal by HTTP alone proves that nothing was taken; silence of any other kind does not.
    """
    if status in (401, 402, 403):
        raise OurAccountRefused(f"HTTP {status}")
    if status == 429:
        raise SmsUnavailable("HTTP 429")
    if status >= 500:
        raise SmsUnanswered(f"HTTP {status}")
    answer = _json(body)
    if isinstance(answer, dict) and any(field in answer for field in sound):
        return answer
    if 300 <= status < 500:
        raise SmsUnavailable(f"HTTP {status}")
    raise SmsUnanswered(MALFORMED)


def _json(body: bytes | str):
    try:
        return json.loads(body)
    except (ValueError, RecursionError):  # a hundred thousand brackets are no ValueError
        return None


def number_in(data, field: str) -> str:
    """The operator's number; it took the message even when it forgot to say the number."""
    value = data.get(field) if isinstance(data, dict) else None
    return "" if value is None else UNFIT.sub("", str(value))[:60]


def cost_in(data) -> Decimal | None:
    """Roubles that the operator took for it; None when it did not say a sum that can be."""
    value = data.get("cost") if isinstance(data, dict) else None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        cost = Decimal(str(value))
    except InvalidOperation:
        return None
    return cost if cost.is_finite() and 0 <= cost <= HIGHEST_COST else None


def digits(phone: str) -> str:
    return phone.removeprefix("+")


def safe(words: str) -> str:
    """Without phones, and without what no table takes: a NUL and half a sign are sound JSON."""
    printable = "".join(sign for sign in words if sign.isprintable())
    return LONG_NUMBER.sub("…", printable)[:120]


def receipt(number=None, code=None) -> tuple[str, str]:
    number, code = str(number or "").strip(), str("" if code is None else code).strip()
    if not RECEIPT_NUMBER.fullmatch(number) or not RECEIPT_CODE.fullmatch(code):
        raise ValueError("not a receipt")
    return number, code


def sound_receipts(pairs: Iterable[tuple]) -> list[tuple[str, str]]:
    """Those of an answer that can be receipts; an operator's oddity is not worth an error."""
    found = []
    for number, code in pairs:
        with suppress(ValueError):
            found.append(receipt(number, code if isinstance(code, int | str) else None))
    return found


def receipt_address(provider: str) -> str:
    path = reverse("notifications:sms_receipt", args=[provider, settings.SMS_HOOK_SECRET])
    return settings.PORTAL_URL.rstrip("/") + path
