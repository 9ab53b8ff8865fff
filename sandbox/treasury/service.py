"""Takes money, posts it when its delay is over, forms the statements, keeps the business day.

The business day is Moscow's real day, or ahead of it when days were closed by hand or simulated;
it is never behind: missed days are closed first.
"""

import json
import re
import secrets
import sqlite3
import uuid
from datetime import date, datetime, time, timedelta

from sandbox import clock, money
from sandbox.config import Config
from sandbox.errors import Refused
from sandbox.store import Store, next_number, put
from sandbox.treasury import documents, outbox, qr, statement

FIRST_ORDER_NUMBER = 104233
STATEMENT_TIME = time(0, 10)
EARLIEST_PAID_ON = date(2015, 1, 1)
ONE_DAY = timedelta(days=1)
WAITING = "line_id IS NULL AND withdrawn = 0"


class Treasury:
    def __init__(self, store: Store, config: Config):
        self.store = store
        self.config = config
        if not store.get("business_day"):
            with store.write() as connection:
                put(connection, "world", secrets.token_hex(3))
                _open_day(connection, clock.today())

    # Money comes in

    def take_card(self, connection, payment: sqlite3.Row) -> None:
        """A captured payment of the acquirer, in the transaction of its capture."""
        metadata = json.loads(payment["metadata"])
        names = [metadata.get(name, "") for name in ("receipt", "login", "order")]
        self._take(
            connection,
            kind="card",
            source=payment["id"],
            kopecks=payment["kopecks"],
            fields=metadata,
            label=_card_label(payment, [*names, metadata.get("payer", "")]),
            held=not self.config.hold.isdisjoint(names),
        )

    def give_back(self, connection, payment_id: str, kopecks: int) -> None:
        """A refund: money that is not posted yet will be posted smaller, or not at all."""
        connection.execute(
            "UPDATE money SET kopecks = kopecks - ?, withdrawn = (kopecks = ?)"
            f" WHERE kind = 'card' AND source = ? AND {WAITING}",
            (kopecks, kopecks, payment_id),
        )

    def pay_receipt(self, text: str, *, paid_on: date | None = None, bank: str = "") -> dict:
        """A printed receipt is paid at a bank on `paid_on` (today in Moscow when not given)."""
        values, paid_on = qr.read(text), paid_on or clock.today()
        if values["personalacc"] != documents.ACCOUNT:
            raise Refused(f"Казначейство песочницы ведёт только счёт {documents.ACCOUNT}.")
        if not EARLIEST_PAID_ON <= paid_on <= max(clock.today(), self.business_day()):
            raise Refused("День оплаты не может быть в будущем или раньше 2015 года.")
        bank = documents.clean(bank)[:100] or documents.USUAL_BANK
        fields = documents.of_receipt(values, paid_on=paid_on, bank=bank)
        words = set(re.findall(r"[\w-]+", " ".join(values.values())))
        return self._take_order("receipt", fields, held=not self.config.hold.isdisjoint(words))

    def take_till(self, workers: list[dict[str, str]]) -> dict:
        """The money of a cash desk: one order, under one number, with a line for each worker."""
        orders = [documents.of_till(one, order_day=self.business_day()) for one in workers]
        with self.store.write() as connection:
            number = {"Номер": _order_number(connection)}
            for order in orders:
                self._take(connection, kind="till", held=False, **_of_order(order | number))
        return {"taken": len(orders), "number": number["Номер"]}

    def add_line(self, given: dict[str, str]) -> dict:
        """Any single order, its fields by their Russian keys; the posting day is the Treasury's."""
        unfit = [key for key in given if not re.fullmatch(r"[А-Яа-яЁё]{1,40}[0-9]?", key)]
        if unfit or "ДатаПоступило" in given:
            raise Refused("Поля задаются русскими ключами, а ДатаПоступило ставит Казначейство.")
        return self._take_order("line", documents.of_line(given, today=self.business_day()))

    def _take_order(self, kind: str, fields: dict[str, str], held: bool = False) -> dict:
        sum_ = money.kopecks(fields.get("Сумма", ""))
        order = _of_order(fields | {"Сумма": money.roubles(sum_)})
        with self.store.write() as connection:
            row = self._take(connection, kind=kind, held=held, **order)
        return {"id": row["id"], "due_at": row["due_at"], "held": bool(row["held"])}

    def _take(self, connection, *, kind, source, kopecks, fields, label, held) -> sqlite3.Row:
        return connection.execute(
            "INSERT INTO money (kind, source, kopecks, fields, label, held, taken_at, due_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING *",
            (
                kind,
                source,
                kopecks,
                json.dumps(fields, ensure_ascii=False),
                label,
                held,
                clock.in_seconds(0),
                clock.in_seconds(self.config.treasury_delay_seconds),
            ),
        ).fetchone()

    # Time passes

    def tick(self) -> None:
        """Close the days that are over, post what is due, put the files into the folder."""
        while (day := self.business_day()) and self._day_is_over(day):
            self._close_day(only=day)
        self._post("held = 0 AND due_at <= ?", clock.iso(clock.now()))
        outbox.flush(self.store, self.config.statements_dir)

    def post_now(self) -> dict:
        """Post everything that waits and is not held."""
        return self._post_and_flush("held = 0")

    def post_one(self, money_id: int) -> dict:
        """Post one payment now, held or not."""
        return self._post_and_flush("id = ?", money_id)

    def close_day(self) -> dict:
        """Close the current business day now and move on to the next."""
        closed = self._close_day()
        outbox.flush(self.store, self.config.statements_dir)
        return closed

    def _post_and_flush(self, which: str, *args) -> dict:
        posted = self._post(which, *args)
        outbox.flush(self.store, self.config.statements_dir)
        return posted

    def business_day(self) -> date:
        return date.fromisoformat(self.store.get("business_day"))

    def _day_is_over(self, day: date) -> bool:
        if day < clock.today():
            return True
        seconds = self.config.day_seconds
        started = clock.parse(self.store.get("day_started_at"))
        return bool(seconds) and clock.now() >= started + timedelta(seconds=seconds)

    # Money is posted

    def _post(self, which: str, *args) -> dict:
        """Post the waiting money that `which` names, as one file with these lines only."""
        with self.store.write() as connection:
            waiting = connection.execute(
                f"SELECT * FROM money WHERE {WAITING} AND {which} ORDER BY id", args
            ).fetchall()
            if not waiting:
                return {"posted": 0, "file": None}
            day, opening = _business_day(connection), _balance(connection)
            lines = [_post_line(connection, row, day) for row in _numbered(connection, waiting)]
            formed = _free_stamp(connection, day)
            name = _form_file(connection, on=day, formed=formed, opening=opening, lines=lines)
        return {"posted": len(lines), "file": name}

    def _close_day(self, only: date | None = None) -> dict:
        """The whole-day statement of the business day, empty or not; then the next day opens.

        With `only`, a day that somebody else has just closed is not followed by a second one.
        """
        with self.store.write() as connection:
            day = _business_day(connection)
            if only not in (None, day):
                return {}
            rows = connection.execute(
                "SELECT kopecks, text FROM lines WHERE day = ? ORDER BY id", (day.isoformat(),)
            ).fetchall()
            lines = [(row["kopecks"], row["text"]) for row in rows]
            opening = _balance(connection) - sum(kopecks for kopecks, _text in lines)
            formed = datetime.combine(day + ONE_DAY, STATEMENT_TIME, clock.MOSCOW)
            name = _form_file(connection, on=day, formed=formed, opening=opening, lines=lines)
            _open_day(connection, day + ONE_DAY)
        return {"closed": day.isoformat(), "file": name, "lines": len(lines)}

    # What the pages show

    def waiting(self, limit: int = 200) -> list[sqlite3.Row]:
        return self.store.rows(
            f"SELECT * FROM money WHERE {WAITING} ORDER BY id DESC LIMIT ?", limit
        )

    def files(self, limit: int = 100) -> list[sqlite3.Row]:
        return self.store.rows("SELECT * FROM files ORDER BY id DESC LIMIT ?", limit)

    def file_content(self, name: str) -> bytes:
        row = self.store.row("SELECT content FROM files WHERE name = ?", name)
        if row is None:
            raise Refused("Такого файла нет.", 404)
        return row["content"]


