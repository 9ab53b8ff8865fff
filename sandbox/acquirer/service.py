"""Payments, their ends, refunds, and the webhooks that tell of them."""

import json
import sqlite3
import uuid
from datetime import timedelta

from sandbox import clock, courier
from sandbox.acquirer import orders
from sandbox.acquirer.objects import payment_object, refund_object
from sandbox.config import Config
from sandbox.errors import Refused
from sandbox.store import Store
from sandbox.treasury.service import Treasury

PAGE_LIFE = timedelta(hours=1)
WEBHOOK_SECONDS = 1.0
LATE_SECONDS = 120.0  # the portal's own sweep is faster: the webhook finds everything done
SWITCHES = {"webhooks": "on", "double": "off", "late": "off"}


class Acquirer:
    def __init__(self, store: Store, config: Config, treasury: Treasury):
        self.store = store
        self.config = config
        self.treasury = treasury

    # What the shop asks

    def create(self, body: dict, key: str) -> dict:
        """A new payment, or the one that this key made from the same body."""
        order = orders.read_order(body)
        with self.store.write() as connection:
            known = _known(connection, "payment", key, body)
            payment_id = known or _insert_payment(connection, order)
            if not known:
                _remember(connection, "payment", key, body, payment_id)
            return payment_object(_payment(connection, payment_id), self.config)

    def find(self, payment_id: str) -> sqlite3.Row:
        row = self.store.row("SELECT * FROM payments WHERE id = ?", payment_id)
        if row is None:
            raise Refused("Payment doesn't exist or access denied.", 404)
        return row

    def get(self, payment_id: str) -> dict:
        return payment_object(self.find(payment_id), self.config)

    def newest(
        self, limit: int, before: int | None = None, since: str = "", until: str = "9"
    ) -> list[sqlite3.Row]:
        """Payments, newest first, older than the cursor `before`; `since` and `until` as told."""
        return self.store.rows(
            "SELECT * FROM payments WHERE (? IS NULL OR seq < ?)"
            " AND created_at >= ? AND created_at <= ? ORDER BY seq DESC LIMIT ?",
            before,
            before,
            since,
            until,
            limit,
        )

    def get_refund(self, refund_id: str) -> dict:
        row = self.store.row("SELECT * FROM refunds WHERE id = ?", refund_id)
        if row is None:
            raise Refused("Refund doesn't exist or access denied.", 404)
        return refund_object(row)

    def refunds_of(self, payment_id: str) -> list[dict]:
        rows = self.store.rows(
            "SELECT * FROM refunds WHERE payment_id = ? ORDER BY rowid DESC", payment_id
        )
        return [refund_object(row) for row in rows]

    def cancel_by_shop(self, payment_id: str) -> dict:
        """Cancel a pending payment; one already canceled stays so, a paid one is refused."""
        status = self.cancel(payment_id, party="merchant", reason="canceled_by_merchant")
        if status == "succeeded":
            raise Refused("The payment is paid; it can only be refunded.")
        return self.get(payment_id)

    def refund(self, body: dict, key: str) -> dict:
        payment_id, kopecks = orders.read_payment_id(body), orders.read_amount(body)
        with self.store.write() as connection:
            known = _known(connection, "refund", key, body)
            refund_id = known or self._insert_refund(connection, payment_id, kopecks)
            if not known:
                _remember(connection, "refund", key, body, refund_id)
            return refund_object(_refund(connection, refund_id))

    def _insert_refund(self, connection, payment_id: str, kopecks: int) -> str:
        refund_id = str(uuid.uuid4())
        changed = connection.execute(
            "UPDATE payments SET refunded = refunded + ?"
            " WHERE id = ? AND status = 'succeeded' AND refunded + ? <= kopecks",
            (kopecks, payment_id, kopecks),
        ).rowcount
        if not changed:
            raise orders.BadParameter("amount", "This much of this payment cannot be refunded.")
        connection.execute(
            "INSERT INTO refunds (id, payment_id, kopecks, created_at) VALUES (?, ?, ?, ?)",
            (refund_id, payment_id, kopecks, clock.in_seconds(0)),
        )
        self.treasury.give_back(connection, payment_id, kopecks)
        self._tell(connection, "refund.succeeded", refund_object(_refund(connection, refund_id)))
        return refund_id

    # What the buyer does

    def pay(self, payment_id: str) -> bool:
        """Take the money of a pending payment; False when it was finished before."""
        self.find(payment_id)
        with self.store.write() as connection:
            taken = connection.execute(
                "UPDATE payments SET status = 'succeeded', captured_at = ?"
                " WHERE id = ? AND status = 'pending'",
                (clock.in_seconds(0), payment_id),
            ).rowcount
            if taken:
                row = _payment(connection, payment_id)
                self.treasury.take_card(connection, row)
                self._tell_payment(connection, row)
        return bool(taken)

    def cancel(self, payment_id: str, *, party: str, reason: str) -> str:
        """End a pending payment without money; answers the status that it has then."""
        self.find(payment_id)
        with self.store.write() as connection:
            changed = connection.execute(
                "UPDATE payments SET status = 'canceled', canceled_by = ?, canceled_why = ?"
                " WHERE id = ? AND status = 'pending'",
                (party, reason, payment_id),
            ).rowcount
            row = _payment(connection, payment_id)
            if changed:
                self._tell_payment(connection, row)
            return row["status"]

    def expire_forgotten(self) -> None:
        """A payment page lives an hour, as the real one does."""
        forgotten = self.store.rows(
            "SELECT id FROM payments WHERE status = 'pending' AND created_at < ?",
            clock.iso(clock.now() - PAGE_LIFE),
        )
        for row in forgotten:
            self.cancel(row["id"], party="yoo_money", reason="expired_on_confirmation")

    # Webhooks and switches

    def switches(self) -> dict[str, bool]:
        return {
            name: self.store.get(f"acquirer.{name}", usual) == "on"
            for name, usual in SWITCHES.items()
        }

    def switch(self, name: str, on: bool) -> None:
        if name not in SWITCHES:
            raise Refused("Такого переключателя нет.")
        self.store.set(f"acquirer.{name}", "on" if on else "off")

    def _tell_payment(self, connection, row: sqlite3.Row) -> None:
        self._tell(connection, f"payment.{row['status']}", payment_object(row, self.config))

    def _tell(self, connection, event: str, told: dict) -> None:
        """Owe the portal a webhook: none when they are off, two when they are doubled."""
        switches = self.switches()
        after = LATE_SECONDS if switches["late"] else WEBHOOK_SECONDS
        for _copy in range((1 + switches["double"]) * switches["webhooks"]):
            self._owe(connection, event, told, after)

    def _owe(self, connection, event: str, told: dict, after: float, kind: str = "webhook") -> None:
        body = {"type": "notification", "event": event, "object": told}
        courier.promise(
            connection,
            kind=kind,
            url=f"{self.config.portal_url}/hooks/yookassa/",
            body=json.dumps(body, ensure_ascii=False),
            content_type=courier.JSON,
            after=after,
        )

    def tell_again(self, payment_id: str) -> None:
        """The webhook of a finished payment once more, whenever that is."""
        row = self.find(payment_id)
        if row["status"] == "pending":
            raise Refused("Платёж ещё не закончен: уведомлять не о чем.")
        with self.store.write() as connection:
            told = payment_object(row, self.config)
            self._owe(connection, f"payment.{row['status']}", told, WEBHOOK_SECONDS)

    def forge(self, payment_id: str) -> None:
        """A lie from the acquirer's own address: paid, although nobody paid."""
        row = self.find(payment_id)
        if row["status"] == "succeeded":
            raise Refused("Платёж оплачен: подделывать нечего.")
        paid = {"status": "succeeded", "captured_at": clock.in_seconds(0)}
        with self.store.write() as connection:
            told = payment_object(dict(row) | paid, self.config)
            self._owe(connection, "payment.succeeded", told, WEBHOOK_SECONDS, kind="forged webhook")


