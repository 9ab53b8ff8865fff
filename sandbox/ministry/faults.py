"""Breaking on demand: the next answers of the Ministry fail, or come strangely, in a chosen way."""

import json
import time

from flask import Response

from sandbox.errors import Refused
from sandbox.store import Store, put

MODES = {
    "none": "всё в порядке",
    "500": "ошибка 500",
    "html": "вместо данных страница",
    "truncate": "ответ обрывается",
    "slow": "отвечает через 30 секунд",
    "repeat": "присылает прежнее ещё раз",
    "shuffle": "присылает в обратном порядке",
}
LATE_SECONDS = 30.0
MOST_TIMES = 1000
KEY = "ministry.fault"


def keep(store: Store, mode: str, times, seconds=LATE_SECONDS) -> dict:
    if mode not in MODES:
        raise Refused(f"mode is one of {', '.join(MODES)}.")
    if isinstance(times, bool) or not isinstance(times, int) or not 0 <= times <= MOST_TIMES:
        raise Refused(f"times is 0 to {MOST_TIMES}.")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds <= 120:
        raise Refused("seconds is 0 to 120.")
    fault = {"mode": mode, "times": times, "seconds": seconds}
    store.set(KEY, json.dumps(fault))
    return fault


def current(store: Store) -> dict:
    return json.loads(store.get(KEY, '{"mode": "none", "times": 0}'))


def use_up(store: Store) -> dict:
    """The fault of this request, counted down; mode `none` when there is none."""
    with store.write() as connection:
        row = connection.execute("SELECT value FROM state WHERE key = ?", (KEY,)).fetchone()
        fault = json.loads(row["value"]) if row else {"mode": "none"}
        if fault["mode"] == "none" or fault["times"] < 1:
            return {"mode": "none"}
        put(connection, KEY, json.dumps(fault | {"times": fault["times"] - 1}))
    return fault


def spoil(answer: Response, fault: dict) -> Response:
    """Damage the answer: nothing that the Ministry knows is lost by it."""
    mode = fault["mode"]
    if mode == "slow":
        time.sleep(fault["seconds"])
    if mode == "truncate":
        answer.set_data(answer.get_data()[: len(answer.get_data()) // 2])
    if mode == "html":
        return Response("<h1>Технические работы</h1>", 200, content_type="text/html")
    if mode == "500":
        return Response('{"error": "internal"}', 500, content_type="application/json")
    return answer
