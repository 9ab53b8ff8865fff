"""Locks of the database that belong to a name and not to a row."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection


def hold_accounts(numbers: Iterable[str]) -> None:
    """Nobody else imports into these accounts or moves the money of their lines until we commit.

    Comes before every row lock, and in one order, so that nobody waits in a ring.
    """
    with connection.cursor() as cursor:
        for number in sorted(set(numbers)):
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"account:{number}"]
            )


def take(name: str) -> bool:
    """Take the name for this connection if nobody has it; `give_back` ends it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        return cursor.fetchone()[0]


def is_taken(name: str) -> bool:
    """Whether somebody has taken the name; the lock of a process that died is gone with it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT EXISTS (
                SELECT FROM pg_locks, (SELECT hashtextextended(%s, 0) AS key) AS named
                WHERE locktype = 'advisory' AND granted AND objsubid = 1
                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                    AND classid::bigint = (key >> 32) & 4294967295
                    AND objid::bigint = key & 4294967295
            )""",
            [name],
        )
        return cursor.fetchone()[0]


def give_back(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])


def give_back_all() -> None:
    """Every lock that this connection has taken by name and still holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock_all()")


@contextmanager
def alone_with_imports(numbers: Iterable[str]) -> Iterator[None]:
    """In this block nobody else imports into these accounts, however many transactions it has.

    It stands in the way of imports only: whoever moves single lines holds the account itself.
    """
    names = [f"import:{number}" for number in sorted(set(numbers))]
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [name])
    try:
        yield
    finally:
        with suppress(DatabaseError):  # the connection may be what failed; its locks end with it
            for name in names:
                give_back(name)