def _payment(connection, payment_id: str) -> sqlite3.Row:
    return connection.execute("SELECT * FROM payments WHERE id = ?", (payment_id,)).fetchone()


def _refund(connection, refund_id: str) -> sqlite3.Row:
    return connection.execute("SELECT * FROM refunds WHERE id = ?", (refund_id,)).fetchone()


def _insert_payment(connection, order: orders.Order) -> str:
    payment_id = str(uuid.uuid4())
    connection.execute(
        "INSERT INTO payments"
        " (id, status, kopecks, description, metadata, return_url, created_at, method, phone)"
        " VALUES (?, 'pending', ?, ?, ?, ?, ?, ?, ?)",
        (
            payment_id,
            order.kopecks,
            order.description,
            json.dumps(order.metadata, ensure_ascii=False),
            order.return_url,
            clock.in_seconds(0),
            order.method,
            order.phone,
        ),
    )
    return payment_id


def _known(connection, verb: str, key: str, body: dict) -> str | None:
    """The object that this key made before; `Refused` when the body was another one."""
    row = connection.execute(
        "SELECT * FROM idempotency WHERE verb = ? AND key = ?", (verb, key)
    ).fetchone()
    if row and row["body"] != _canonical(body):
        raise orders.BadParameter("Idempotence-Key", "This key was used with another body.")
    return row["object_id"] if row else None


def _remember(connection, verb: str, key: str, body: dict, object_id: str) -> None:
    connection.execute(
        "INSERT INTO idempotency (verb, key, body, object_id) VALUES (?, ?, ?, ?)",
        (verb, key, _canonical(body), object_id),
    )


def _canonical(body: dict) -> str:
    return json.dumps(body, sort_keys=True, ensure_ascii=False)
