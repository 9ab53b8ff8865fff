"""The quick way to a migrated database leads to the same tables as `manage.py migrate`."""

import os
import re
import subprocess
import sys
from uuid import uuid4

import pytest
from psycopg2 import sql

from mmc_portal.local import postgres, servers
from tests.database import ROOT, _beside, _connection

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]
USUAL, QUICK = ["manage.py", "migrate", "--verbosity", "0"], ["-m", "tests.quick_migrate"]
KEY_OF_THE_DUMP = re.compile(r"^\\(un)?restrict .*$", re.MULTILINE)


def schema_made_by(command: list[str]) -> str:
    """All tables, triggers and functions, as statements."""
    name = sql.Identifier(f"migrated_{uuid4().hex}")
    url = _beside(servers.database_url(), name.string)
    with _connection(servers.database_url()) as cursor:
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            environment = os.environ | {"DATABASE_URL": url}
            environment["DJANGO_SETTINGS_MODULE"] = "mmc_portal.settings.test"
            subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True)
            dump = [postgres.program("pg_dump"), "--schema-only", "--dbname", url]
            written = subprocess.run(dump, capture_output=True, text=True, check=True).stdout
            return KEY_OF_THE_DUMP.sub("", written)
        finally:
            cursor.execute(sql.SQL("DROP DATABASE {}").format(name))


def test_both_ways_make_the_same_tables_and_triggers():
    usual, quick = schema_made_by(USUAL), schema_made_by(QUICK)

    assert "CREATE TRIGGER" in usual
    assert quick == usual
