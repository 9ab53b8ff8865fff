"""SMS operators behind one seam: `hand_over` and `outcome`. Logs and errors never hold a phone."""

import re
from collections.abc import Iterable
from typing import NamedTuple, Protocol

import requests
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop
from urllib3.exceptions import NewConnectionError

from notifications.models import MessageStatus

LONG_NUMBER = re.compile(r"\+?\d[\d\s()-]{5,}\d")

RECEIPT_NUMBER = re.compile(r"[!-~]{1,60}")
RECEIPT_CODE = re.compile(r"[!-~]{1,20}")
REFUSED = gettext_noop("the operator refused it")
NOBODY = gettext_noop("no operator can be reached")


class SmsRejected(Exception):
    """The operator refused this message; trying again would change nothing."""


class SmsUnavailable(Exception):
    """The operator did not take the message now; it may later."""


class SmsUnreachable(SmsUnavailable):
    """No connection: nothing was sent, another operator may be asked at once."""


class SmsUnanswered(SmsUnavailable):
    """The request left and no sound answer came: the SMS may be on its way."""


class OurAccountRefused(SmsUnavailable):
    """Password, funds or limits at the operator: staff must act, the message waits."""


class Taken(NamedTuple):
    provider: str
    reference: str  # the operator's number; empty when it only said "I have this one already"


class Provider(Protocol):
    name: str
    receipts: dict[str, MessageStatus | None]

    def send(self, *, phone: str, text: str, reference: str) -> str:
        """The operator's number of the message; raises SmsRejected or SmsUnavailable."""


class SmsAero:
    """SMS Aero v2. Receipts come to the address given with each message."""

    name = "smsaero"
    receipts = {
        "0": None,
        "1": MessageStatus.DELIVERED,
        "2": MessageStatus.FAILED,
        "3": None,
        "4": None,
        "6": MessageStatus.FAILED,
        "8": None,
    }
    ours_to_mend = ("no credits", "not enough", "unauthorized")

    def send(self, *, phone: str, text: str, reference: str) -> str:
        answer = _post(
            f"{settings.SMS_AERO_URL}/sms/send",
            json=self._body(phone, text, reference),
            auth=(settings.SMS_AERO_EMAIL, settings.SMS_AERO_KEY),
        )
        if answer.get("success") is not True:
            raise self._refusal(answer)
        return _number_in(answer.get("data"), "id")

    def _body(self, phone: str, text: str, reference: str) -> dict:
        body = {
            "number": _digits(phone),
            "text": text,
            "sign": settings.SMS_SIGN,
            "reference": reference,
        }
        if settings.PORTAL_URL:
            body["callbackUrl"] = receipt_address(self.name)
        return body

    def _refusal(self, answer: dict) -> Exception:
        words = _safe(str(answer.get("message") or answer.get("result") or REFUSED))
        if any(hint in words.lower() for hint in self.ours_to_mend):
            return OurAccountRefused(words)
        return SmsRejected(words)


class SmsRu:
    """SMS.RU. Its codes: domain facts 8.1; receipts come to one address of the account."""

    name = "smsru"
    receipts = {
        **dict.fromkeys(["100", "101", "102"]),
        **dict.fromkeys(["103", "110"], MessageStatus.DELIVERED),
        **dict.fromkeys(["104", "105", "106", "107", "108", "150"], MessageStatus.FAILED),
    }
    taken = {100, 101, 102, 103}
    # "The same text to this number within a minute, a day": our earlier try did arrive.
    repeated = {231, 232}
    later = {206, 220, 230, 233}
    ours_to_mend = {200, 201, 204, 300, 301, 302, 506, 507, 901, 902}

    def send(self, *, phone: str, text: str, reference: str) -> str:
        number = _digits(phone)
        form = {
            "api_id": settings.SMS_RU_ID,
            "to": number,
            "msg": text,
            "from": settings.SMS_SIGN,
            "json": "1",
            "reference": reference,
        }
        answer = _post(f"{settings.SMS_RU_URL}/sms/send", data=form)
        return self._read(answer, number)

    def _read(self, answer: dict, number: str) -> str:
        """An overall OK may carry an error for the number itself."""
        self._check(answer.get("status_code"))
        try:
            one = answer["sms"][number]
        except (KeyError, TypeError) as error:
            raise SmsUnanswered("malformed answer") from error
        code = one.get("status_code") if isinstance(one, dict) else None
        if code in self.repeated:
            return ""
        self._check(code)
        return _number_in(one, "sms_id")

    def _check(self, code) -> None:
        if not isinstance(code, int):
            raise SmsUnanswered("malformed answer")
        if code in self.taken | self.repeated:
            return
        if code in self.ours_to_mend:
            raise OurAccountRefused(f"{self.name}: {code}")
        if code in self.later:
            raise SmsUnavailable(f"{self.name}: {code}")
        raise SmsRejected(f"{self.name}: {code}")


