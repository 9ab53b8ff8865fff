"""Keeps what was told, as text: nonsense stays nonsense. The cursor is the number of the last."""

import json
import secrets
import sqlite3
from datetime import date

from sandbox import clock
from sandbox.errors import Refused
from sandbox.store import Store

KINDS = {
    "sent": "документы в МВД",
    "ready": "патент готов",
    "issued": "патент выдан",
    "refused": "отказ",
    "annulled": "патент аннулирован",
    "inn": "ИНН присвоен",
    "news": "новость",
}
ADVICE = ("reason_code", "advice", "until")
REASONS = {
    "": "не назван",
    "wrong-data": "неверные данные",
    "missing-paper": "не хватает документа",
    "late": "подано поздно",
    "ban": "запрет на въезд",
    "other": "другая причина",
}
LARGEST_PAGE = 500
LONGEST_CURSOR = 18  # digits: more do not fit into the file's numbers


class Ministry:
    def __init__(self, store: Store):
        self.store = store

    def tell(self, body: str) -> int:
        """Put one item, or whatever text, at the end of the feed; its number."""
        with self.store.write() as connection:
            return connection.execute(
                "INSERT INTO facts (body, told_at) VALUES (?, ?)", (body, clock.iso(clock.now()))
            ).lastrowid

    def again(self) -> None:
        """Tell the last item once more, under a new number, as lost answers make neighbours do."""
        last = self.newest(1)
        if not last:
            raise Refused("Ещё ничего не отправлено.")
        self.tell(last[0]["body"])

    def page(self, after: str, limit: int) -> tuple[list[sqlite3.Row], bool]:
        """The items after a cursor, and whether there are more of them."""
        rows = self.store.rows(
            "SELECT * FROM facts WHERE seq > ? ORDER BY seq LIMIT ?", _number(after), limit + 1
        )
        return rows[:limit], len(rows) > limit

    def newest(self, count: int) -> list[sqlite3.Row]:
        return self.store.rows("SELECT * FROM facts ORDER BY seq DESC LIMIT ?", count)

    def everything(self) -> list[sqlite3.Row]:
        return self.store.rows("SELECT * FROM facts ORDER BY seq")


def _number(cursor: str) -> int:
    if not cursor:
        return 0
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= LONGEST_CURSOR):
        raise Refused("This cursor is not ours.")
    return int(cursor)


def cursor_of(seq: int) -> str:
    return f"{seq:012d}"


def item(values: dict[str, str]) -> dict:
    """An item from what was typed; only the fields of its kind. Wrong values are sent as typed."""
    kind = values["kind"]
    if kind not in KINDS:
        raise Refused("Такого события нет.")
    made = {
        "id": f"f-{secrets.token_hex(6)}",
        "kind": kind,
        "occurred": values["occurred"] or clock.today().isoformat(),
        "recorded_at": clock.moscow(clock.now()).isoformat(timespec="milliseconds"),
    }
    if kind == "news":
        return made | {"news": _news(values)}
    return made | {"application": values["application"]} | _facts(kind, values)


def _facts(kind: str, values: dict[str, str]) -> dict:
    facts = {}
    if kind in ("issued", "annulled") and values["number"]:
        facts["patent"] = {"series": values["series"], "number": values["number"]}
        if kind == "issued" and values["profession"]:
            facts["patent"]["profession"] = values["profession"]
    if kind in ("refused", "annulled"):
        facts["reason"] = values["reason"]
    if kind == "refused":
        facts |= {name: values[name] for name in ADVICE if values[name]}
    if kind == "inn":
        facts["inn"] = values["inn"]
    return facts


def _news(values: dict[str, str]) -> dict:
    return {
        "key": values["key"] or f"n-{secrets.token_hex(4)}",
        "title": {"ru": values["title"]},
        "text": {"ru": values["text"]},
    }


def nonsense(kind: str, number: str) -> str:
    """What should never come, and does: each kind as text of an item."""
    good = item(dict.fromkeys(FIELDS, "") | {"kind": "ready", "application": number or "1381161"})
    tomorrow = date.fromordinal(clock.today().toordinal() + 1).isoformat()
    spoilt = {
        "unknown": {"application": "9999999999"},
        "no-day": {"occurred": "2026-02-30"},
        "future": {"occurred": tomorrow},
        "inn": {"kind": "inn", "inn": "775100004211"},
        "kind": {"kind": "teleported"},
        "no-number": {"application": None},
    }
    if kind == "text":
        return '"не факт, а слова"'
    if kind not in spoilt:
        raise Refused("Такой ерунды нет.")
    return json.dumps(good | spoilt[kind], ensure_ascii=False)


FIELDS = (
    *("kind", "application", "occurred", "series", "number", "profession"),
    *ADVICE,
    *("reason", "inn", "key", "title", "text"),
)
NONSENSE = {
    "unknown": "неизвестный номер заявления",
    "no-day": "день, которого нет",
    "future": "завтрашний день",
    "inn": "ИНН с неверной цифрой",
    "kind": "неизвестное событие",
    "no-number": "без номера заявления",
    "text": "не запись, а слова",
}
