"""Carries what the neighbours owe the portal: webhooks and delivery receipts."""

import logging
import sqlite3

import requests

from sandbox import clock
from sandbox.store import Store

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 5
MAX_ATTEMPTS = 20
LONGEST_PAUSE_SECONDS = 300
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


def promise(connection, *, kind: str, url: str, body: str, content_type: str, after: float = 1.0):
    """Owe one POST, `after` seconds from now, in the caller's transaction."""
    connection.execute(
        "INSERT INTO deliveries (kind, url, body, content_type, next_at, attempts)"
        " VALUES (?, ?, ?, ?, ?, 0)",
        (kind, url, body, content_type, clock.in_seconds(after)),
    )


def deliver_due(store: Store) -> int:
    """Try every delivery whose time has come; answers how many were tried."""
    due = store.rows(
        "SELECT * FROM deliveries WHERE next_at <= ? ORDER BY next_at, id", clock.iso(clock.now())
    )
    for delivery in due:
        _settle(store, delivery, _send(delivery))
    return len(due)


def _send(delivery: sqlite3.Row) -> str:
    try:
        answer = requests.post(
            delivery["url"],
            data=delivery["body"].encode(),
            headers={"Content-Type": delivery["content_type"]},
            timeout=TIMEOUT_SECONDS,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        return type(error).__name__
    return str(answer.status_code)


def _settle(store: Store, delivery: sqlite3.Row, answer: str) -> None:
    attempts = delivery["attempts"] + 1
    over = answer == "200" or attempts >= MAX_ATTEMPTS
    if over and answer != "200":
        logger.warning("delivery given up", extra={"delivery_id": delivery["id"]})
    store.execute(
        "UPDATE deliveries SET attempts = ?, answer = ?, next_at = ? WHERE id = ?",
        attempts,
        answer,
        None if over else clock.in_seconds(pause(attempts)),
        delivery["id"],
    )


def pause(attempts: int) -> float:
    """Seconds before the next try: 1, 2, 4 … up to five minutes."""
    return min(2.0 ** (attempts - 1), LONGEST_PAUSE_SECONDS)
