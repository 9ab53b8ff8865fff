"""The bench of money writes rows by hand; a column that came later must not stop it unseen."""

import re

import pytest
from django.db import connection

from bench.stage import money_limit

NEEDED = """
SELECT column_name FROM information_schema.columns
WHERE table_name = %s AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'
"""
INSERTS = re.findall(r"INSERT INTO (\w+) \(([^)]+)\)", money_limit.JOINS)


@pytest.mark.parametrize(("table", "named"), INSERTS, ids=[table for table, _named in INSERTS])
def test_the_limit_fills_every_column_that_needs_a_value(db, table, named):
    with connection.cursor() as cursor:
        cursor.execute(NEEDED, [table])
        needed = {name for (name,) in cursor.fetchall()}
    assert needed
    assert needed <= {name.strip() for name in named.split(",")}
