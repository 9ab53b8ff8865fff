"""Breaking on demand: the next answers of the acquirer's API fail in a chosen way.

`500` and `502` refuse before anything is done. `202`, `hang`, `truncate` and `charge_then_drop`
carry the request out first: they are the cases in which the shop cannot know.
"""

import json
import socket
import time

from flask import Response, request

from sandbox.errors import Refused
from sandbox.store import Store, put

BEFORE = ("500", "502")
AFTER = ("202", "hang", "truncate", "charge_then_drop")
MODES = ("none", *BEFORE, *AFTER)
METHODS = ("", "GET", "POST")
LONGEST_HANG_SECONDS = 120
KEY = "acquirer.fault"


def read(body: dict) -> dict:
    """A fault as asked for: mode, how many times, for which method, how long a hang lasts."""
    fault = {
        "mode": str(body.get("mode", "")),
        "times": body.get("times", 1),
        "method": body.get("method", ""),
        "seconds": body.get("seconds", 30),
    }
    if fault["mode"] not in MODES or fault["method"] not in METHODS:
        raise Refused(f"mode is one of {', '.join(MODES)}; method is GET, POST or nothing.")
    if not _is_count(fault["times"], 1000) or not _is_count(fault["seconds"], LONGEST_HANG_SECONDS):
        raise Refused("times is 0 to 1000, seconds is 0 to 120.")
    return fault


def _is_count(value, most: int) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most


def keep(store: Store, fault: dict) -> None:
    store.set(KEY, json.dumps(fault))


def current(store: Store) -> dict:
    return json.loads(store.get(KEY, '{"mode": "none", "times": 0}'))


def use_up(store: Store, method: str) -> dict:
    """The fault of this request, counted down; mode `none` when there is none."""
    with store.write() as connection:
        row = connection.execute("SELECT value FROM state WHERE key = ?", (KEY,)).fetchone()
        fault = json.loads(row["value"]) if row else {"mode": "none"}
        if fault["mode"] == "none" or fault["times"] < 1 or fault["method"] not in ("", method):
            return {"mode": "none"}
        put(connection, KEY, json.dumps(fault | {"times": fault["times"] - 1}))
    return fault


def spoil(answer: Response, fault: dict) -> Response:
    """Damage the answer to a request that was carried out."""
    mode = fault["mode"]
    if mode == "202":
        body = {"type": "processing", "description": "Request accepted", "retry_after": 1800}
        return Response(json.dumps(body), 202, content_type="application/json")
    if mode == "hang":
        time.sleep(fault["seconds"])
    if mode == "truncate":
        answer.set_data(answer.get_data()[: len(answer.get_data()) // 2])
    if mode == "charge_then_drop":
        hang_up()
    return answer


def hang_up() -> None:
    """Close the connection under the server: the caller sees it end without an answer."""
    connection = request.environ.get("gunicorn.socket") or request.environ.get("werkzeug.socket")
    if connection is not None:
        connection.shutdown(socket.SHUT_RDWR)