def _card_label(payment: sqlite3.Row, names: list[str]) -> str:
    return (" · ".join(filter(None, names)) or payment["description"] or payment["id"])[:200]


def _of_order(fields: dict[str, str]) -> dict:
    kopecks = money.kopecks(fields["Сумма"])
    return {
        "source": str(uuid.uuid4()),
        "kopecks": -kopecks if documents.outgoing(fields) else kopecks,
        "fields": fields,
        "label": f"{fields['Плательщик1']} · {fields['НазначениеПлатежа']}"[:200],
    }


def _business_day(connection) -> date:
    row = connection.execute("SELECT value FROM state WHERE key = 'business_day'").fetchone()
    return date.fromisoformat(row["value"])


def _open_day(connection, day: date) -> None:
    put(connection, "business_day", day.isoformat())
    put(connection, "day_started_at", clock.in_seconds(0))


def _balance(connection) -> int:
    return connection.execute("SELECT COALESCE(SUM(kopecks), 0) FROM lines").fetchone()[0]


def _numbered(connection, waiting: list[sqlite3.Row]) -> list[tuple[sqlite3.Row, str]]:
    """Each bank's order has a number of its own; all cards of one posting share one number."""
    cards = ""
    numbered = []
    for row in waiting:
        if row["kind"] == "card":
            cards = cards or _order_number(connection)
        numbered.append((row, cards if row["kind"] == "card" else _order_number(connection)))
    return numbered


