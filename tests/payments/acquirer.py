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
        self.answer: Response | None = None
        server.expect_request("/v3/payments", method="POST").respond_with_handler(self._create)
        server.expect_request(_any_payment(), method="GET").respond_with_handler(self._find)

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

    def _create(self, request: Request) -> Response:
        body, key = request.get_json(), request.headers["Idempotence-Key"]
        self.bodies.append(body)
        if key not in self.by_key:
            self.by_key[key] = self._keep(body)
        return self.answer or _json(self.payments[self.by_key[key]])

    def _keep(self, body: dict) -> str:
        payment_id = f"2f0d{len(self.payments):04d}-0000"
        self.payments[payment_id] = {
            "id": payment_id,
            "status": "pending",
            "paid": False,
            "amount": body["amount"],
            "metadata": body["metadata"],
            "created_at": "2026-02-14T14:59:00.000Z",
            "confirmation": {
                "type": "redirect",
                "confirmation_url": f"{self.server.url_for('/pay')}/{payment_id}/",
            },
        }
        return payment_id

    def _find(self, request: Request) -> Response:
        self.found += 1
        payment = self.payments.get(request.path.rsplit("/", 1)[1])
        if payment is None:
            return _json({"type": "error", "code": "not_found"}, 404)
        return self.answer or _json(payment)


def _any_payment():
    return re.compile(r"^/v3/payments/.+")


def _json(body: dict, status: int = 200) -> Response:
    return Response(json.dumps(body), status, content_type="application/json")
