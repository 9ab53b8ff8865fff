"""The opening position of a whole centre: what the command takes, as a multiple of a plain COPY
of the rows that it writes (their indexes are kept, nobody checks or tells anything)."""

import io
import os
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory

PEOPLE = 20_000
FRESH, BARE = "bench_opening", "bench_opening_bare"
DAYS_BEFORE = {"accepted_on": 100, "sent_on": 99, "first_paid_on": 99, "ready_on": 86}
ISSUED, INN_SINCE = 84, 98
MONTHLY = 8900


def main() -> None:
    from bench.stage import worlds

    address = worlds.empty(FRESH)
    worlds.copied(FRESH, BARE)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "opening.xlsx"
        _run(address, "-c", f"from bench.opening import write; write({str(file)!r})")
        seconds, cpu, memory = _imported(address, file)
        size = file.stat().st_size
    rows, copying = _copied(FRESH, BARE)
    print(f"opening_people: {PEOPLE} people")
    print(f"opening_file: {size / 1e6:.1f} MB")
    print(f"opening_rows: {rows} rows")
    print(f"opening_import: {seconds:.1f} s")
    print(f"opening_import_cpu: {cpu:.1f} s of the command, the database apart")
    print(f"opening_import_memory: {memory:.0f} MB")
    print(f"opening_copy: {copying:.1f} s")
    print(f"opening_ratio: {seconds / copying:.1f} × a plain COPY")


def _run(address: str, *arguments: str) -> None:
    environment = {**os.environ, "DATABASE_URL": address}
    subprocess.run([sys.executable, *arguments], env=environment, check=True)


def _imported(address: str, file: Path) -> tuple[float, float, float]:
    """Seconds, of them the command's own processor time, and megabytes at most."""
    before, start = getrusage(RUSAGE_CHILDREN), time.perf_counter()
    _run(address, "manage.py", "import_opening", str(file))
    seconds, after = time.perf_counter() - start, getrusage(RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, cpu, after.ru_maxrss / 1024


def _copied(source: str, target: str) -> tuple[int, float]:
    """Rows of all tables that the import filled, and the seconds of their COPY into empty ones."""
    from bench.stage import worlds

    with closing(worlds.connected(source)) as here, closing(worlds.connected(target)) as there:
        tables = [name for name in _tables(here) if _count(here, name) and not _count(there, name)]
        rows = sum(_count(here, name) for name in tables)
        pieces = [(name, _taken(here, name)) for name in tables]
        start = time.perf_counter()
        with there, there.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for name, piece in pieces:
                cursor.copy_expert(f'COPY "{name}" FROM STDIN', piece)
        return rows, time.perf_counter() - start


def _tables(connection) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
        )
        return [name for (name,) in cursor.fetchall()]


def _count(connection, table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return cursor.fetchone()[0]


def _taken(connection, table: str) -> io.BytesIO:
    piece = io.BytesIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{table}" TO STDOUT', piece)
    piece.seek(0)
    return piece


def write(path: str) -> None:
    """The file: everybody has an INN, a phone, an issued patent and three months."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mmc_portal.settings.local")
    django.setup()
    from common.sheets import workbook_of

    sheets = {
        "people": [_person(number) for number in range(PEOPLE)],
        "applications": [_application(number) for number in range(PEOPLE)],
        "patents": [_patent(number) for number in range(PEOPLE)],
        "accounts": _accounts(),
        "totals": [_totals()],
    }
    tables = {
        name: (list(rows[0]), [row.values() for row in rows]) for name, rows in sheets.items()
    }
    Path(path).write_bytes(workbook_of(tables))


def _person(number: int) -> dict:
    from desk.crowd import names
    from desk.crowd.numbers import FIRST, inn

    last, first, middle = names.of(number)
    return {
        "person": str(number),
        "last_name": last,
        "first_name": first,
        "middle_name": middle,
        "birth_date": "17.05.1990",
        "citizenship": ("UZB", "TJK", "AZE", "MDA", "UKR")[number % 5],
        "passport": f"FA{FIRST.passport + number}",
        "centre_sim": f"+7{FIRST.sim + number}",
        "inn": inn(FIRST.inn + number),
        "inn_since": _day(INN_SINCE),
    }


def _application(number: int) -> dict:
    from desk.crowd.numbers import FIRST

    return {
        "number": str(FIRST.application + number),
        "person": str(number),
        "status": "выдан",
        **{name: _day(before) for name, before in DAYS_BEFORE.items()},
        "months": "3",
        "amount": f"{3 * MONTHLY}.00",
    }


def _patent(number: int) -> dict:
    from desk.crowd.numbers import FIRST

    return {
        "number": str(FIRST.application + number),
        "series": "77",
        "patent_number": str(FIRST.patent + number),
        "issued_on": _day(ISSUED),
    }


def _accounts() -> list[dict]:
    from payments.opening.known import accounts_to_name

    return [{"account": one, "counted_through": _day(1)} for one in sorted(accounts_to_name())]


def _totals() -> dict:
    counts = dict.fromkeys(("people", "applications", "patents"), str(PEOPLE))
    return counts | {"months": str(3 * PEOPLE), "amount": f"{3 * MONTHLY * PEOPLE}.00"}


def _day(before: int) -> str:
    from common.clock import today
    from common.formats import short_day

    return short_day(today() - timedelta(days=before))
