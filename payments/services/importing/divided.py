"""Consolidated orders that a register divides: its rows are the money, the order is set aside.

A register belongs to an order when its rows with the order's number make the order's sum to the
kopeck, and the order itself names nobody. Whichever comes first, and no whole day denies the rows.
One row alone does where it stands in a register that staff described, and the day agrees, too.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Protocol, TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from common.formats import short_day
from payments.matching import Part
from payments.models import (
    PartOfOrder,
    Place,
    Placement,
    QueueReason,
    Statement,
    StatementLine,
)
from payments.services.importing.staging import ask, run
from payments.services.ledger import anew, elsewhere, ledger
from payments.services.ledger.books import Books
from payments.services.ledger.entries import Entry, entries_of
from payments.services.ledger.locks import hold_accounts

# A day that the register does not say may be any near the order's.
OF_ONE_ORDER = """
whole.document_number = rows.document_number AND whole.amount = rows.amount
AND whole.payment_id = '' AND rows.posted_on BETWEEN whole.posted_on - 7 AND whole.posted_on + 7
AND coalesce(rows.document_date, whole.document_date) IS NOT DISTINCT FROM whole.document_date
"""
# Two payments of one number and sum are rare, and rows that make a sum together are no accident.
ENOUGH = """
(rows.count > 1 OR (
    rows.document_date = whole.document_date
    OR rows.document_date IS NULL AND rows.posted_on = whole.posted_on
) AND EXISTS (
    SELECT FROM payments_statement AS file JOIN payments_register AS register USING (sender)
    WHERE {file} AND file.formed_at IS NULL
))
"""
STAGED = "file.id = ANY(%s) AND file.account_id = account.id"
KEPT = "file.id = rows.statement_id"
WAITS = """
EXISTS (
    SELECT FROM payments_placement AS place
    WHERE place.line_id = whole.id AND place.closed_at IS NULL AND (
        place.place = 'queue' AND place.application_id IS NULL
        AND place.queue_reason IN ('unknown_payer', 'ambiguous', 'other_tax', 'other_budget')
        AND place.decided_by_id IS NULL
        OR EXISTS (
            SELECT FROM payments_partoforder AS part
            JOIN payments_statementline AS known ON known.id = part.row_id
            WHERE part.line_id = whole.id AND known.digest = ANY(rows.digests)
        )
    )
)
"""
ROWS = "document_number <> '' AND said = 'new' AND payment_id = ''"
# A row that says nothing of its day, or has one of its own, may be one of many of an order.
OF_MANY = "bool_and(own_day OR paid_on IS NULL)"
OF_STAGED_ROWS = f"""
WITH rows AS (
    SELECT account, document_number, document_date, max(posted_on) AS posted_on,
        sum(amount) AS amount, array_agg(DISTINCT digest) AS digests, count(*) AS count
    FROM import_line WHERE {ROWS} GROUP BY 1, 2, 3 HAVING {OF_MANY}
)
SELECT DISTINCT ON (rows.account, rows.document_number, rows.document_date) rows.digests, whole.id
FROM rows JOIN payments_account AS account ON account.number = rows.account
JOIN payments_statementline AS whole ON whole.account_id = account.id AND {OF_ONE_ORDER}
WHERE {ENOUGH.format(file=STAGED)} AND {WAITS}
ORDER BY rows.account, rows.document_number, rows.document_date, whole.id
"""
KEPT_ROWS = f"""
SELECT account_id, statement_id, document_number, document_date, max(posted_on) AS posted_on,
    sum(amount) AS amount, array_agg(id) AS ids, array_agg(DISTINCT digest) AS digests,
    count(*) AS count
FROM payments_statementline AS kept
WHERE {ROWS} AND {{which}}
    AND NOT EXISTS (SELECT FROM payments_partoforder AS part WHERE part.row_id = kept.id)
    AND NOT EXISTS (
        SELECT FROM payments_placement AS place WHERE place.line_id = kept.id
            AND place.closed_at IS NULL AND place.place = 'set_aside')
