"""Questions that are asked at every page: querysets compiled once, planned once a connection.

The compiler of querysets costs more than the database itself, and planning more than answering. A
page that needs facts of many tables asks once: each part is a queryset of plain columns, its rows
come back as JSON.
"""

import json
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from weakref import WeakKeyDictionary

from django.db import connection, models
from django.db.models import QuerySet
from django.db.models.query import get_related_populators
from psycopg2.extensions import AsIs

Parts = Mapping[str, QuerySet]
Readers = dict[str, list]
_known: WeakKeyDictionary = WeakKeyDictionary()  # statements by connection

READERS: dict[type[models.Field], Callable] = {
    models.DateTimeField: datetime.fromisoformat,
    models.DateField: date.fromisoformat,
    models.DecimalField: Decimal,
}


class Prepared:
    """SQL that is compiled once in a process and planned once by each connection.

    `markers` stand for values that differ from asking to asking; a marker must reach the SQL
    unchanged and be equal to no constant of it. Whatever pools connections outside must keep
    sessions whole: the statements are theirs.
    """

    def __init__(self, **markers: Hashable):
        self._markers = markers

    def _run(self, cursor, sql: str, values: dict) -> None:
        name = f"question_{sha256(sql.encode()).hexdigest()[:16]}"
        known = _known.setdefault(connection.connection, set())
        if name not in known:
            # Of the set-up of a connection, like its time zone: past the log of questions.
            with connection.wrap_database_errors, connection.connection.cursor() as plain:
                plain.execute(f"PREPARE {name} AS {sql}")
            known.add(name)
        given = [values[marker] for marker in self._markers]
        cursor.execute(f"EXECUTE {name}({', '.join(['%s'] * len(given))})", given)

    def _numbered(self, sql: str, params: Iterable) -> str:
        """Markers become $1, $2 …; what is the same each time stands in the text itself."""
        places = {marker: f"${number}" for number, marker in enumerate(self._markers.values(), 1)}
        with connection.cursor() as cursor:
            given = (AsIs(places[one]) if one in places else one for one in params)
            return cursor.mogrify(sql, tuple(given)).decode()


class RowQuestion(Prepared):
    """One row of a model with its `select_related`: `rows(**markers)` is its queryset.

    For the rows that every page asks for: compiling their queryset costs ten times the question.
    """

    def __init__(self, rows: Callable[..., QuerySet], **markers: Hashable):
        super().__init__(**markers)
        self._rows = rows

    def ask(self, **values) -> models.Model | None:
        """One question to the database; a value for each marker."""
        sql, built = self._compiled
        with connection.cursor() as cursor:
            self._run(cursor, sql, values)
            row = cursor.fetchone()
        return built(row) if row else None

    @cached_property
    def _compiled(self) -> tuple[str, Callable[[tuple], models.Model]]:
        compiler = self._rows(**self._markers)[:1].query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        if compiler.get_converters(column for column, *_sql in compiler.select):
            raise TypeError("a column of this row needs a converter, which nobody applies here")
        return self._numbered(sql, params), _builder(compiler)


def _builder(compiler) -> Callable[[tuple], models.Model]:
    """As `ModelIterable` does: the row's own columns, its relations, what was annotated."""
    info, select, using = compiler.klass_info, compiler.select, compiler.connection.alias
    own = info["select_fields"]
    names = [select[place][0].target.attname for place in own]
    related = get_related_populators(info, select, using)
    annotated = compiler.annotation_col_map.items()

    def built(row: tuple) -> models.Model:
        made = info["model"].from_db(using, names, row[own[0] : own[-1] + 1])
        for populator in related:
            populator.populate(row, made)
        for name, place in annotated:
            setattr(made, name, row[place])
        return made

    return built


class Question(Prepared):
    """`parts(**markers)` gives querysets by name, each ending in `values_list` of columns."""

    def __init__(self, parts: Callable[..., Parts], **markers: Hashable):
        super().__init__(**markers)
        self._parts = parts

    def ask(self, **values) -> "Answer":
        """One question to the database; a value for each marker."""
        sql, readers = self._compiled
        with connection.cursor() as cursor:
            self._run(cursor, sql, values)
            return Answer(cursor.fetchone()[0], readers)

    def ask_of_each(self, of: str, keys: Sequence[int], **values) -> Iterator["Answer"]:
        """The same question for each of the keys, which stand for the marker `of`: an answer each,
        in their order. One question to the database, whatever many keys."""
        sql, readers = self._compiled
        own = f"${list(self._markers).index(of) + 1}"
        each = re.sub(rf"{re.escape(own)}(?![0-9])", "one.key", sql)
        keyed = f"unnest({own}::bigint[]) WITH ORDINALITY AS one (key, place)"
        with connection.cursor() as cursor:
            given = values | {of: list(keys)}
            self._run(cursor, f"SELECT ({each}) FROM {keyed} ORDER BY place", given)
            rows = cursor.fetchall()
        return (Answer(text, readers) for [text] in rows)

    @cached_property
    def _compiled(self) -> tuple[str, Readers]:
        pieces, readers = [], {}
        for name, rows in self._parts(**self._markers).items():
            compiler = rows.query.get_compiler(connection=connection)
            sql, params = compiler.as_sql()
            readers[name] = [_reader(column) for column, *_sql in compiler.select]
            pieces.append(_piece(name, self._numbered(sql, params), len(readers[name])))
        return f"SELECT json_build_object({', '.join(pieces)})::text", readers


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
