"""Several threads at one thing: what guards against races is tried with, and without, it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread
from time import monotonic, sleep

from django.db import DatabaseError, connection
from django.db.models import QuerySet

from common.errors import Refusal

PATIENCE = 10  # seconds: a twin whose threads never meet fails, and does not hang


def at_once(*jobs) -> list:
    """Run the jobs in threads that start together; what each returned, in their order."""
    start = Barrier(len(jobs), timeout=PATIENCE)

    def run(job):
        try:
            start.wait()
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def meeting(monkeypatch, owner, name: str, count: int) -> None:
    """`count` threads wait for each other before any of them goes on with `owner.name`."""
    real, gap = getattr(owner, name), Barrier(count, timeout=PATIENCE)

    def met(*args, **kwargs):
        gap.wait()
        return real(*args, **kwargs)

    monkeypatch.setattr(owner, name, met)


def meeting_after(monkeypatch, owner, name: str, count: int) -> None:
    """`count` threads have done `owner.name` before any of them goes on."""
    real, gap = getattr(owner, name), Barrier(count, timeout=PATIENCE)

    def met(*args, **kwargs):
        done = real(*args, **kwargs)
        gap.wait()
        return done

    monkeypatch.setattr(owner, name, met)


def no_row_is_locked(monkeypatch) -> None:
    """Whoever reads a row to change it holds nobody else from reading it too."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **how: rows)


def outcome(job: Callable) -> Callable:
    """The job, that answers with the kind of its failure where it fails."""

    def run():
        try:
            return job()
        except (Refusal, DatabaseError) as error:
            return type(error)

    return run


def ended_or_waiting_for_us(other: Thread) -> None:
    """Return when the other thread is over, or when the database lets it wait for our lock."""
    over(lambda: not other.is_alive() or _somebody_waits_for_us())


def _somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks"
            " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
        )
        return cursor.fetchone()[0]


def over(is_so: Callable[[], bool]) -> bool:
    """Whether it becomes so soon: a connection that closed gives its locks back a moment later."""
    until = monotonic() + PATIENCE
    while not is_so() and monotonic() < until:
        sleep(0.02)
    return is_so()
