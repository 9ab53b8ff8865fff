"""The gate in the shape of SMS Aero v2."""

import json
from urllib.parse import urlencode

from flask import Blueprint, jsonify, request

from sandbox import clock, courier, incoming
from sandbox.errors import Refused
from sandbox.sms import centre, faults
from sandbox.world import world

GATE = "smsaero"
UNKNOWN = 77
blueprint = Blueprint("smsaero", __name__, url_prefix="/smsaero/v2")


@blueprint.errorhandler(Refused)
def _refused(error: Refused):
    return _answer(None, error.sentence, success=False), error.status


@blueprint.before_request
def _authorised():
    login = request.authorization
    trouble = faults.meet(world().store, GATE)
    if trouble is not None:
        return trouble
    if faults.is_on("account"):
        raise Refused("Your request was made with invalid credentials.", 401)
    if not login or login.type != "basic" or not (login.username and login.password):
        raise Refused("Your request was made with invalid credentials.", 401)
    return None


blueprint.after_request(faults.spoil)


@blueprint.route("/sms/send", methods=["GET", "POST"])
def send():
    values = _values()
    try:
        message = world().sms.send(
            gate=GATE,
            phone=incoming.text(values, "number", longest=32),
            text=incoming.text(values, "text", longest=centre.LONGEST_TEXT),
            sign=incoming.text(values, "sign", longest=64, required=False),
            reference=_reference(values),
            receipt=_receipt(values),
        )
    except centre.PhoneRejects:
        return _answer(None, "reject", success=False)
    return _answer(_data(message))


@blueprint.route("/sms/status", methods=["GET", "POST"])
def status():
    number = incoming.text(_values(), "id", longest=18)
    message = world().sms.find(GATE, int(number)) if number.isdecimal() else None
    if message is None:
        raise Refused("Message not found.", 404)
    return _answer(_data(message))


def _receipt(values: dict) -> centre.Receipt | None:
    """Told to the address that came with the message, by a form or by JSON."""
    url = incoming.text(values, "callbackUrl", longest=2000, required=False)
    centre.check_callback(url)
    form = incoming.text(values, "callbackFormat", longest=16, required=False)
    if not url or faults.is_on("silent"):
        return None
    unknown = faults.is_on("unknown")

    def told(message) -> tuple[str, str]:
        code = UNKNOWN if unknown else 1 if message["delivered"] else 2
        said = {"id": message["id"], "status": code}
        if form.upper() == "JSON":
            return json.dumps(said), courier.JSON
        return urlencode(said), courier.FORM

    return centre.Receipt(url, told)


def _values() -> dict:
    if request.method == "GET":
        return request.args.to_dict()
    return request.form.to_dict() if request.form else incoming.json_object(request)


def _reference(values: dict) -> str:
    """Our extension: the caller's own id, under either name."""
    name = "reference" if values.get("reference") else "client_id"
    return incoming.text(values, name, longest=100, required=False)


def _answer(data, message: str | None = None, success: bool = True):
    return jsonify({"success": success, "data": data, "message": message})


def _data(message) -> dict:
    sent = int(clock.parse(message["sent_at"]).timestamp())
    code, word = _status(message)
    return {
        "id": message["id"],
        "from": message["sign"],
        "number": message["phone"],
        "text": message["text"],
        "status": code,
        "extendStatus": word,
        "channel": "FREE SIGN",
        "cost": "5.49",
        "dateCreate": sent,
        "dateSend": sent,
    }


def _status(message) -> tuple[int, str]:
    if not centre.settled(message):
        return 0, "queue"
    return (1, "delivery") if message["delivered"] else (2, "failed")
