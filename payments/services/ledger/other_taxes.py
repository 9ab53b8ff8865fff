"""Lines whose КБК (104) is of another tax: since 2023 one account of the Treasury takes them all.

What the single tax payment (ЕНП) got is no month of a patent. A line without a КБК, or with zeros,
is taken as ours; so is every КБК that requisites of the region ever had: old papers are still paid.
"""

from collections.abc import Collection

from django.conf import settings
from django.db import connection

# By format: 1C, ГИС ГМП, camt.053. Registers have none.
GIVEN = """coalesce(
    line.raw ->> 'ПоказательКБК', line.raw ->> 'kbk',
    line.raw ->> 'TxDtls.RmtInf.Strd.TaxRmt.Rcrd.CtgyDtls', line.raw ->> 'TxDtls.Tax.Rcrd.CtgyDtls'
)"""
# Its two parameters are the region, twice.
OTHER = f"""(
    SELECT given FROM (SELECT {GIVEN} AS given OFFSET 0) AS sent
    WHERE given ~ '^[0-9]{{20}}$' AND given ~ '[1-9]'
        AND given <> ALL (SELECT kbk FROM payments_requisites WHERE region = %s)
        AND EXISTS (SELECT FROM payments_requisites WHERE region = %s)
)"""
OF_LINES = f"""
SELECT id, other FROM payments_statementline AS line
CROSS JOIN LATERAL (SELECT {OTHER} AS other) AS found
WHERE id = ANY(%s) AND other IS NOT NULL
"""


def other_kbks(line_ids: Collection[int]) -> dict[int, str]:
    """By line, where the КБК is not ours; one question."""
    region = settings.REGION
    with connection.cursor() as cursor:
        cursor.execute(OF_LINES, [region, region, list(line_ids)])
        return dict(cursor.fetchall())
