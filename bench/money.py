"""Money in: from statement files to posted months, told, against the same rows written by hand
with COPY and joins, file by file in turns: `python -m bench.money --lines 100000`."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path
from time import perf_counter, process_time

LINES, SMALL, LINES_A_FILE = 100_000, 10_000, 100_000
TIMES = ("seconds", "client", "database")
PRETIX = 24  # lines a second on this kind of machine
WORKER = "from bench.money import stand; stand()"


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=LINES)
    given = parser.parse_args(arguments or [])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mmc_portal.settings.local")
    small = _measured(max(given.lines // 10, 1))
    big = _measured(given.lines)
    _print(small, given.lines // 10)
    _print(big, given.lines)
    print(
        f"money_rate_at_ten_times: {_rate(big) / _rate(small):.2f} of the rate before (goal 0.75),"
        f" {_processor_rate(big) / _processor_rate(small):.2f} by processors"
    )


def _measured(lines: int) -> dict:
    from bench.stage import money_limit, money_world

    world = money_world.made(lines)
    ours, limit = (_copied(world, f"{world}_{name}") for name in ("ours", "limit"))
    found = Counter(lines=lines)
    folder = Path(tempfile.gettempdir()) / "bench-money"
    folder.mkdir(exist_ok=True)
    paths = money_world.files(folder, lines, LINES_A_FILE)
    with _importer(ours) as importer:
        for path in paths:
            took = money_limit.seconds(limit, path)
            told = importer(path)
            found.update({f"limit_{name}": value for name, value in took.items()})
            found.update({f"ours_{name}": told[name] for name in TIMES})
        for path in paths:
            told = importer(path)
            found.update({f"again_{name}": told[name] for name in TIMES})
        found["megabytes"] = importer(paths[0])["megabytes"]
    found["differences"] = _differences(ours, limit)
    return found


def _copied(world: str, copy: str) -> str:
    from bench.stage import worlds

    worlds.copied(world, copy)
    return worlds.address(copy)


class _importer:
    """Another process, as in production: its memory and its start are its own."""

    def __init__(self, address: str):
        environment = {**os.environ, "DATABASE_URL": address}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.child = subprocess.Popen([sys.executable, "-c", WORKER], env=environment, **pipes)

    def __enter__(self):
        return self

    def __exit__(self, *_failure):
        self.child.stdin.close()
        self.child.wait(600)

    def __call__(self, path: Path) -> dict:
        print(path, file=self.child.stdin, flush=True)
        return json.loads(self.child.stdout.readline())


def stand() -> None:
    import django

    django.setup()
    from payments.services.importing.statements import import_statement

    for path in map(str.strip, sys.stdin):
        begun, client, database = perf_counter(), process_time(), _database_ran()
        with open(path, "rb") as file:
            result = import_statement(content=file, name=Path(path).name)
        told = {
            "seconds": perf_counter() - begun,
            "client": process_time() - client,
            "database": _database_ran() - database,
            "megabytes": _most_memory(),
            "matched": result.matched,
        }
        print(json.dumps(told), flush=True)


def _most_memory() -> float:
    """Megabytes. Not `ru_maxrss`: a child begins with what its parent had when it was born."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _database_ran() -> float:
    """Seconds of processors that our process of the database took so far."""
    from django.db import connection

    from bench.stage.server import ran

    connection.ensure_connection()
    return ran(str(connection.connection.get_backend_pid()))


COUNTS = """
SELECT 'lines', count(*), sum(amount) FROM payments_statementline
UNION ALL SELECT place, count(*), sum(amount) FROM payments_placement GROUP BY place
UNION ALL SELECT 'posted', count(*), sum(amount) FROM payments_receipt WHERE status = 'posted'
UNION ALL SELECT 'told', count(*), count(DISTINCT person_id) FROM notifications_message
UNION ALL SELECT 'timeline', count(*), count(DISTINCT person_id) FROM accounts_timelineentry
UNION ALL SELECT 'seen', count(*), sum(count) FROM payments_sighting
UNION ALL SELECT 'history', count(*), 0 FROM payments_receipthistory
UNION ALL SELECT 'days', count(*), sum(complete_through - counted_through) FROM payments_account
ORDER BY 1
"""


def _differences(*addresses: str) -> int:
    """In how many kinds of rows the two do not agree."""
    one, other = map(_counts, addresses)
    return len(one ^ other)


def _counts(address: str) -> set[tuple]:
    import psycopg2

    with closing(psycopg2.connect(address)) as link, link.cursor() as cursor:
        cursor.execute(COUNTS)
        return set(cursor.fetchall())


def _rate(found: dict) -> float:
    return found["lines"] / found["ours_seconds"]


def _processor(found: dict, whose: str) -> float:
    """Seconds of processors, ours and the database's."""
    return found[f"{whose}_client"] + found[f"{whose}_database"]


def _processor_rate(found: dict) -> float:
    return found["lines"] / _processor(found, "ours")


def _processors(found: dict, whose: str) -> str:
    client, database = found[f"{whose}_client"], found[f"{whose}_database"]
    return f"{client:.1f} s of the client, {database:.1f} s of the database"


def _print(found: dict, lines: int) -> None:
    limit = lines / (found["limit_read"] + found["limit_written"])
    processors = _processor(found, "limit") / _processor(found, "ours")
    figures = {
        "rate": f"{_rate(found):.0f} lines/s",
        "limit": f"{limit:.0f} lines/s",
        "of_limit": f"{_rate(found) / limit:.2f} (goal 0.40)",
        "of_limit_by_processors": f"{processors:.2f} (goal 0.40; clocks of a busy machine lie)",
        "processors": _processors(found, "ours"),
        "limit_processors": _processors(found, "limit"),
        "rate_by_processors": f"{lines / _processor(found, 'ours'):.0f} lines a processor second",
        "of_pretix": f"{_rate(found) / PRETIX:.0f} times (goal 500)",
        "again": f"{found['again_seconds'] / found['ours_seconds']:.3f} of the time (goal 0.2)",
        "memory": f"{found['megabytes']:.0f} MB (goal 200)",
        "differences": f"{found['differences']} kinds of rows",
    }
    for name, value in figures.items():
        print(f"money_{lines}_{name}: {value}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
