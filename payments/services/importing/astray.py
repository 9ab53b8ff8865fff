"""Months that a staged file would take back: of lines that said no code until it said one for them.

A notice speaks for its line, an order for the rows of its register: where what it says is of
another tax or region, whatever counted waits again.
"""

from django.conf import settings

from payments.models import Statement
from payments.services.importing.staging import ask
from payments.services.ledger import elsewhere

# A line speaks before its notice and before its order, whichever of them is staged.
WOULD_WAIT = f"""
WITH told AS (
    SELECT digest, unnest(kept) AS id FROM import_pair
    UNION SELECT digest, unnest(rows) FROM import_division WHERE rows IS NOT NULL
)
SELECT count(DISTINCT id) FROM (
    SELECT told.id, {elsewhere.other("first", "second")}
    FROM told JOIN payments_statementline AS kept ON kept.id = told.id AND kept.account_id = %s
    JOIN import_line AS mine ON mine.digest = told.digest
    CROSS JOIN LATERAL (
        SELECT CASE WHEN kept.payment_id = '' THEN kept.raw ELSE mine.raw END AS raw
    ) AS first
    CROSS JOIN LATERAL (
        SELECT CASE WHEN kept.payment_id = '' THEN mine.raw ELSE kept.raw END AS raw
    ) AS second
    CROSS JOIN {elsewhere.OURS}
    WHERE EXISTS (
        SELECT FROM payments_placement AS place
        WHERE place.line_id = kept.id AND place.closed_at IS NULL AND place.place = 'matched'
            AND place.decided_by_id IS NULL
    )
) AS found (id, kbk, oktmo) WHERE kbk IS NOT NULL OR oktmo IS NOT NULL
"""


def counted_money(statement: Statement) -> int:
    """How many lines count as somebody's months today, and would not any more."""
    return int(ask(WOULD_WAIT, statement.account_id, settings.REGION)[0][0])
