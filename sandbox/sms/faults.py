"""Breaking on demand: the next messages given to a gate meet a chosen trouble.

`500`, `429` and `account` refuse before anything is done. `hang`, `html`, `empty` and `drop` take
the message first: the caller cannot know. `silent` and `unknown` take it and answer well, but the
receipt never comes, or says a status that nobody knows.
"""

import json
import time

from flask import Response, g, request

from sandbox.acquirer.faults import hang_up
from sandbox.errors import Refused
from sandbox.store import Store, put

BEFORE = ("500", "429", "account")
AFTER = ("hang", "html", "empty", "drop")
OF_RECEIPTS = ("silent", "unknown")
MODES = ("none", *BEFORE, *AFTER, *OF_RECEIPTS)
WORDS = {
    "none": "нет",
    "500": "ошибка 500",
    "429": "слишком часто (429)",
    "account": "счёт не принят",
    "hang": "принял и молчит 30 секунд",
    "html": "принял и ответил страницей",
    "empty": "принял и ответил пустотой",
    "drop": "принял и оборвал связь",
    "silent": "не сообщает о доставке",
    "unknown": "сообщает неизвестный код",
}
GATES = ("smsaero", "smsru")
MOST = 100_000
LONGEST_HANG_SECONDS = 120
HTML = "<!doctype html><title>Технические работы</title>"


def read(values) -> tuple[str, dict]:
    """The gate and its fault as asked for, by a form or a JSON object."""
    gate, mode = str(values.get("gate", "")), str(values.get("mode", ""))
    if gate not in GATES or mode not in MODES:
        raise Refused(f"gate is one of {', '.join(GATES)}; mode is one of {', '.join(MODES)}.")
    times = _count(values.get("times", 1), MOST)
    seconds = _count(values.get("seconds", 30), LONGEST_HANG_SECONDS)
    return gate, {"mode": mode, "times": times, "seconds": seconds}


def _count(value, most: int) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = -1
    if not 0 <= number <= most:
        raise Refused(f"times and seconds are whole numbers, up to {MOST} and 120.")
    return number


def keep(store: Store, gate: str, fault: dict) -> None:
    store.set(_key(gate), json.dumps(fault))


def current(store: Store) -> dict[str, dict]:
    return {gate: _read(store.get(_key(gate))) for gate in GATES}


def use_up(store: Store, gate: str) -> dict:
    """The fault of this message, counted down; mode `none` when there is none."""
    with store.write() as connection:
        row = connection.execute("SELECT value FROM state WHERE key = ?", (_key(gate),)).fetchone()
        fault = _read(row["value"] if row else "")
        if fault["mode"] == "none" or fault["times"] < 1:
            return _read("")
        put(connection, _key(gate), json.dumps(fault | {"times": fault["times"] - 1}))
    return fault


def _read(text: str) -> dict:
    return json.loads(text) if text else {"mode": "none", "times": 0, "seconds": 0}


def _key(gate: str) -> str:
    return f"sms.fault.{gate}"


def meet(store: Store, gate: str) -> Response | None:
    """The answer of a gate that refuses now; the other faults wait for `spoil` and for receipts."""
    g.sms_fault = use_up(store, gate) if request.path.endswith("/send") else _read("")
    if g.sms_fault["mode"] in ("500", "429"):
        return Response("trouble", int(g.sms_fault["mode"]))
    return None


def is_on(mode: str) -> bool:
    return g.get("sms_fault", {}).get("mode") == mode


def spoil(answer: Response) -> Response:
    """Damage the answer to a message that was taken."""
    if is_on("hang"):
        time.sleep(g.sms_fault["seconds"])
    if is_on("html"):
        return Response(HTML, content_type="text/html; charset=utf-8")
    if is_on("empty"):
        return Response("")
    if is_on("drop"):
        hang_up()
    return answer
