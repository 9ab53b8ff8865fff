"""Phones, their messages and their switches; both gates send through here."""

import re
import sqlite3
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

from sandbox import clock, courier
from sandbox.errors import Refused
from sandbox.store import Store

DELIVERY_SECONDS = 1.0
SWITCHED_OFF_SECONDS = 60.0
LONGEST_TEXT = 1600
SWITCHES = ("off", "rejects")


class PhoneRejects(Exception):
    """The phone is set to reject: the gate says so in its own shape."""


class Receipt(NamedTuple):
    """Where a gate tells what became of a message, and how: body and content type."""

    url: str
    told: Callable[[sqlite3.Row], tuple[str, str]]


class SmsCentre:
    def __init__(self, store: Store):
        self.store = store

    def send(
        self,
        *,
        gate: str,
        phone: str,
        text: str,
        sign: str = "",
        reference: str = "",
        receipt: Receipt | None = None,
    ) -> sqlite3.Row:
        """Take one message; a reference that this gate has seen gives the first message again."""
        phone = normalised(phone)
        with self.store.write() as connection:
            seen = self._seen(connection, gate, reference)
            if seen:
                return seen
            message = self._keep(connection, gate, phone, text, sign, reference)
            if receipt:
                _promise(connection, message, receipt)
            return message

    def _seen(self, connection, gate: str, reference: str) -> sqlite3.Row | None:
        return connection.execute(
            "SELECT * FROM sms WHERE gate = ? AND reference = ?", (gate, reference or None)
        ).fetchone()

    def _keep(self, connection, gate, phone, text, sign, reference) -> sqlite3.Row:
        switches = connection.execute("SELECT * FROM phones WHERE phone = ?", (phone,)).fetchone()
        if switches and switches["rejects"]:
            raise PhoneRejects(phone)
        off = bool(switches and switches["off"])
        settled_at = clock.in_seconds(SWITCHED_OFF_SECONDS if off else DELIVERY_SECONDS)
        return connection.execute(
            "INSERT INTO sms (gate, phone, text, sign, reference, sent_at, settled_at, delivered)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING *",
            (gate, phone, text, sign, reference or None, clock.in_seconds(0), settled_at, not off),
        ).fetchone()

    def find(self, gate: str, message_id: int) -> sqlite3.Row | None:
        return self.store.row("SELECT * FROM sms WHERE gate = ? AND id = ?", gate, message_id)

    def inbox(self, phone: str = "", limit: int = 200) -> list[sqlite3.Row]:
        """Messages, newest first: of one phone, or of all when `phone` is empty."""
        return self.store.rows(
            "SELECT * FROM sms WHERE ? IN ('', phone) ORDER BY id DESC LIMIT ?", phone, limit
        )

    def phones(self) -> list[str]:
        return [row["phone"] for row in self.store.rows("SELECT DISTINCT phone FROM sms")]

    def switches(self, phone: str) -> dict[str, bool]:
        row = self.store.row("SELECT * FROM phones WHERE phone = ?", phone)
        return {name: bool(row and row[name]) for name in SWITCHES}

    def switch(self, phone: str, name: str, on: bool) -> None:
        """Turn one of the phone's switches; both may be on, and then it rejects."""
        if name not in SWITCHES:
            raise Refused("Такого переключателя у телефона нет.")
        self.store.execute(
            f"INSERT INTO phones (phone, {name}) VALUES (?, ?)"
            f" ON CONFLICT (phone) DO UPDATE SET {name} = excluded.{name}",
            normalised(phone),
            on,
        )


def normalised(phone: str) -> str:
    """Digits only, 7 first for a Russian number; `Refused` when it cannot be a phone."""
    digits = re.sub(r"[\s()+-]", "", phone)
    if re.fullmatch(r"8[0-9]{10}", digits):
        digits = "7" + digits[1:]
    if not re.fullmatch(r"[1-9][0-9]{9,14}", digits):
        raise Refused("Это не номер телефона: нужны от 10 до 15 цифр.")
    return digits


def check_callback(url: str) -> None:
    if not url:
        return
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = None
    if not parts or parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused("callbackUrl must be an http address.")


def settled(message: sqlite3.Row) -> bool:
    """Whether the phone has answered by now."""
    return message["settled_at"] <= clock.iso(clock.now())


def _promise(connection, message, receipt: Receipt) -> None:
    body, content_type = receipt.told(message)
    courier.promise(
        connection,
        kind="sms-receipt",
        url=receipt.url,
        body=body,
        content_type=content_type,
        after=DELIVERY_SECONDS if message["delivered"] else SWITCHED_OFF_SECONDS,
    )
