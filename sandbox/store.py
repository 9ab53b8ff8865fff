"""The sandbox's memory: one SQLite file, so that a restart keeps everything."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS state (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS phones (
    phone TEXT PRIMARY KEY, off INTEGER NOT NULL DEFAULT 0, rejects INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS sms (
    id INTEGER PRIMARY KEY AUTOINCREMENT, gate TEXT NOT NULL, phone TEXT NOT NULL,
    text TEXT NOT NULL, sign TEXT NOT NULL, reference TEXT, sent_at TEXT NOT NULL,
    settled_at TEXT NOT NULL, delivered INTEGER NOT NULL, UNIQUE (gate, reference)
);
CREATE INDEX IF NOT EXISTS sms_phone ON sms (phone, id);
CREATE TABLE IF NOT EXISTS handsets (
    phone TEXT PRIMARY KEY, typed TEXT NOT NULL, screen TEXT NOT NULL, session TEXT NOT NULL,
    code TEXT NOT NULL, trail TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS written (
    id INTEGER PRIMARY KEY AUTOINCREMENT, phone TEXT NOT NULL, text TEXT NOT NULL,
    sent_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS written_phone ON written (phone, id);
CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, url TEXT NOT NULL,
    body TEXT NOT NULL, content_type TEXT NOT NULL, next_at TEXT, attempts INTEGER NOT NULL,
    answer TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS deliveries_next ON deliveries (next_at) WHERE next_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS idempotency (
    key TEXT NOT NULL, verb TEXT NOT NULL, body TEXT NOT NULL, object_id TEXT NOT NULL,
    PRIMARY KEY (verb, key)
);
CREATE TABLE IF NOT EXISTS payments (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, status TEXT NOT NULL,
    kopecks INTEGER NOT NULL, refunded INTEGER NOT NULL DEFAULT 0, description TEXT NOT NULL,
    metadata TEXT NOT NULL, return_url TEXT NOT NULL, created_at TEXT NOT NULL,
    captured_at TEXT, canceled_by TEXT, canceled_why TEXT,
    method TEXT NOT NULL DEFAULT 'bank_card', phone TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS refunds (
    id TEXT PRIMARY KEY, payment_id TEXT NOT NULL, kopecks INTEGER NOT NULL,
    created_at TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'succeeded'
);
CREATE TABLE IF NOT EXISTS money (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, source TEXT NOT NULL,
    kopecks INTEGER NOT NULL, fields TEXT NOT NULL, label TEXT NOT NULL, held INTEGER NOT NULL,
    taken_at TEXT NOT NULL, due_at TEXT NOT NULL, line_id INTEGER REFERENCES lines (id),
    withdrawn INTEGER NOT NULL DEFAULT 0, UNIQUE (kind, source)
);
CREATE INDEX IF NOT EXISTS money_waiting ON money (due_at)
    WHERE line_id IS NULL AND withdrawn = 0;
CREATE TABLE IF NOT EXISTS lines (
    id INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, kopecks INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS lines_day ON lines (day, id);
CREATE TABLE IF NOT EXISTS files (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, day TEXT NOT NULL,
    whole INTEGER NOT NULL, formed_at TEXT NOT NULL UNIQUE, lines INTEGER NOT NULL,
    kopecks INTEGER NOT NULL, content BLOB NOT NULL, written INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS facts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL, told_at TEXT NOT NULL
);
"""
# Columns that a memory kept from an earlier version may lack.
LATER = [
    ("payments", "method", "TEXT NOT NULL DEFAULT 'bank_card'"),
    ("payments", "phone", "TEXT NOT NULL DEFAULT ''"),
    ("refunds", "status", "TEXT NOT NULL DEFAULT 'succeeded'"),
]


class Store:
    """A connection per call: threads never share one, and nothing stays open."""

    def __init__(self, path: Path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        with self._connection() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(SCHEMA)
            _add_later(connection)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=20, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            # With WAL a killed process loses nothing; only a power cut may cost the last moment.
            connection.execute("PRAGMA synchronous = NORMAL")
            yield connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction that holds the write lock from its start: readers inside see no race."""
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def rows(self, sql: str, *args) -> list[sqlite3.Row]:
        with self._connection() as connection:
            return connection.execute(sql, args).fetchall()

    def row(self, sql: str, *args) -> sqlite3.Row | None:
        with self._connection() as connection:
            return connection.execute(sql, args).fetchone()

    def execute(self, sql: str, *args) -> int:
        """One statement in its own transaction; answers how many rows it changed."""
        with self.write() as connection:
            return connection.execute(sql, args).rowcount

    def get(self, key: str, default: str = "") -> str:
        row = self.row("SELECT value FROM state WHERE key = ?", key)
        return row["value"] if row else default

    def set(self, key: str, value: str) -> None:
        with self.write() as connection:
            put(connection, key, value)


def put(connection: sqlite3.Connection, key: str, value: str) -> None:
    connection.execute(
        "INSERT INTO state VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def next_number(connection: sqlite3.Connection, key: str, first: int) -> int:
    """The next of an endless row of numbers; each is given once."""
    row = connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
    number = int(row["value"]) + 1 if row else first
    put(connection, key, str(number))
    return number


def _add_later(connection: sqlite3.Connection) -> None:
    for table, column, kind in LATER:
        known = {row["name"] for row in connection.execute(f"PRAGMA table_info({table})")}
        if column not in known:
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
