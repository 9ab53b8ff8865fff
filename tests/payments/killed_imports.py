"""Real imports in processes of their own that a signal ends, and what stands in the tables after.

A process with everything loaded forks an import at each order, as a worker does: a start costs
little, and SIGKILL meets a real process with a real connection.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import closing, contextmanager
from functools import partial
from urllib.parse import urlsplit

import psycopg2
from psycopg2 import sql

from mmc_portal.local import servers
from tests import emptying

STAND = "from tests.payments.killed_imports import stand; stand()"
LONGEST_WAIT = 120  # seconds
LINES_A_SLICE = 8

# What an import writes, by keys that do not depend on the order of writing. Instants are left out.
PLACE = """
    line.digest, line.occurrence, place.place, place.amount, place.application_id,
    place.receipt_id, place.charge_id, place.months, place.paid_on, place.queue_reason,
    place.reason, place.completed_by_id IS NULL, place.closed_at IS NULL
    FROM payments_placement AS place JOIN payments_statementline AS line ON line.id = line_id
"""
ROWS = {
    "statements": """SELECT content_hash, account_id, line_count, incoming, odd_lines,
        finished_at IS NULL, held_at IS NULL FROM payments_statement""",
    "sightings": "SELECT digest, count FROM payments_sighting",
    "lines": """SELECT digest, occurrence, posted_on, amount, document_number, payer_name,
        payer_account, payer_inn, purpose, paid_on, said, raw::text FROM payments_statementline""",
    "places": f"SELECT {PLACE}",
    "outgoing": "SELECT digest, occurrence, amount, application_id FROM payments_outgoing",
    "receipts": "SELECT id, status, posted_on FROM payments_receipt",
    "former receipts": "SELECT pgh_obj_id, status, posted_on FROM payments_receipthistory",
    "first days": "SELECT id, first_paid_on FROM patents_application",
    "timeline": "SELECT person_id, kind, facts::text FROM accounts_timelineentry",
    "messages": f"""SELECT message.event, message.person_id, message.status, {PLACE}
        JOIN notifications_message AS message ON message.subject_id = place.id
        AND message.event LIKE 'payments.%'""",
    "all messages": "SELECT event, person_id FROM notifications_message",
    "days": "SELECT number, complete_through FROM payments_account",
    "former days": "SELECT number, complete_through FROM payments_accounthistory",
}


# --- in the process that is killed


def stand() -> None:
    """Start an import for each order that comes in a line, tell its process; wait for one."""
    _get_ready()
    _tell(os.getpid())
    for order in map(json.loads, sys.stdin):
        _tell(_waited(order["wait"]) if "wait" in order else _forked(order))


def _tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _get_ready() -> None:
    import django

    django.setup()
    from payments import tasks  # noqa: F401  what a worker has read before its first task
    from payments.management.commands import import_statement  # noqa: F401


def _waited(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _forked(order: dict) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        _work(**order)
        status = 0
    finally:
        os._exit(status)


def _work(*, database: str, job: str, path: str, dies_after: list, odd_lines: int) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from payments import tasks
    from payments.services.importing import slices

    connection.settings_dict["NAME"] = database
    slices.LINES_AT_ONCE, settings.ODD_LINES = LINES_A_SLICE, odd_lines
    if dies_after:
        _die_after(*dies_after)
    settings.STATEMENTS_DIR = path
    jobs = {
        "command": partial(call_command, "import_statement", path),
        "folder": tasks.import_folder,
        "proof": partial(call_command, "check_ledger"),
    }
    jobs[job]()


def _die_after(module: str, name: str, times: int) -> None:
    owner = __import__(module, fromlist=[name])
    does, calls = getattr(owner, name), []

    def do_and_die(*args, **options):
        result = does(*args, **options)
        calls.append(name)
        if len(calls) == times:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, do_and_die)


# --- in the test


class Killer:
    """Starts imports into one database, one after another or at once, and ends them.

    A file with so many `odd_lines` is held.
    """

    def __init__(self, process, database: str):
        self._process, self.database, self.odd_lines = process, database, 100

    def start(self, path, job: str = "command", dies_after=()) -> int:
        """The number of the process."""
        return self._ask(
            database=self.database,
            job=job,
            path=str(path),
            dies_after=list(dies_after),
            odd_lines=self.odd_lines,
        )

    def ended(self, pid: int) -> int:
        """Its exit code, below zero for a signal; waits."""
        late = threading.Timer(LONGEST_WAIT, self.kill, [pid])
        late.start()
        try:
            return self._ask(wait=pid)
        finally:
            late.cancel()

    def run(self, path, job: str = "command", dies_after=()) -> int:
        return self.ended(self.start(path, job, dies_after))

    @staticmethod
    def kill(pid: int) -> None:
        os.kill(pid, signal.SIGKILL)

    def _ask(self, **order) -> int:
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def forking():
    """The process that forks imports."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "mmc_portal.settings.test"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    process = subprocess.Popen([sys.executable, "-c", STAND], env=environment, **pipes)
    process.stdout.readline()  # it is ready
    try:
        yield process
    finally:
        process.stdin.close()
        process.wait(LONGEST_WAIT)
        process.stdout.close()


def copy(database: str, name: str) -> str:
    """One more database as this one is now; nobody may be connected to it."""
    drop(name)
    _told("CREATE DATABASE {} TEMPLATE {}", name, database)
    return name


def drop(name: str) -> None:
    _told("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def keep(database: str) -> None:
    """What `put_back` makes of the tables again: a copy for each trial would take a second."""
    with closing(_connected(database)) as link, link:
        emptying.keep_shipped(link)


def put_back(database: str) -> None:
    with closing(_connected(database)) as link, link:
        emptying.put_back(link)


def rows(database: str) -> dict[str, list[tuple]]:
    with closing(_connected(database)) as link, link.cursor() as cursor:
        return {name: _sorted(cursor, question) for name, question in ROWS.items()}


def _sorted(cursor, question: str) -> list[tuple]:
    cursor.execute(question)
    return sorted(cursor.fetchall(), key=repr)


def ask(database: str, question: str):
    with closing(_connected(database)) as link, link.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def _told(command: str, *names: str) -> None:
    with closing(_connected("postgres")) as link, link.cursor() as cursor:
        link.autocommit = True
        cursor.execute(sql.SQL(command).format(*map(sql.Identifier, names)))


def _connected(database: str):
    url = urlsplit(servers.database_url())._replace(path=f"/{database}")
    return psycopg2.connect(url.geturl())
