"""YooKassa v3, the part that the portal uses, under /yookassa/v3."""

import hmac
import uuid

from flask import Blueprint, Response, g, jsonify, request

from sandbox import incoming
from sandbox.acquirer import faults
from sandbox.acquirer.objects import payment_object
from sandbox.errors import Refused
from sandbox.world import world

CODES = {401: "invalid_credentials", 404: "not_found", 500: "internal_server_error"}
blueprint = Blueprint("yookassa", __name__, url_prefix="/yookassa/v3")


@blueprint.errorhandler(Refused)
def _refused(error: Refused):
    body = {
        "type": "error",
        "id": str(uuid.uuid4()),
        "code": CODES.get(error.status, "invalid_request"),
        "description": error.sentence,
    }
    parameter = getattr(error, "parameter", None)
    return jsonify(body | ({"parameter": parameter} if parameter else {})), error.status


@blueprint.before_request
def _break_or_refuse() -> Response | None:
    g.fault = faults.use_up(world().store, request.method)
    if g.fault["mode"] == "502":
        return Response("<h1>502 Bad Gateway</h1>", 502, content_type="text/html")
    if g.fault["mode"] == "500":
        raise Refused("Internal server error.", 500)
    _require_credentials()
    return None


@blueprint.after_request
def _spoil(answer: Response) -> Response:
    return faults.spoil(answer, g.get("fault", {"mode": "none"}))


@blueprint.post("/payments")
def create_payment():
    return jsonify(world().acquirer.create(incoming.json_object(request), _key()))


@blueprint.get("/payments")
def list_payments():
    limit, cursor = _number("limit", 10, most=100), _number("cursor", None, most=10**15)
    since = request.args.get("created_at.gte", "")
    until = request.args.get("created_at.lte", "9")
    rows = world().acquirer.newest(limit + 1, cursor, since, until)
    items = [payment_object(row, world().config) for row in rows[:limit]]
    more = {"next_cursor": str(rows[limit - 1]["seq"])} if len(rows) > limit else {}
    return jsonify({"type": "list", "items": items} | more)


@blueprint.get("/payments/<payment_id>")
def get_payment(payment_id: str):
    return jsonify(world().acquirer.get(payment_id))


@blueprint.post("/payments/<payment_id>/cancel")
def cancel_payment(payment_id: str):
    _key()
    return jsonify(world().acquirer.cancel_by_shop(payment_id))


@blueprint.post("/refunds")
def create_refund():
    return jsonify(world().acquirer.refund(incoming.json_object(request), _key()))


@blueprint.get("/refunds")
def list_refunds():
    items = world().acquirer.refunds_of(request.args.get("payment_id", ""))
    return jsonify({"type": "list", "items": items})


@blueprint.get("/refunds/<refund_id>")
def get_refund(refund_id: str):
    return jsonify(world().acquirer.get_refund(refund_id))


def _require_credentials() -> None:
    config, login = world().config, request.authorization
    if not login or login.type != "basic":
        raise Refused("Basic authorization is required.", 401)
    given = f"{login.username}:{login.password}".encode()
    if not hmac.compare_digest(given, f"{config.shop_id}:{config.secret_key}".encode()):
        raise Refused("Wrong shopId or secret key.", 401)


def _key() -> str:
    key = request.headers.get("Idempotence-Key", "").strip()
    if not 1 <= len(key) <= 64:
        raise Refused("The header Idempotence-Key is required, 64 characters at most.")
    return key


def _number(name: str, usual: int | None, *, most: int) -> int | None:
    text = request.args.get(name, "")
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:20]) <= most):
        raise Refused(f"{name} must be a number from 1 to {most}.")
    return int(text)