def _order_number(connection) -> str:
    return str(next_number(connection, "order_number", FIRST_ORDER_NUMBER))


def _post_line(connection, numbered: tuple[sqlite3.Row, str], day: date) -> tuple[int, str]:
    row, number = numbered
    fields = json.loads(row["fields"])
    if row["kind"] == "card":
        own_inn = next_number(connection, "card_lines", 1) % 2 == 0
        fields = documents.of_card(fields, kopecks=row["kopecks"], order_day=day, own_inn=own_inn)
    text = documents.text(fields, number=number, posted_on=day)
    line = connection.execute(
        "INSERT INTO lines (day, kopecks, text) VALUES (?, ?, ?) RETURNING id",
        (day.isoformat(), row["kopecks"], text),
    ).fetchone()
    connection.execute("UPDATE money SET line_id = ? WHERE id = ?", (line["id"], row["id"]))
    return row["kopecks"], text


def _free_stamp(connection, day: date) -> datetime:
    """The business day at this time of day, moved by seconds until no other file has it.

    It stays within the day: a stamp of the next day would call the day complete.
    """
    now = clock.moscow(clock.now())
    second = now.hour * 3600 + now.minute * 60 + now.second
    midnight = datetime.combine(day, time(), clock.MOSCOW)
    same_day = f"{day.isoformat()}T%"
    rows = connection.execute("SELECT formed_at FROM files WHERE formed_at LIKE ?", (same_day,))
    taken = {row["formed_at"] for row in rows}
    for candidate in [*range(second, 86400), *range(second - 1, -1, -1)]:
        formed = midnight + timedelta(seconds=candidate)
        if formed.isoformat() not in taken:
            return formed
    raise Refused("В этом дне не осталось времени для ещё одного файла.", 409)


def _form_file(connection, *, on: date, formed: datetime, opening: int, lines) -> str:
    number = next_number(connection, "file_number", 1)
    whole = formed.date() > on
    name = f"treasury-{on.isoformat()}-{'day' if whole else 'part'}-{number:05d}.txt"
    # A reader takes files of one number for copies: after a reset the numbers must be others.
    world = connection.execute("SELECT value FROM state WHERE key = 'world'").fetchone()["value"]
    content = statement.content(
        number=f"{number}-{world}", formed=formed, on=on, opening=opening, lines=lines
    )
    connection.execute(
        "INSERT INTO files (name, day, whole, formed_at, lines, kopecks, content)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            name,
            on.isoformat(),
            whole,
            formed.isoformat(),
            len(lines),
            sum(kopecks for kopecks, _text in lines),
            content,
        ),
    )
    return name
