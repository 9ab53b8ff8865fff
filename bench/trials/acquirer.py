"""An acquirer without a network, behind the portal's real adapter and the acquirer's own SDK.

It keeps its promises (one payment for one key) and breaks everything else on demand: it refuses a
connection, takes the order and says nothing, answers 202, 500 or half an answer.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import requests
from requests.adapters import BaseAdapter

from common.clock import now

PAGE_LIFE = timedelta(hours=1)
FAULTS = (
    *("refused", "silent", "dropped", "202", "500 before", "500 after", "cut", "killed before"),
    "killed after",
)


class Killed(BaseException):
    """The process that spoke to the acquirer is gone: nothing of ours may catch this."""


class Acquirer(BaseAdapter):
    def __init__(self, chance: Random, faulty: float = 0.0):
        super().__init__()
        self.chance, self.faulty = chance, faulty
        self.fault: str | None = None  # of the next request, when it is chosen and not drawn
        self.payments: dict[str, dict] = {}
        self.refunds: dict[str, dict] = {}
        self.by_key: dict[str, str] = {}
        self.told: list[dict] = []  # notifications that are still to be brought, in any order

    # --- the wire

    def send(self, request, **kwargs) -> requests.Response:
        fault = self._drawn()
        if fault == "refused":
            raise requests.ConnectionError
        if fault == "killed before":
            raise Killed
        if fault == "500 before":
            return _answer(request, 500, {"type": "error"})
        status, body = self._carry_out(request)
        if fault in ("silent", "dropped"):
            raise (requests.ReadTimeout if fault == "silent" else requests.ConnectionError)
        if fault == "killed after":
            raise Killed
        if fault == "500 after":
            return _answer(request, 500, {"type": "error"})
        if fault == "202":
            return _answer(request, 202, {"type": "processing", "retry_after": 1800})
        return _answer(request, status, body, cut=fault == "cut")

    def close(self) -> None:
        """Nothing stays open."""

    def _drawn(self) -> str | None:
        fault, self.fault = self.fault, None
        if fault is None and self.chance.random() < self.faulty:
            fault = self.chance.choice(FAULTS)
        return fault

    def _carry_out(self, request) -> tuple[int, dict]:
        parts = urlsplit(request.url)
        path = parts.path.partition("/v3/")[2].strip("/").split("/")
        if request.method == "GET":
            return self._read(path, parse_qs(parts.query))
        key = request.headers["Idempotence-Key"]
        body = json.loads(request.body) if request.body else {}
        if path[-1] == "cancel":
            return 400, {"type": "error", "code": "invalid_request"}
        make, known = (
            (self._paid_for, self.payments) if path == ["payments"] else (self._back, self.refunds)
        )
        if key not in self.by_key:
            refusal = self._refusal(body) if known is self.refunds else None
            if refusal:
                return refusal
            self.by_key[key] = make(body)
        return 200, known[self.by_key[key]]

    def _read(self, path: list[str], query: dict) -> tuple[int, dict]:
        rows = self.payments if path[0] == "payments" else self.refunds
        if len(path) == 2:
            found = rows.get(path[1])
            return (200, found) if found else (404, {"type": "error", "code": "not_found"})
        about = query.get("payment_id", [None])[0]
        items = [row for row in rows.values() if about in (None, row.get("payment_id"))]
        return 200, {"type": "list", "items": items}

    # --- what it keeps

    def _paid_for(self, body: dict) -> str:
        made = str(uuid4())
        confirmation = {"type": body["confirmation"]["type"]}
        if confirmation["type"] == "redirect":
            confirmation["confirmation_url"] = f"https://yoomoney.ru/{made}"
        self.payments[made] = {
            "id": made,
            "status": "pending",
            "paid": False,
            "amount": body["amount"],
            "metadata": body["metadata"],
            "created_at": _iso(now()),
            "confirmation": confirmation,
            "payment_method": {"type": body["payment_method_data"]["type"], "id": made},
        }
        return made

    def _refusal(self, body: dict) -> tuple[int, dict] | None:
        payment = self.payments.get(body["payment_id"])
        given = [row for row in self.refunds.values() if row["payment_id"] == body["payment_id"]]
        if payment is None or payment["status"] != "succeeded" or given:
            return 400, {"type": "error", "code": "invalid_request"}
        return None

    def _back(self, body: dict) -> str:
        made = str(uuid4())
        status = self.chance.choice(["succeeded", "pending"])
        self.refunds[made] = {"id": made, "status": status, "created_at": _iso(now()), **body}
        self._tell(f"refund.{status}", self.refunds[made])
        return made

    # --- what others do

    def pay(self, payment_id: str) -> bool:
        """The payer pays on a page, or answers the operator's SMS."""
        payment = self.payments[payment_id]
        if payment["status"] != "pending":
            return False
        payment |= {"status": "succeeded", "paid": True, "captured_at": _iso(now())}
        self._tell("payment.succeeded", payment)
        return True

    def waiting(self) -> set[str]:
        return {row["id"] for row in self.payments.values() if row["status"] == "pending"}

    def cancel(self, payment_id: str) -> None:
        payment = self.payments[payment_id]
        if payment["status"] == "pending":
            payment["status"] = "canceled"
            self._tell("payment.canceled", payment)

    def pass_time(self) -> None:
        """Pages live an hour; refunds that took their time are done."""
        for payment in list(self.payments.values()):
            if datetime.fromisoformat(payment["created_at"]) + PAGE_LIFE <= now():
                self.cancel(payment["id"])
        for refund in self.refunds.values():
            if refund["status"] == "pending":
                refund["status"] = "succeeded"
                self._tell("refund.succeeded", refund)

    def _tell(self, event: str, about: dict) -> None:
        self.told.append({"type": "notification", "event": event, "object": dict(about)})


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _answer(request, status: int, body: dict, *, cut: bool = False) -> requests.Response:
    answer = requests.Response()
    answer.status_code, answer.request, answer.url = status, request, request.url
    text = json.dumps(body).encode()
    answer._content = text[: len(text) // 2] if cut else text
    answer.headers["Content-Type"] = "application/json"
    return answer


def behind_the_adapter(acquirer: Acquirer) -> Callable:
    """What `payments.gateway.HTTPAdapter` is replaced with."""
    return lambda **_settings: acquirer
