"""A migrated database, made once for each state of the migrations: every test run copies it."""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

from mmc_portal.local import servers

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "mmc_template_"


def migrated_template() -> str:
    """The name of the database to copy; its making takes as long as all migrations together."""
    url = servers.database_url()
    with _turn(), _connection(url) as cursor:
        known, name = _names(cursor), PREFIX + _state_of_migrations()
        if name not in known:
            for old in known:
                _drop(cursor, old)
            _make(cursor, url, name)
    return name


def _names(cursor) -> list[str]:
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [PREFIX + "%"])
    return [name for (name,) in cursor.fetchall()]


def _drop(cursor, name: str) -> None:
    with suppress(psycopg2.errors.ObjectInUse):  # another run copies it: the next one drops it
        cursor.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def _make(cursor, url: str, name: str) -> None:
    """Under a draft's name until it is whole: a cut-off one is never copied."""
    draft = sql.Identifier(PREFIX + "draft")
    cursor.execute(sql.SQL("CREATE DATABASE {}").format(draft))
    environment = os.environ | {"DATABASE_URL": _beside(url, PREFIX + "draft")}
    environment["DJANGO_SETTINGS_MODULE"] = "mmc_portal.settings.test"
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    cursor.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(draft, sql.Identifier(name)))


def _state_of_migrations() -> str:
    found = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


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