GROUP BY 1, 2, 3, 4 HAVING {OF_MANY}
"""
OF_STAGED_NUMBERS = "document_number IN (SELECT document_number FROM import_line WHERE inns = '{}')"
OF_STAGED_WHOLES = f"""
WITH rows AS ({KEPT_ROWS.format(which=OF_STAGED_NUMBERS)})
SELECT DISTINCT ON (whole.digest) whole.digest, rows.ids
FROM import_line AS whole JOIN payments_account AS account ON account.number = whole.account
JOIN rows ON rows.account_id = account.id AND {OF_ONE_ORDER}
WHERE {ENOUGH.format(file=KEPT)} AND whole.inns = '{{}}' AND whole.named = '{{}}' AND NOT EXISTS (
    SELECT FROM payments_statementline AS same WHERE same.digest = whole.digest
)
ORDER BY whole.digest, rows.statement_id
"""
OF_RELEASED_ROWS = f"""
WITH rows AS ({KEPT_ROWS.format(which="statement_id = %s")})
SELECT DISTINCT ON (rows.ids) rows.ids, whole.id
FROM rows JOIN payments_statementline AS whole
    ON whole.account_id = rows.account_id AND whole.statement_id <> rows.statement_id
    AND {OF_ONE_ORDER}
WHERE {ENOUGH.format(file=KEPT)} AND {WAITS} ORDER BY rows.ids, whole.id
"""
OF_RELEASED_NUMBERS = """
document_number IN (SELECT document_number FROM payments_statementline WHERE statement_id = %s)
AND statement_id <> %s
"""
OF_RELEASED_WHOLES = f"""
WITH rows AS ({KEPT_ROWS.format(which=OF_RELEASED_NUMBERS)})
SELECT whole.id, rows.ids
FROM payments_statementline AS whole
JOIN rows ON rows.account_id = whole.account_id AND {OF_ONE_ORDER}
WHERE whole.statement_id = %s AND whole.occurrence = 1 AND {ENOUGH.format(file=KEPT)}
    AND NOT EXISTS (SELECT FROM payments_partoforder AS part WHERE part.line_id = whole.id)
ORDER BY whole.id, rows.statement_id
"""
DENIED_ROWS = """
SELECT DISTINCT part.row_id FROM payments_partoforder AS part
JOIN payments_statementline AS whole ON whole.id = part.line_id
JOIN payments_placement AS place ON place.line_id = part.row_id
    AND place.closed_at IS NULL AND place.queue_reason = 'repeat' AND place.decided_by_id IS NULL
