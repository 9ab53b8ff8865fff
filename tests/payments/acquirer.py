"""A small acquirer over HTTP: keeps payments by idempotence key, fails on demand, counts."""

import json
import re
from contextlib import contextmanager

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response


class Acquirer:
    def __init__(self, server: HTTPServer):
        self.server = server
        self.payments: dict[str, dict] = {}
        self.by_key: dict[str, str] = {}
        self.bodies: list[dict] = []
        self.found = 0
        self.refunds: dict[str, dict] = {}
        self.refund_status = "succeeded"
        self.closes = False  # the real one closes no page that waits for its payer
        self.answer: Response | None = None
        server.expect_request("/v3/payments", method="POST").respond_with_handler(self._create)
        server.expect_request("/v3/payments", method="GET").respond_with_handler(self._list)
        server.expect_request(_any("payments"), method="GET").respond_with_handler(self._find)
        close = re.compile(r"^/v3/payments/.+/cancel$")
        server.expect_request(close, method="POST").respond_with_handler(self._close)
        server.expect_request("/v3/refunds", method="POST").respond_with_handler(self._refund)
        server.expect_request("/v3/refunds", method="GET").respond_with_handler(self._refunds)
        server.expect_request(_any("refunds"), method="GET").respond_with_handler(self._find_refund)

    @property
    def url(self) -> str:
        return self.server.url_for("/v3")

    @property
    def only(self) -> dict:
        [payment] = self.payments.values()
        return payment

    def pay(self, payment_id: str, captured_at: str = "2026-02-14T15:00:00.000Z") -> None:
        self.payments[payment_id] |= {
            "status": "succeeded",
            "paid": True,
            "captured_at": captured_at,
        }

    def cancel(self, payment_id: str) -> None:
        self.payments[payment_id] |= {"status": "canceled"}

    @contextmanager
    def answering(self, status: int, body: str = "{}"):
        """Carry everything out, and answer this instead."""
        self.answer = Response(body, status, content_type="application/json")
        yield
        self.answer = None

    def finish_refund(self, status: str) -> None:
        [refund] = self.refunds.values()
        refund["status"] = status

    def _create(self, request: Request) -> Response:
        body, key = request.get_json(), request.headers["Idempotence-Key"]
        self.bodies.append(body)
        if key not in self.by_key:
            self.by_key[key] = self._keep(body)
        return self.answer or _json(self.payments[self.by_key[key]])

    def _keep(self, body: dict) -> str:
        payment_id = f"2f0d{len(self.payments):04d}-000f-5000-8000-000000000000"
        confirmation = {"type": body["confirmation"]["type"]}
        if confirmation["type"] == "redirect":
            confirmation["confirmation_url"] = f"{self.server.url_for('/pay')}/{payment_id}/"
        self.payments[payment_id] = {
            "id": payment_id,
            "status": "pending",
            "paid": False,
            "amount": body["amount"],
            "metadata": body["metadata"],
            "created_at": "2026-02-14T14:59:00.000Z",
            "confirmation": confirmation,
        }
        return payment_id

    def _find(self, request: Request) -> Response:
        self.found += 1
        payment = self.payments.get(request.path.rsplit("/", 1)[1])
        if payment is None:
            return _json({"type": "error", "code": "not_found"}, 404)
        return self.answer or _json(payment)

    def _list(self, request: Request) -> Response:
        return self.answer or _json({"type": "list", "items": list(self.payments.values())})

    def _close(self, request: Request) -> Response:
        payment = self.payments[request.path.split("/")[3]]
        if not self.closes or payment["status"] != "pending":
            return _json({"type": "error", "code": "invalid_request"}, 400)
        payment["status"] = "canceled"
        return _json(payment)

    def _refund(self, request: Request) -> Response:
        body, key = request.get_json(), request.headers["Idempotence-Key"]
        if key not in self.refunds:
            refund = {"id": f"r-{len(self.refunds)}", "status": self.refund_status, **body}
            self.refunds[key] = refund
        return self.answer or _json(self.refunds[key])

    def _refunds(self, request: Request) -> Response:
        wanted = request.args.get("payment_id")
        items = [one for one in self.refunds.values() if one["payment_id"] == wanted]
        return self.answer or _json({"type": "list", "items": items})

    def _find_refund(self, request: Request) -> Response:
        wanted = request.path.rsplit("/", 1)[1]
        found = next((one for one in self.refunds.values() if one["id"] == wanted), None)
        return self.answer or (_json(found) if found else _json({"code": "not_found"}, 404))


def _any(what: str):
    return re.compile(rf"^/v3/{what}/[^/]+$")


def _json(body: dict, status: int = 200) -> Response:
    return Response(json.dumps(body), status, content_type="application/json")
