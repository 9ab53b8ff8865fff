"""SMS.RU (its codes: domain facts 8.1). Receipts come to one address of the account."""

from django.conf import settings

from notifications.failures import Failure
from notifications.models import MessageStatus
from notifications.providers.base import (
    MALFORMED,
    Letter,
    OurAccountRefused,
    Request,
    SmsRejected,
    SmsUnanswered,
    SmsUnavailable,
    Taken,
    cost_in,
    digits,
    number_in,
    object_in,
    receipt,
    sound_receipts,
)

MOST_ENTRIES = 1000  # of one callback; the operator sends a hundred


class SmsRu:
    name = "smsru"
    receipts = {
        **dict.fromkeys(["100", "101", "102"]),
        **dict.fromkeys(["103", "110"], MessageStatus.DELIVERED),
        **dict.fromkeys(["104", "105", "106", "107", "108", "150"], MessageStatus.FAILED),
    }
    failures = {
        **dict.fromkeys(["104", "106"], Failure.PHONE_OFF),
        **dict.fromkeys(["105", "108", "150", "207", "209"], Failure.BLOCKED),
        "202": Failure.NO_SUCH_NUMBER,
        **dict.fromkeys(["214", "550"], Failure.NOT_ALLOWED),
        **dict.fromkeys(["203", "205", "212", "215", "216"], Failure.TEXT_REFUSED),
    }
    needs = ("SMS_RU_ID",)
    asked_at_once = 100
    not_found = -1
    taken = {100, 101, 102, 103}
    # "The same text to this number within a minute, a day": our earlier try did arrive, if there
    # was one; else it was another message with the same words, and this one was not taken.
    repeated = {231, 232}
    later = {206, 220, 230, 233}
    ours_to_mend = {200, 201, 204, 300, 301, 302, 506, 507, 901, 902}

    def request_of(self, letter: Letter) -> Request:
        form = {
            "api_id": settings.SMS_RU_ID,
            "to": digits(letter.phone),
            "msg": letter.text,
            "from": settings.SMS_SIGN,
            "json": "1",
            "reference": letter.reference,
        }
        return Request(f"{settings.SMS_RU_URL}/sms/send", form=form)

    def read(self, status: int, body: bytes | str) -> Taken:
        """An overall OK may carry an error for the number itself."""
        answer = object_in(status, body, sound=("status_code",))
        self._check(answer["status_code"])
        one = self._only(answer.get("sms"))
        if one.get("status_code") in self.repeated:
            return Taken(self.name, "", repeated=True)
        self._check(one.get("status_code"))
        return Taken(self.name, number_in(one, "sms_id"), cost_in(one))

    def _only(self, results) -> dict:
        """We name one number in a request, so one result comes back."""
        found = list(results.values()) if isinstance(results, dict) else []
        if len(found) != 1 or not isinstance(found[0], dict):
            raise SmsUnanswered(MALFORMED)
        return found[0]

    def _check(self, code) -> None:
        if not isinstance(code, int):
            raise SmsUnanswered(MALFORMED)
        if code in self.taken | self.repeated:
            return
        if code in self.ours_to_mend:
            raise OurAccountRefused(f"{self.name}: {code}")
        if code in self.later:
            raise SmsUnavailable(f"{self.name}: {code}")
        failure = self.failures.get(str(code), Failure.REFUSED)
        raise SmsRejected(f"{self.name}: {code}", failure=failure, code=str(code)[:20])

    def question_of(self, references: list[str]) -> Request:
        form = {"api_id": settings.SMS_RU_ID, "sms_id": ",".join(references), "json": "1"}
        return Request(f"{settings.SMS_RU_URL}/sms/status", form=form)

    def read_statuses(self, status: int, body: bytes | str) -> list[tuple[str, str]]:
        """What it does not know (-1) is no word about the message."""
        answer = object_in(status, body, sound=("status_code",))
        self._check(answer["status_code"])
        results = answer.get("sms")
        pairs = [
            (number, one.get("status_code"))
            for number, one in (results.items() if isinstance(results, dict) else [])
            if isinstance(one, dict)
        ]
        return sound_receipts(pair for pair in pairs if pair[1] != self.not_found)

    def receipts_in(self, form) -> list[tuple[str, str]]:
        """`data[]` or `data[0]`…: "sms_status", number, code, perhaps time, one a line."""
        entries = [v for key in form if key.startswith("data[") for v in form.getlist(key)]
        if len(entries) > MOST_ENTRIES:
            raise ValueError("too many entries")
        lines = [entry.split("\n", 4) for entry in entries]
        return [receipt(*line[1:3]) for line in lines if line[0].strip() == "sms_status"]