WHERE whole.statement_id = %s AND part.row_id > %s ORDER BY 1 LIMIT %s
"""
DIVIDED_ORDERS = """
SELECT part.line_id FROM payments_partoforder AS part
JOIN payments_statementline AS whole ON whole.id = part.line_id WHERE whole.statement_id = %s
UNION
SELECT part.line_id FROM payments_partoforder AS part
JOIN payments_statementline AS mine ON mine.id = part.row_id WHERE mine.statement_id = %s
"""
ROWS_OF_ORDERS = """
SELECT part.row_id FROM payments_partoforder AS part WHERE part.line_id = ANY(%s)
AND part.row_id > %s AND EXISTS (
    SELECT FROM payments_placement AS place
    WHERE place.line_id = part.row_id AND place.closed_at IS NULL AND place.decided_by_id IS NULL
        AND place.queue_reason NOT IN ('other_tax', 'other_budget')
)
ORDER BY 1 LIMIT %s
"""
AT_ONCE = 500
TABLE = "CREATE TEMP TABLE import_division (digest text, line_id bigint, rows bigint[])"

T = TypeVar("T")


class Row(Protocol):
    """A line that was just kept."""

    line_id: int
    occurrence: int

    @property
    def sample(self): ...


def find(statement_ids: list[int]) -> None:
    """Which staged lines are rows of kept orders, and which are orders of kept rows."""
    run(TABLE)
    for digests, line_id in ask(OF_STAGED_ROWS, statement_ids):
        run("INSERT INTO import_division SELECT unnest(%s::text[]), %s, NULL", digests, line_id)
    for digest, ids in _each_once(ask(OF_STAGED_WHOLES)):
        run("INSERT INTO import_division VALUES (%s, NULL, %s)", digest, ids)


def _each_once(found: Iterable[tuple[T, list[int]]]) -> Iterator[tuple[T, list[int]]]:
    """No row divides two orders, and no order is divided twice."""
    done: set[T] = set()
    used: set[int] = set()
    for order, ids in found:
        if order not in done and used.isdisjoint(ids):
            done.add(order)
            used.update(ids)
            yield order, ids


def spared() -> list[int]:
    """Kept rows whose order the staged file brings: it denies them no more."""
    return [pk for (pk,) in ask("SELECT unnest(rows) FROM import_division")]


def note_parts(rows: Iterable[Row]) -> None:
    """Rows of orders that are there; the orders wait no more. The caller holds the account."""
    orders = {row.line_id: row.sample.order_id for row in rows if row.sample.order_id}
    _note(orders)
    _set_aside(set(orders.values()))


def set_aside_wholes(rows: Iterable[Row]) -> set[int]:
    """Orders of rows that are there; returns them. The caller holds the account."""
    wholes = {
        row.line_id: row.sample.rows for row in rows if row.sample.rows and row.occurrence == 1
    }
    _divide(wholes)
    return set(wholes)


def settle_released(statement_id: int) -> None:
    """As for the lines of a file that is taken in: nobody looked for their orders while they were
    held. The caller holds the account, and lets their lines be decided."""
    orders = ask(OF_RELEASED_ROWS, statement_id)
    _believe(_divide({line_id: ids for ids, line_id in orders}))
    wholes = dict(_each_once(ask(OF_RELEASED_WHOLES, *[statement_id] * 3)))
    nameless = {entry.line_id for entry in entries_of(_lines(wholes)) if _names_nobody(entry)}
    _divide({line_id: ids for line_id, ids in wholes.items() if line_id in nameless})


def _names_nobody(entry: Entry) -> bool:
    return not entry.references and not entry.money.inns


def _divide(wholes: dict[int, list[int]]) -> list[int]:
    """Returns the rows."""
    parts = {part: whole for whole, ids in wholes.items() for part in ids}
    _note(parts)
    _set_aside(set(wholes))
    return list(parts)


def settle_orders(statement: Statement) -> None:
    """What orders change about rows that were there before them, some at a time: an order may have
    tens of thousands, and their people do not wait for all of them. Killed, it goes on the next
    time; the caller keeps other imports away, and the days incomplete until then."""
    for rows in _some(DENIED_ROWS, statement.pk):
        _settle_some(statement, rows, _believe)
    orders = [pk for (pk,) in ask(DIVIDED_ORDERS, statement.pk, statement.pk)]
    wholes = list(elsewhere.of_lines(orders)) if orders else []
    for rows in _some(ROWS_OF_ORDERS, wholes):
        _settle_some(statement, rows, _decide_astray)


def _some(command: str, *values) -> Iterator[list[int]]:
    last = 0
    while rows := [pk for (pk,) in ask(command, *values, last, AT_ONCE)]:
        yield rows
        last = rows[-1]


@transaction.atomic
def _settle_some(
    statement: Statement, row_ids: list[int], settle: Callable[[list[int]], None]
) -> None:
    hold_accounts([statement.account.number])
    settle(row_ids)


def _decide_astray(row_ids: list[int]) -> None:
    """Rows that counted before their order came, whose КБК or ОКТМО is not ours."""
    anew.decide_anew(_lines(row_ids))


def _note(orders: dict[int, int]) -> None:
    PartOfOrder.objects.bulk_create(
        [PartOfOrder(row_id=row, line_id=line) for row, line in orders.items()]
    )


def _set_aside(line_ids: Collection[int]) -> None:
    """Nobody's money until now: nobody is told."""
    lines = _lines(line_ids)
    with translation.override(settings.LANGUAGE_CODE):
        for entry, line in zip(entries_of(lines), lines, strict=True):
            books = Books()
            books.move(entry, [Part(line.amount, Place.SET_ASIDE, _reason(line))])
            books.write()


def _lines(keys: Iterable[int]) -> list[StatementLine]:
    return list(StatementLine.objects.filter(pk__in=list(keys)).prefetch_related("placements"))


def _reason(line: StatementLine) -> str:
    return _("Order %(number)s of %(day)s is counted by the rows of its register.") % {
        "number": line.document_number,
        "day": short_day(line.document_date or line.posted_on),
    }


def _believe(row_ids: list[int]) -> None:
    """Rows that a whole day without their order had denied are money again."""
    denied = Placement.objects.queued().filter(
        line__in=row_ids, queue_reason=QueueReason.REPEAT, decided_by=None
    )
    lines = StatementLine.objects.filter(pk__in=denied.values("line"))
    ledger.place_lines(list(lines.prefetch_related("placements")))
