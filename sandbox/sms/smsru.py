"""The gate in the shape of SMS.RU: like the real one it answers HTTP 200 to its own errors."""

import re
from urllib.parse import urlencode

from flask import Blueprint, jsonify, request

from sandbox import clock, courier
from sandbox.errors import Refused
from sandbox.sms import centre, faults
from sandbox.world import world

GATE = "smsru"
COST = "0.50"
BALANCE = 4122.56
BAD_KEY, NO_FUNDS, BAD_NUMBER, NO_TEXT = 200, 201, 202, 203
STOP_LIST, TOO_MANY, NOT_FOUND, UNKNOWN = 209, 213, -1, 777
WORDS = {
    BAD_KEY: "Неправильный api_id",
    NO_FUNDS: "Не хватает средств на лицевом счету",
    BAD_NUMBER: "Неправильно указан номер телефона получателя",
    NO_TEXT: "Нет текста сообщения",
    STOP_LIST: "Номер в стоп-листе",
    TOO_MANY: "Больше 100 получателей",
    NOT_FOUND: "Сообщение не найдено",
    102: "Сообщение отправлено (в пути)",
    103: "Сообщение доставлено",
    104: "Не может быть доставлено: время жизни истекло",
}
blueprint = Blueprint("smsru", __name__, url_prefix="/smsru/sms")


class Failed(Exception):
    def __init__(self, code: int):
        self.code = code


@blueprint.errorhandler(Failed)
def _failed(error: Failed):
    return _reply(_error(error.code), str(error.code))


@blueprint.before_request
def _meet_fault():
    trouble = faults.meet(world().store, GATE)
    if trouble is None and faults.is_on("account"):
        raise Failed(NO_FUNDS)
    return trouble


blueprint.after_request(faults.spoil)


@blueprint.route("/send", methods=["GET", "POST"])
def send():
    _require_key()
    pairs = _recipients()
    if not pairs:
        raise Failed(BAD_NUMBER)
    if len(pairs) > 100:
        raise Failed(TOO_MANY)
    results = {phone: _send_one(phone, text, len(pairs) == 1) for phone, text in pairs}
    lines = ["100", *(r.get("sms_id", str(r["status_code"])) for r in results.values())]
    return _reply(
        {"status": "OK", "status_code": 100, "sms": results, "balance": BALANCE},
        "\n".join([*lines, f"balance={BALANCE}"]),
    )


@blueprint.route("/status", methods=["GET", "POST"])
def status():
    _require_key()
    ids = [part.strip() for part in request.values.get("sms_id", "").split(",")][:100]
    results = {sms_id: _status(sms_id) for sms_id in ids}
    codes = [str(result["status_code"]) for result in results.values()]
    return _reply(
        {"status": "OK", "status_code": 100, "sms": results, "balance": BALANCE},
        "\n".join(["100", *codes]),
    )


def _require_key() -> None:
    if not request.values.get("api_id", "").strip():
        raise Failed(BAD_KEY)


def _recipients() -> list[tuple[str, str]]:
    """`to=7…,7…` with one `msg`, or a text for each phone in `to[7…]`."""
    message = request.values.get("msg", "")
    phones = [part.strip() for part in request.values.get("to", "").split(",") if part.strip()]
    each = [
        (key[3:-1], text)
        for key, text in request.values.items()
        if key.startswith("to[") and key.endswith("]")
    ]
    return [(phone, message) for phone in phones] + each


def _send_one(phone: str, text: str, alone: bool) -> dict:
    """One recipient; a reference can name one message only, so it counts when there is one."""
    if not text.strip() or len(text) > centre.LONGEST_TEXT:
        return _error(NO_TEXT)
    reference = request.values.get("reference") or request.values.get("client_id") or ""
    try:
        message = world().sms.send(
            gate=GATE,
            phone=phone,
            text=text.strip(),
            sign=request.values.get("from", "")[:64],
            reference=reference[:100] if alone else "",
            receipt=_receipt(),
        )
    except Refused:
        return _error(BAD_NUMBER)
    except centre.PhoneRejects:
        return _error(STOP_LIST)
    return {"status": "OK", "status_code": 100, "sms_id": public_id(message["id"]), "cost": COST}


def _receipt() -> centre.Receipt | None:
    """Told to the one address of the account, as lines."""
    url = world().config.smsru_callback
    if not url or faults.is_on("silent"):
        return None
    unknown = faults.is_on("unknown")

    def told(message) -> tuple[str, str]:
        code = UNKNOWN if unknown else 103 if message["delivered"] else 104
        settled = int(clock.parse(message["settled_at"]).timestamp())
        lines = ["sms_status", public_id(message["id"]), str(code), str(settled)]
        return urlencode({"data[0]": "\n".join(lines)}), courier.FORM

    return centre.Receipt(url, told)


def public_id(number: int) -> str:
    return f"{number // 10**6:06d}-{number % 10**6:06d}"


def _status(sms_id: str) -> dict:
    match = re.fullmatch(r"([0-9]{6})-([0-9]{6})", sms_id)
    message = world().sms.find(GATE, int(match[1] + match[2])) if match else None
    if message is None:
        return _error(NOT_FOUND)
    code = 102
    if centre.settled(message):
        code = 103 if message["delivered"] else 104
    return {"status": "OK", "status_code": code, "status_text": WORDS[code], "cost": COST}


def _error(code: int) -> dict:
    return {"status": "ERROR", "status_code": code, "status_text": WORDS[code]}


def _reply(value: dict, plain: str):
    if request.values.get("json") == "1":
        return jsonify(value)
    return plain, {"Content-Type": "text/plain; charset=utf-8"}
