"""A migrated database, made once for each state of the migrations: every test run copies it.

All migrations together take a minute. Where some were only added, the former database is taken
further by those alone: its comment tells which files made it.
"""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

from mmc_portal.local import postgres, servers

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "mmc_template_"
REQUIREMENTS, NO_TABLES = "requirements.txt", b"# --- below: what makes no tables"


def migrated_template() -> str:
    """The name of the database to copy."""
    url, files = servers.database_url(), _files()
    with _turn(), _connection(url) as cursor:
        known, name = _known(cursor), PREFIX + _digest(json.dumps(files).encode())
        if name not in known:
            former = _former(known, files)
            _make(cursor, url, name, former)
            _say(cursor, name, files)
            for old in known.keys() - {former}:  # it serves again when ours are renamed
                _drop(cursor, old)
    return name


def copy_into(url: str) -> None:
    """Everything of the migrated database into an empty one, perhaps of another server."""
    source = _beside(servers.database_url(), migrated_template())
    write = [postgres.program("pg_dump"), "--no-owner", "--dbname", source]
    read = [postgres.program("psql"), "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "-d", url]
    with subprocess.Popen(write, stdout=subprocess.PIPE) as written:
        subprocess.run(read, stdin=written.stdout, stdout=subprocess.DEVNULL, check=True)
    assert written.returncode == 0


def _known(cursor) -> dict[str, dict[str, str]]:
    """The templates that exist, each with the files that made it."""
    cursor.execute(
        "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database"
        " WHERE datname LIKE %s",
        [PREFIX + "%"],
    )
    return {name: json.loads(files or "{}") for name, files in cursor.fetchall()}


def _former(known: dict[str, dict[str, str]], files: dict[str, str]) -> str:
    """The template whose files are all among ours, unchanged; else an empty database."""
    whole = [name for name, made_by in known.items() if made_by and made_by.items() < files.items()]
    return max(whole, key=lambda name: len(known[name]), default="template1")


def _drop(cursor, name: str) -> None:
    with suppress(psycopg2.errors.ObjectInUse):  # another run copies it: the next one drops it
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _make(cursor, url: str, name: str, former: str) -> None:
    """Under a draft's name until it is whole: a cut-off one is never copied."""
    draft = PREFIX + "draft"
    _drop(cursor, draft)
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    cursor.execute(copy.format(sql.Identifier(draft), sql.Identifier(former)))
    environment = os.environ | {"DATABASE_URL": _beside(url, draft)}
    environment["DJANGO_SETTINGS_MODULE"] = "mmc_portal.settings.test"
    command = [sys.executable, "-m", "tests.quick_migrate"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    cursor.execute(rename.format(sql.Identifier(draft), sql.Identifier(name)))


def _say(cursor, name: str, files: dict[str, str]) -> None:
    comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
    cursor.execute(comment.format(sql.Identifier(name), sql.Literal(json.dumps(files))))


def _files() -> dict[str, str]:
    """What decides how the database looks: path → digest."""
    libraries = (ROOT / REQUIREMENTS).read_bytes().split(NO_TABLES)[0]
    migrations = sorted(ROOT.glob("*/migrations/*.py"))
    found = {str(path.relative_to(ROOT)): _digest(path.read_bytes()) for path in migrations}
    return {REQUIREMENTS: _digest(libraries)} | found


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _beside(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


@contextmanager
def _turn() -> Iterator[None]:
    servers.var_dir().mkdir(parents=True, exist_ok=True)
    with (servers.var_dir() / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _connection(url: str) -> Iterator:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        yield connection.cursor()
    finally:
        connection.close()
