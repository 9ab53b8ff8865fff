"""SMS Aero v2 (domain facts 8.3). Receipts come to the address given with each message."""

from django.conf import settings
from django.utils.translation import gettext_noop

from notifications.failures import Failure
from notifications.models import MessageStatus
from notifications.providers.base import (
    Letter,
    OurAccountRefused,
    Request,
    SmsRejected,
    Taken,
    cost_in,
    digits,
    number_in,
    object_in,
    receipt,
    receipt_address,
    safe,
    sound_receipts,
)

REFUSED = gettext_noop("the operator refused it")


class SmsAero:
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
    failures = {"2": Failure.NOT_DELIVERED, "6": Failure.BLOCKED, "reject": Failure.BLOCKED}
    needs = ("SMS_AERO_EMAIL", "SMS_AERO_KEY")
    asked_at_once = 1
    ours_to_mend = ("no credits", "not enough", "unauthorized")

    def request_of(self, letter: Letter) -> Request:
        return Request(
            f"{settings.SMS_AERO_URL}/sms/send",
            json=self._body(letter),
            auth=(settings.SMS_AERO_EMAIL, settings.SMS_AERO_KEY),
        )

    def _body(self, letter: Letter) -> dict:
        body = {
            "number": digits(letter.phone),
            "text": letter.text,
            "sign": settings.SMS_SIGN,
            "reference": letter.reference,
        }
        if settings.PORTAL_URL:
            body["callbackUrl"] = receipt_address(self.name)
        return body

    def read(self, status: int, body: bytes | str) -> Taken:
        answer = object_in(status, body, sound=("success", "result"))
        data = answer.get("data")
        if answer.get("success") is not True:
            raise self._refusal(answer)
        code = str(data.get("status", "")) if isinstance(data, dict) else ""
        if self.receipts.get(code) == MessageStatus.FAILED or code == "reject":
            raise self._rejected(code, f"{self.name}: {safe(code)}")
        return Taken(self.name, number_in(data, "id"), cost_in(data))

    def _refusal(self, answer: dict) -> Exception:
        words = safe(str(answer.get("message") or answer.get("result") or REFUSED))
        if any(hint in words.lower() for hint in self.ours_to_mend):
            return OurAccountRefused(words)
        return self._rejected(str(answer.get("result") or answer.get("message")), words)

    def _rejected(self, code: str, words: str) -> SmsRejected:
        known = code in self.failures
        return SmsRejected(
            words,
            failure=self.failures.get(code, Failure.REFUSED),
            code=code if known else "",
        )

    def question_of(self, references: list[str]) -> Request:
        [number] = references
        return Request(
            f"{settings.SMS_AERO_URL}/sms/status",
            json={"id": number},
            auth=(settings.SMS_AERO_EMAIL, settings.SMS_AERO_KEY),
        )

    def read_statuses(self, status: int, body: bytes | str) -> list[tuple[str, str]]:
        """A message that it does not know is no word about it."""
        data = object_in(status, body, sound=("success",)).get("data")
        pair = (data.get("id"), data.get("status")) if isinstance(data, dict) else (None, None)
        return sound_receipts([pair])

    def receipts_in(self, form) -> list[tuple[str, str]]:
        return [receipt(form.get("id"), form.get("status"))]
