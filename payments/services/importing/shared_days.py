"""Orders that gather many workers: their date is the day of the order, never that of a worker.

They are known by one number, day and payer with lines about different workers, whichever files show
these, but for lines that have a day of their own: one payment that is posted on another day, after
a file denied it, stays one worker's. What a file shows while nobody believes it tells nothing.
"""

from django.db import transaction

from payments.models import SharedDay, Statement, StatementLine
from payments.services.importing.staging import ask, run
from payments.services.ledger import anew
from payments.services.ledger.locks import hold_accounts

AT_ONCE = 500
# `kept` and `other` are lines of one order; the number leads by its index.
OF_ONE_ORDER = """
kept.document_number = other.document_number AND kept.payer_account = other.payer_account
AND kept.document_date IS NOT DISTINCT FROM other.document_date AND kept.digest <> other.digest
AND kept.document_number <> '' AND NOT kept.own_day AND NOT other.own_day
AND (kept.payer_inn, kept.purpose, kept.amount)
    IS DISTINCT FROM (other.payer_inn, other.purpose, other.amount)
"""
BELIEVED = """
EXISTS (
    SELECT FROM payments_sighting AS seen JOIN payments_statement AS file
        ON file.id = seen.statement_id
    WHERE seen.digest = {kept}.digest AND file.odd_lines IS NOT NULL
        AND (file.held_at IS NULL OR file.released_at IS NOT NULL)
)
"""
KEPT_BESIDE = f"""
FROM import_line AS other JOIN payments_account AS account ON account.number = other.account
JOIN payments_statementline AS kept ON kept.account_id = account.id AND {OF_ONE_ORDER}
WHERE {BELIEVED.format(kept="kept")}
"""
FIND = f"""
CREATE TEMP TABLE import_shared AS
SELECT account, document_number, document_date, payer_account FROM import_line
WHERE document_number <> '' AND NOT own_day GROUP BY 1, 2, 3, 4
HAVING min(payer_inn) <> max(payer_inn) OR min(purpose) <> max(purpose)
    OR min(amount) <> max(amount)
UNION
SELECT account.number, kept.document_number, kept.document_date, kept.payer_account {KEPT_BESIDE}
"""
KEPT_WITH_A_DAY = """
FROM import_shared AS order_of_many
JOIN payments_account AS account ON account.number = order_of_many.account
JOIN payments_statementline AS kept ON kept.account_id = account.id
    AND kept.document_number = order_of_many.document_number
    AND kept.document_date IS NOT DISTINCT FROM order_of_many.document_date
    AND kept.payer_account = order_of_many.payer_account
"""
OF_STAGED = f"""
SELECT DISTINCT kept.id {KEPT_WITH_A_DAY}
WHERE account.id = %s AND kept.paid_on IS NOT NULL AND NOT kept.own_day
    AND NOT EXISTS (SELECT FROM payments_sharedday AS known WHERE known.line_id = kept.id)
ORDER BY 1 LIMIT %s
"""
# Both sides of a pair of which one stands in a file that is believed only now.
OF_RELEASED = f"""
WITH pairs AS (
    SELECT kept.id AS kept_id, other.id AS other_id
    FROM payments_sighting AS shown
    JOIN payments_statementline AS other ON other.digest = shown.digest
    JOIN payments_statementline AS kept ON kept.account_id = other.account_id AND {OF_ONE_ORDER}
    WHERE shown.statement_id = %s AND {BELIEVED.format(kept="kept")}
)
SELECT line.id FROM (SELECT kept_id AS id FROM pairs UNION SELECT other_id FROM pairs) AS found
JOIN payments_statementline AS line USING (id)
WHERE line.paid_on IS NOT NULL
    AND NOT EXISTS (SELECT FROM payments_sharedday AS known WHERE known.line_id = line.id)
ORDER BY 1 LIMIT %s
"""


def find() -> None:
    """Which orders of the staged lines gather many, by these lines and by those kept before."""
    run(FIND)
    run("ANALYZE import_shared")


def settle_staged(statement: Statement) -> None:
    """Lines of other files that had the day of such an order lose it."""
    _lose(statement, OF_STAGED, statement.account_id)


def settle_released(statement: Statement) -> None:
    _lose(statement, OF_RELEASED, statement.pk)


def _lose(statement: Statement, command: str, key: int) -> None:
    while found := [pk for (pk,) in ask(command, key, AT_ONCE)]:
        _lose_some(statement, found)


@transaction.atomic
def _lose_some(statement: Statement, line_ids: list[int]) -> None:
    hold_accounts([statement.account.number])
    SharedDay.objects.bulk_create([SharedDay(line_id=pk) for pk in line_ids])
    lines = StatementLine.objects.filter(pk__in=line_ids).order_by("pk")
    anew.decide_anew(list(lines.select_related("account").prefetch_related("placements")))
