"""A file as normalised lines in temporary tables of this connection, before anything of it counts.

`import_line` holds every incoming line as sent; `import_todo` one row for each kind of equal lines
that still needs something, with the people it names, in slices that share no person.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count

from django.db import DatabaseError, DataError, connection, transaction
from django.utils.translation import gettext as _

from common.copying import as_json, copy_into
from payments.matching import MoneyIn
from payments.models import Said
from payments.statements.errors import NotAStatement
from payments.statements.model import Line, StatementHead

DROP = """
DROP TABLE IF EXISTS import_line, import_todo, import_shared, import_pair,
    import_division, import_outgoing, import_holder;
"""
TABLES = f"""{DROP}
CREATE TEMP TABLE import_line (
    seq integer, account text, digest text, posted_on date, amount numeric(14, 2),
    document_number text, document_date date, payer_name text, payer_account text, payer_inn text,
    purpose text, paid_on date, own_day boolean, said text, payment_id text,
    outgoing boolean, raw jsonb, named text[], inns text[], uin text, identifier text
);
"""
APART = """
CREATE TEMP TABLE import_outgoing AS SELECT * FROM import_line WHERE outgoing;
DELETE FROM import_line WHERE outgoing;
CREATE UNIQUE INDEX ON import_line (seq);
ANALYZE import_line (
    seq, account, digest, document_number, document_date, payer_account, named, inns
);
"""
COLUMNS = (
    *("seq", "account", "digest", "posted_on", "amount", "document_number", "document_date"),
    *("payer_name", "payer_account", "payer_inn", "purpose", "paid_on", "own_day"),
    *("said", "payment_id", "outgoing", "raw", "named", "inns"),
    *("uin", "identifier"),
)
EMPTY = "{}"


@dataclass
class Staged:
    """What a file says of its accounts, with the count and the sum of the lines of each."""

    heads: list[StatementHead] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    sums: dict[str, Decimal] = field(default_factory=dict)

    def note(self, line: Line) -> None:
        self.counts[line.account] += 1
        if line.said == Said.NEW:  # a notice is a line, and brings no money
            self.sums[line.account] = self.sums.get(line.account, Decimal("0.00")) + line.amount


@contextmanager
def staged(found: Iterable[Line | StatementHead], acquirers: Collection[str]) -> Iterator[Staged]:
    """The lines of a file, kept apart until the block ends. Raises NotAStatement."""
    try:
        yield _stage(found, frozenset(acquirers))
    finally:
        with suppress(DatabaseError):  # the connection may be what failed
            run(DROP)


@transaction.atomic
def _stage(found: Iterable[Line | StatementHead], acquirers: frozenset[str]) -> Staged:
    staged = Staged()
    run(TABLES)
    try:
        copy_into("import_line", COLUMNS, _rows(found, acquirers, staged))
    except DataError as error:
        raise NotAStatement(_("A line of the file holds what no statement has.")) from error
    if not staged.heads or not staged.counts.keys() <= {head.account for head in staged.heads}:
        raise NotAStatement(_("The file does not say which account it is about (РасчСчет)."))
    run(APART)
    return staged


def run(command: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(command, values or None)


def ask(command: str, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(command, values or None)
        return cursor.fetchall()


def _rows(
    found: Iterable[Line | StatementHead], acquirers: frozenset[str], staged: Staged
) -> Iterator[tuple]:
    seq = count(1)
    for one in found:
        if isinstance(one, StatementHead):
            staged.heads.append(one)
            continue
        if not one.outgoing:
            staged.note(one)
        yield _row(next(seq), one, acquirers)


def _row(seq: int, line: Line, acquirers: frozenset[str]) -> tuple:
    # Who is paid back stands in fields that lines of incoming money have no use for.
    said = " ".join((line.purpose, *line.raw.values())) if line.outgoing else line.purpose
    money = MoneyIn(line.amount, line.posted_on, line.paid_on, said, line.payer_inn)
    by_acquirer = acquirers and not acquirers.isdisjoint(
        (line.payer_account, line.payer_inn, *line.also_named)
    )
    return (
        seq,
        line.account,
        line.digest,
        line.posted_on,
        line.amount,
        line.document_number,
        line.document_date,
        line.payer_name,
        line.payer_account,
        line.payer_inn,
        line.purpose,
        None if by_acquirer else line.paid_on,
        line.own_day,
        line.said,
        line.payment_id,
        line.outgoing,
        as_json(line.raw),
        _array(money.references),
        _array(money.inns),
        line.uin,
        line.payer_identifier,
    )


def _array(values: Collection[str]) -> str:
    """Numbers and letters only: nothing in them needs a quote."""
    return "{" + ",".join(sorted(values)) + "}" if values else EMPTY
