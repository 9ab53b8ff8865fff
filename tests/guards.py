"""Faults that the database lets nobody make: planted by a superuser, behind its guards."""

from contextlib import contextmanager

from django.db import connection

RULE = """
SELECT index.relname, pg_get_constraintdef(rule.oid), pg_get_indexdef(index.oid)
FROM pg_index
JOIN pg_class AS index ON index.oid = indexrelid
LEFT JOIN pg_constraint AS rule ON conindid = indexrelid AND conrelid = indrelid
WHERE indrelid = %(table)s::regclass AND (indisunique OR indisexclusion) AND (
    index.relname = %(rule)s OR indkey::text = (
        SELECT attnum::text FROM pg_attribute WHERE attrelid = indrelid AND attname = %(rule)s
    )
)
"""


@contextmanager
def behind_the_guards():
    """Triggers sleep in the block; rows written in it are asked about nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what was written before is asked about
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET session_replication_role = replica")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")


@contextmanager
def without_rule(model, rule: str):
    """In the block rows of `model` may be alike, and then the table is emptied. The rule is called
    by its name, or by the one column that it keeps unique.

    Only for tests that commit: a table that another transaction reads is never altered.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(RULE, {"table": table, "rule": rule})
        [(name, said, index)] = cursor.fetchall()
        cursor.execute(
            f"ALTER TABLE {table} DROP CONSTRAINT {name}" if said else f"DROP INDEX {name}"
        )
    try:
        yield
    finally:
        with behind_the_guards(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {said}" if said else index)
