"""Consolidated orders that a register divides: its rows are the money, the order is set aside.

A register belongs to an order when its rows with the order's number make the order's sum to the
kopeck, and the order itself names nobody. Whichever comes first, and no whole day denies the rows.
"""

from collections.abc import Collection, Iterable
from typing import Protocol

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from common.formats import short_day
from payments.matching import Part
from payments.models import PartOfOrder, Place, Placement, QueueReason, StatementLine
from payments.services.importing.staging import ask, run
from payments.services.ledger import ledger
from payments.services.ledger.books import Books
from payments.services.ledger.entries import entries_of

# A day that the register does not say may be any near the order's.
NEAR = "rows.posted_on BETWEEN whole.posted_on - 7 AND whole.posted_on + 7"
WAITS = """
EXISTS (
    SELECT FROM payments_placement AS place
    WHERE place.line_id = whole.id AND place.closed_at IS NULL AND (
        place.place = 'queue' AND place.application_id IS NULL
        AND place.queue_reason IN ('unknown_payer', 'ambiguous') AND place.decided_by_id IS NULL
        OR EXISTS (
            SELECT FROM payments_partoforder AS part
            JOIN payments_statementline AS known ON known.id = part.row_id
            WHERE part.line_id = whole.id AND known.digest = ANY(rows.digests)
        )
    )
)
"""
OF_STAGED_ROWS = f"""
WITH rows AS (
    SELECT account, document_number, document_date, max(posted_on) AS posted_on,
        sum(amount) AS amount, array_agg(DISTINCT digest) AS digests
    FROM import_line WHERE document_number <> '' AND said = 'new' AND payment_id = ''
    GROUP BY 1, 2, 3 HAVING count(*) > 1 AND bool_and(own_day OR paid_on IS NULL)
)
SELECT DISTINCT ON (rows.account, rows.document_number, rows.document_date) rows.digests, whole.id
FROM rows JOIN payments_account AS account ON account.number = rows.account
JOIN payments_statementline AS whole ON whole.account_id = account.id
    AND whole.document_number = rows.document_number AND whole.amount = rows.amount
    AND whole.payment_id = '' AND {NEAR}
    AND coalesce(rows.document_date, whole.document_date)
        IS NOT DISTINCT FROM whole.document_date
WHERE {WAITS} ORDER BY rows.account, rows.document_number, rows.document_date, whole.id
"""
OF_STAGED_WHOLES = f"""
WITH rows AS (
    SELECT kept.account_id, kept.statement_id, kept.document_number, kept.document_date,
        max(kept.posted_on) AS posted_on, sum(kept.amount) AS amount, array_agg(kept.id) AS ids
    FROM payments_statementline AS kept
    WHERE kept.document_number IN (SELECT document_number FROM import_line WHERE inns = '{{}}')
        AND kept.document_number <> '' AND kept.said = 'new' AND kept.payment_id = ''
        AND NOT EXISTS (SELECT FROM payments_partoforder AS part WHERE part.row_id = kept.id)
        AND NOT EXISTS (
            SELECT FROM payments_placement AS place WHERE place.line_id = kept.id
                AND place.closed_at IS NULL AND place.place = 'set_aside')
    GROUP BY 1, 2, 3, 4 HAVING count(*) > 1 AND bool_and(own_day OR paid_on IS NULL)
)
SELECT DISTINCT ON (whole.digest) whole.digest, rows.ids
FROM import_line AS whole JOIN payments_account AS account ON account.number = whole.account
JOIN rows ON rows.account_id = account.id AND rows.document_number = whole.document_number
    AND rows.amount = whole.amount AND {NEAR}
    AND coalesce(rows.document_date, whole.document_date)
        IS NOT DISTINCT FROM whole.document_date
WHERE whole.inns = '{{}}' AND whole.named = '{{}}' AND whole.payment_id = '' AND NOT EXISTS (
    SELECT FROM payments_statementline AS same WHERE same.digest = whole.digest
)
ORDER BY whole.digest, rows.statement_id
"""
TABLE = "CREATE TEMP TABLE import_division (digest text, line_id bigint, rows bigint[])"


class Row(Protocol):
    """A line that was just kept."""

    line_id: int
    occurrence: int

    @property
    def sample(self): ...


def find() -> None:
    """Which staged lines are rows of kept orders, and which are orders of kept rows."""
    run(TABLE)
    for digests, line_id in ask(OF_STAGED_ROWS):
        run("INSERT INTO import_division SELECT unnest(%s::text[]), %s, NULL", digests, line_id)
    used: set[int] = set()
    for digest, ids in ask(OF_STAGED_WHOLES):
        if used.isdisjoint(ids):
            used.update(ids)
            run("INSERT INTO import_division VALUES (%s, NULL, %s)", digest, ids)


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
    parts = {part: whole for whole, ids in wholes.items() for part in ids}
    _note(parts)
    _set_aside(set(wholes))
    _believe(list(parts))
    return set(wholes)


def _note(orders: dict[int, int]) -> None:
    PartOfOrder.objects.bulk_create(
        [PartOfOrder(row_id=row, line_id=line) for row, line in orders.items()]
    )


def _set_aside(line_ids: Collection[int]) -> None:
    """Nobody's money until now: nobody is told."""
    lines = StatementLine.objects.filter(pk__in=line_ids).prefetch_related("placements")
    with translation.override(settings.LANGUAGE_CODE):
        for entry, line in zip(entries_of(found := list(lines)), found, strict=True):
            books = Books()
            books.move(entry, [Part(line.amount, Place.SET_ASIDE, _reason(line))])
            books.write()


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
