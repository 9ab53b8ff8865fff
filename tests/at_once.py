"""Several threads at one thing: what guards against races is tried with, and without, it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

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
