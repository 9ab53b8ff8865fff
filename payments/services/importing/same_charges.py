"""Waiting lines of a charge whose owner another line names: of this file, or of one before it.

A line finds the owner of its UIN among lines that count already. The one that names them may stand
beside it, or come later: then the first one is decided anew. Of another tax or region it waits on,
with its owner.
"""

from payments.models import Placement, Statement
from payments.services.importing.staging import ask
from payments.services.ledger.ledger import match_again

# That the lines have a UIN is said for its index, which holds few of them.
OF_SAME_CHARGE = """
SELECT DISTINCT place.id
FROM payments_statementline AS mine JOIN payments_statementline AS kept
    ON kept.uin = mine.uin AND kept.uin <> '' AND kept.account_id = mine.account_id
JOIN payments_placement AS place ON place.line_id = kept.id AND place.closed_at IS NULL
    AND place.place = 'queue' AND place.application_id IS NULL
    AND place.queue_reason IN ('unknown_payer', 'other_tax', 'other_budget')
WHERE mine.statement_id = %s AND mine.uin <> '' AND EXISTS (
    SELECT FROM payments_statementline AS other JOIN payments_placement AS months
        ON months.line_id = other.id AND months.closed_at IS NULL AND months.place = 'matched'
    WHERE other.uin = mine.uin AND other.uin <> ''
)
"""


def settle(statement: Statement) -> None:
    """The caller keeps other imports away."""
    found = [pk for (pk,) in ask(OF_SAME_CHARGE, statement.pk)]
    if found:
        match_again(placements=Placement.objects.filter(pk__in=found))
