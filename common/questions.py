"""Several querysets asked of the database as one question.

A page that needs facts of many tables asks once: each part is a queryset of plain columns, its rows
come back as JSON. The text of the question is compiled once in a process: the compiler of querysets
costs more than the database itself.
"""

import json
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from weakref import WeakKeyDictionary

from django.db import connection, models
from django.db.models import QuerySet
from psycopg2.extensions import AsIs

Parts = Mapping[str, QuerySet]
Readers = dict[str, list]
_known: WeakKeyDictionary = WeakKeyDictionary()  # statements by connection

READERS: dict[type[models.Field], Callable] = {
    models.DateTimeField: datetime.fromisoformat,
    models.DateField: date.fromisoformat,
    models.DecimalField: Decimal,
}


class Question:
    """`parts(**markers)` gives querysets by name, each ending in `values_list` of columns.

    A marker stands for a value that differs from asking to asking; it must reach the SQL unchanged
    and be equal to no constant of the question. Each connection plans a question once: a prepared
    statement, so whatever pools connections outside must keep sessions whole.
    """

    def __init__(self, parts: Callable[..., Parts], **markers: Hashable):
        self._parts = parts
        self._markers = markers

    def ask(self, **values) -> "Answer":
        """One question to the database; a value for each marker."""
        with connection.cursor() as cursor:
            name, readers = self._prepared(cursor)
            given = [values[marker] for marker in self._markers]
            cursor.execute(f"EXECUTE {name}({', '.join(['%s'] * len(given))})", given)
            return Answer(cursor.fetchone()[0], readers)

    def _prepared(self, cursor) -> tuple[str, Readers]:
        """The statement's name, after this connection has planned it."""
        sql, name, readers = self._compiled
        known = _known.setdefault(connection.connection, set())
        if name not in known:
            # Of the set-up of a connection, like its time zone: past the log of questions.
            with connection.connection.cursor() as plain:
                plain.execute(f"PREPARE {name} AS {sql}")
            known.add(name)
        return name, readers

    @cached_property
    def _compiled(self) -> tuple[str, str, Readers]:
        pieces, readers = [], {}
        for name, rows in self._parts(**self._markers).items():
            compiler = rows.query.get_compiler(connection=connection)
            sql, params = compiler.as_sql()
            readers[name] = [_reader(column) for column, *_sql in compiler.select]
            pieces.append(_piece(name, self._numbered(sql, params), len(readers[name])))
        sql = f"SELECT json_build_object({', '.join(pieces)})::text"
        return sql, f"question_{sha256(sql.encode()).hexdigest()[:16]}", readers

    def _numbered(self, sql: str, params: Iterable) -> str:
        """Markers become $1, $2 …; what is the same each time stands in the text itself."""
        places = {marker: f"${number}" for number, marker in enumerate(self._markers.values(), 1)}
        with connection.cursor() as cursor:
            given = (AsIs(places[one]) if one in places else one for one in params)
            return cursor.mogrify(sql, tuple(given)).decode()


class Answer:
    """`text` is what the database said, for a likeness; rows are read when asked for."""

    def __init__(self, text: str, readers: Readers):
        self.text = text
        self._readers = readers

    def __getitem__(self, name: str) -> list[tuple]:
        readers = self._readers[name]
        return [
            tuple(
                read(value) if read and value is not None else value
                for read, value in zip(readers, row, strict=True)
            )
            for row in self._said[name]
        ]

    def first(self, name: str) -> tuple | None:
        return next(iter(self[name]), None)

    def value(self, name: str):
        """The only column of the first row; None when there is no row."""
        found = self.first(name)
        return found[0] if found else None

    @cached_property
    def _said(self) -> dict[str, list]:
        return json.loads(self.text, parse_float=Decimal)


def _piece(name: str, sql: str, width: int) -> str:
    columns = ", ".join(f"c{number}" for number in range(width))
    rows = f"SELECT json_agg(json_build_array({columns})) FROM ({sql}) AS rows({columns})"
    return f"'{name}', coalesce(({rows}), '[]'::json)"


def _reader(column) -> Callable | None:
    kinds = type(column.output_field).__mro__
    return next((READERS[kind] for kind in kinds if kind in READERS), None)