PROVIDERS: dict[str, type[Provider]] = {p.name: p for p in (SmsAero, SmsRu)}


def hand_over(*, phone: str, text: str, reference: str) -> Taken:
    """Give the message to the first operator that can be reached.

    Only a refused connection lets the next one try: after any other failure the first may have
    taken the message. Raises SmsRejected or SmsUnavailable.
    """
    for name in settings.SMS_PROVIDERS:
        try:
            number = PROVIDERS[name]().send(phone=phone, text=text, reference=reference)
        except SmsUnreachable:
            continue
        return Taken(name, number)
    raise SmsUnreachable(NOBODY)


def outcome(provider: str, code: str) -> MessageStatus | None:
    """What a receipt's code means; None while on the way. An unknown code raises KeyError."""
    return PROVIDERS[provider].receipts[code]


def receipt_address(provider: str) -> str:
    path = reverse("notifications:sms_receipt", args=[provider, settings.SMS_HOOK_SECRET])
    return settings.PORTAL_URL.rstrip("/") + path


def _post(url: str, **kwargs) -> dict:
    """The JSON object an operator answered; a non-2xx answer with one is still its word."""
    try:
        response = requests.post(
            url, timeout=settings.OUTSIDE_TIMEOUT_SECONDS, allow_redirects=False, **kwargs
        )
    except requests.RequestException as error:
        # `from None`: the original carries the request, and the request carries the phone.
        raise _trouble(error) from None
    _check_status(response.status_code)
    return _object(response)


def _trouble(error: requests.RequestException) -> SmsUnavailable:
    reason = getattr(error.args[0], "reason", None) if error.args else None
    if isinstance(error, requests.ConnectTimeout) or isinstance(reason, NewConnectionError):
        return SmsUnreachable("no connection")
    return SmsUnanswered("no answer")


def _check_status(status: int) -> None:
    if status in (401, 402, 403):
        raise OurAccountRefused(f"HTTP {status}")
    if status == 429:
        raise SmsUnavailable("HTTP 429")
    if status >= 500:
        raise SmsUnanswered(f"HTTP {status}")


def _object(response: requests.Response) -> dict:
    try:
        answer = response.json()
    except ValueError:
        raise SmsUnanswered("malformed answer") from None
    if not isinstance(answer, dict):
        raise SmsUnanswered("malformed answer")
    return answer


def _number_in(data, field: str) -> str:
    """The operator's number; it took the message even when it forgot to say the number."""
    value = data.get(field) if isinstance(data, dict) else None
    return "" if value is None else str(value)[:60]


def _digits(phone: str) -> str:
    return phone.removeprefix("+")


def _safe(words: str) -> str:
    return LONG_NUMBER.sub("…", words)[:120]


def receipts_in(provider: str, form) -> Iterable[tuple[str, str]]:
    """(number, code) pairs of a callback; what cannot be read raises ValueError."""
    return READERS[provider](form)


def _aero_receipts(form) -> list[tuple[str, str]]:
    return [_pair(form.get("id"), form.get("status"))]


def _ru_receipts(form) -> list[tuple[str, str]]:
    """`data[]` or `data[0]`…: "sms_status", number, code, perhaps time, one a line."""
    entries = [v for key in form if key.startswith("data[") for v in form.getlist(key)]
    lines = [entry.split("\n") for entry in entries]
    return [_pair(*line[1:3]) for line in lines if line[0].strip() == "sms_status"]


def _pair(number=None, code=None) -> tuple[str, str]:
    number, code = str(number or "").strip(), str("" if code is None else code).strip()
    if not RECEIPT_NUMBER.fullmatch(number) or not RECEIPT_CODE.fullmatch(code):
        raise ValueError("not a receipt")
    return number, code


READERS = {SmsAero.name: _aero_receipts, SmsRu.name: _ru_receipts}
