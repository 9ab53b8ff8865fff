"""The gate in the shape of SMS.RU: like the real one it answers HTTP 200 to its own errors."""

import re

from flask import Blueprint, jsonify, request

from sandbox.errors import Refused
from sandbox.sms import centre
from sandbox.world import world

GATE = "smsru"
COST = "0.50"
BALANCE = 4122.56
BAD_KEY, BAD_NUMBER, NO_TEXT, STOP_LIST, TOO_MANY, NOT_FOUND = 200, 202, 203, 209, 213, -1
WORDS = {
    BAD_KEY: "Неправильный api_id",
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
        )
    except Refused:
        return _error(BAD_NUMBER)
    except centre.PhoneRejects:
        return _error(STOP_LIST)
    return {"status": "OK", "status_code": 100, "sms_id": public_id(message["id"]), "cost": COST}


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
