"""SMS Aero v2 (domain facts 8.3). Receipts come to the address given with each message."""

from django.conf import settings
from django.utils.translation import gettext_noop

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
            raise SmsRejected(f"{self.name}: {safe(code)}", code=code[:20])
        return Taken(self.name, number_in(data, "id"), cost_in(data))

    def _refusal(self, answer: dict) -> Exception:
        words = safe(str(answer.get("message") or answer.get("result") or REFUSED))
        if any(hint in words.lower() for hint in self.ours_to_mend):
            return OurAccountRefused(words)
        return SmsRejected(words)

    def receipts_in(self, form) -> list[tuple[str, str]]:
        return [receipt(form.get("id"), form.get("status"))]
