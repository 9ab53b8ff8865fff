"""Rows as the objects of YooKassa v3."""

import json
import sqlite3

from sandbox import money
from sandbox.config import Config

REFUND = "refund"


def amount(kopecks: int) -> dict:
    return {"value": money.roubles(kopecks), "currency": "RUB"}


def payment_object(row: sqlite3.Row, config: Config) -> dict:
    """The payment as the API and the webhooks show it."""
    succeeded = row["status"] == "succeeded"
    common = {
        "id": row["id"],
        "status": row["status"],
        "paid": succeeded,
        "amount": amount(row["kopecks"]),
        "created_at": row["created_at"],
        "description": row["description"],
        "metadata": json.loads(row["metadata"]),
        "payment_method": {"type": row["method"], "id": row["id"], "saved": False},
        "recipient": {"account_id": config.shop_id, "gateway_id": "1000001"},
        "refundable": succeeded and row["refunded"] < row["kopecks"],
        "test": True,
    }
    return common | _by_status(row, config)


def _by_status(row: sqlite3.Row, config: Config) -> dict:
    if row["status"] == "succeeded":
        return {"captured_at": row["captured_at"], "refunded_amount": amount(row["refunded"])}
    if row["status"] == "canceled":
        why = {"party": row["canceled_by"], "reason": row["canceled_why"]}
        return {"cancellation_details": why}
    if row["method"] == "mobile_balance":
        return {"confirmation": {"type": "external"}}
    return {
        "confirmation": {
            "type": "redirect",
            "return_url": row["return_url"],
            "confirmation_url": f"{config.sandbox_url}/pay/{row['id']}/",
        }
    }


def refund_object(row: sqlite3.Row) -> dict:
    return {
        "id": row["id"],
        "payment_id": row["payment_id"],
        "status": row["status"],
        "created_at": row["created_at"],
        "amount": amount(row["kopecks"]),
    }
