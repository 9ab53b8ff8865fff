"""Copies of the sample, made by the database alone: a row, a number of the copy, a new row.

Keys and foreign keys of everything that is about a person are shifted by one step a copy; what
must be unique is computed anew. Triggers sleep meanwhile: history is copied like the rest.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, models, transaction

from accounts.models import LoginName, Person, User
from desk.crowd import names
from desk.crowd.numbers import REFERENCE_STEP, REFERENCES
from journal.models import Look
from notifications.models import Message
from payments.models import StatementLine

STEP = 10_000_000  # more than any table of the sample has rows
WITHOUT_PERSON = [User, LoginName, StatementLine, Message, Look]  # theirs by other ways
PLAIN_KEYS = {(Look, "person_id"), (Message, "person_id")}


def make_copies(copies: int, size: int) -> None:
    """`size` people are there already; so many more of them, `copies` times."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing waits: indexes may go
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute(FUNCTIONS)
        for model in about_people():
            with _indexed_afterwards(cursor, model._meta.db_table):
                cursor.execute(_copying(model, size), {"copies": copies, **_names()})
            _after_the_last(cursor, model)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def _indexed_afterwards(cursor, table: str) -> Iterator[None]:
    """Sorting millions of keys once is cheaper than a place in the tree for each."""
    cursor.execute(INDEXES, [f'"{table}"'])
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for _name, definition in indexes:
        cursor.execute(definition)


def about_people() -> list[type[models.Model]]:
    """Every model that leads to a person by its foreign keys, and those known by name."""
    found = {Person, *WITHOUT_PERSON}
    every = [model for model in apps.get_models() if model._meta.managed]
    while more := [m for m in every if m not in found and _targets(m) & (found - {User})]:
        found.update(more)
    return [model for model in every if model in found]


def _targets(model: type[models.Model]) -> set[type[models.Model]]:
    return {field.related_model for field in _columns(model) if field.is_relation}


def _columns(model: type[models.Model]) -> Iterable[models.Field]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def _copying(model: type[models.Model], size: int) -> str:
    people = set(about_people())
    columns = [(field.column, _new_value(model, field, people, size)) for field in _columns(model)]
    into = ", ".join(f'"{column}"' for column, _value in columns)
    values = ", ".join(value for _column, value in columns)
    table = model._meta.db_table
    copies = "generate_series(1, %(copies)s) AS copy"
    return f'INSERT INTO "{table}" ({into}) SELECT {values} FROM "{table}" AS row, {copies}'


def _new_value(model, field, people: set, size: int) -> str:
    column = f'row."{field.column}"'
    rule = UNIQUE.get((model._meta.label, field.column))
    if rule:
        return rule.format(column=column, size=size)
    if field.primary_key or (model, field.column) in PLAIN_KEYS or _leads_to(field, people):
        return f"{column} + copy * {STEP}::bigint"
    return NAMES.get((model._meta.label, field.column), column)


def _leads_to(field, people: set) -> bool:
    """What staff did stays what those staff did."""
    model = field.related_model
    return model in people and (model is not User or field.model in (Person, LoginName))


def _after_the_last(cursor, model) -> None:
    table, key = model._meta.db_table, model._meta.pk.column
    cursor.execute(
        f'SELECT setval(pg_get_serial_sequence(%s, %s), (SELECT max("{key}") FROM "{table}"))',
        [f'"{table}"', key],
    )


def _names() -> dict[str, list[str]]:
    return {"last": names.LAST, "first": names.FIRST, "middle": names.MIDDLE}


NUMBER = "(({column})::bigint + copy * {size})::text"
UNIQUE = {
    ("accounts.User", "username"): "gen_random_uuid()::text",
    ("accounts.LoginName", "value"): NUMBER,
    ("accounts.Phone", "number"): "'+7' || (substr({column}, 3)::bigint + copy * {size})",
    ("accounts.Passport", "number"): "'FA' || (substr({column}, 3)::bigint + copy * {size})",
    ("patents.Application", "number"): NUMBER,
    ("patents.Patent", "number"): NUMBER,
    ("patents.Inn", "value"): "pg_temp.crowd_inn(left({column}, 10)::bigint + copy * {size})",
    ("payments.Receipt", "reference"): "pg_temp.crowd_reference({column}, copy)",
    ("payments.Charge", "idempotence_key"): "md5({column}::text || copy)::uuid",
    ("payments.Charge", "provider_id"): "{column} || '-' || copy",
    ("payments.PayLink", "token"): "md5({column} || copy)",
    ("payments.TillPayment", "cheque_number"): "{column} || '-' || copy",
    ("payments.StatementLine", "digest"): "encode(sha256(({column} || copy)::bytea), 'hex')",
    ("payments.StatementLine", "purpose"): (
        "replace({column}, substr({column}, 5, 8),"
        " pg_temp.crowd_reference(substr({column}, 5, 8), copy))"
    ),
    ("payments.Outgoing", "digest"): "encode(sha256(({column} || copy)::bytea), 'hex')",
    ("notifications.Message", "key"): "{column} || ':' || copy",
}
NAMES = {
    ("accounts.Person", f"{name}_name"): (
        f"(%({name})s::text[])[1 + (row.id * {by} + copy * {by + 4})"
        f" %% cardinality(%({name})s::text[])]"
    )
    for name, by in (("last", 1), ("first", 5), ("middle", 7))
}
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = %s::regclass
    AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
"""
FUNCTIONS = """
CREATE OR REPLACE FUNCTION pg_temp.crowd_inn(body bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    weights int[] := ARRAY[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    known text := body::text;
    total int;
BEGIN
    FOR missing IN REVERSE 1..0 LOOP
        total := 0;
        FOR place IN 1..length(known) LOOP
            total := total + weights[place + missing] * substr(known, place, 1)::int;
        END LOOP;
        known := known || (total % 11 % 10);
    END LOOP;
    RETURN known;
END $$;
CREATE OR REPLACE FUNCTION pg_temp.crowd_reference(former text, copy int) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    alphabet text := '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
    body bigint := 0;
    known text := '';
    total int := 0;
    figure int;
BEGIN
    FOR place IN 1..7 LOOP
        body := body * 32 + strpos(alphabet, substr(former, place, 1)) - 1;
    END LOOP;
    body := (body + copy * {step}::bigint) % {all};
    FOR place IN REVERSE 6..0 LOOP
        figure := (body >> (5 * place)) & 31;
        known := known || substr(alphabet, figure + 1, 1);
        total := (total # figure) << 1;
        IF total > 31 THEN total := total # 37; END IF;
    END LOOP;
    RETURN known || substr(alphabet, total + 1, 1);
END $$;
""".replace("{step}", str(REFERENCE_STEP)).replace("{all}", str(REFERENCES))
