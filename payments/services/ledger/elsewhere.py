"""Lines whose own requisites lead elsewhere: a КБК (104) of another tax, an ОКТМО (105) of another
region. Since 2023 one account of the Treasury takes them all.

What the single tax payment (ЕНП) got is no month of a patent, nor is what another region's budget
got. A line that says nothing, or zeros, is taken as ours; so is every КБК, and the region of every
ОКТМО, that requisites ever had: old papers are still paid.
"""

from collections.abc import Collection

from django.conf import settings
from django.db import connection

# By format: 1C, ГИС ГМП, camt.053. Registers have none.
KBK = """coalesce(
    {0}.raw ->> 'ПоказательКБК', {0}.raw ->> 'kbk',
    {0}.raw ->> 'TxDtls.RmtInf.Strd.TaxRmt.Rcrd.CtgyDtls', {0}.raw ->> 'TxDtls.Tax.Rcrd.CtgyDtls'
)"""
OKTMO = """coalesce(
    {0}.raw ->> 'ОКАТО', {0}.raw ->> 'oktmo',
    {0}.raw ->> 'TxDtls.RmtInf.Strd.TaxRmt.AdmstnZone', {0}.raw ->> 'TxDtls.Tax.AdmstnZone'
)"""
# The first two digits of an ОКТМО are its region. Its parameter is ours; of no requisites nothing
# is asked.
OURS = """(
    SELECT array_agg(kbk) AS kbks, array_agg(left(oktmo, 2)) AS regions
    FROM payments_requisites WHERE region = %s
) AS ours"""


def _said(field: str, pattern: str, lines: Collection[str]) -> str:
    """What the first of the lines says that says anything."""
    each = (f"substring({field.format(line)} FROM '^(?=.*[1-9])({pattern})$')" for line in lines)
    return f"coalesce({', '.join(each)})"


def other(*lines: str) -> str:
    """Two columns, the КБК and the ОКТМО where they are not ours, beside `OURS`. The names are
    those of the line and of what speaks for it where it says nothing itself."""
    kbk = _said(KBK, "[0-9]{20}", lines)
    oktmo = _said(OKTMO, "[0-9]{8}|[0-9]{11}", lines)
    return f"""
    (SELECT said FROM (SELECT {kbk} AS said OFFSET 0) AS kbk WHERE said <> ALL (ours.kbks)),
    (SELECT said FROM (SELECT {oktmo} AS said OFFSET 0) AS oktmo
        WHERE left(said, 2) <> ALL (ours.regions))
    """


# A notice of ГИС ГМП and the order of a register's row speak for a line that has neither.
OF_LINES = f"""
SELECT * FROM (
    SELECT line.id, {other("line", "notice", "whole")}
    FROM payments_statementline AS line CROSS JOIN {OURS}
    LEFT JOIN payments_samepayment AS pair ON pair.line_id = line.id
    LEFT JOIN payments_statementline AS notice ON notice.id = pair.notice_id
    LEFT JOIN payments_partoforder AS part ON part.row_id = line.id
    LEFT JOIN payments_statementline AS whole ON whole.id = part.line_id
    WHERE line.id = ANY(%s)
) AS found (id, kbk, oktmo) WHERE kbk IS NOT NULL OR oktmo IS NOT NULL
"""


def of_lines(line_ids: Collection[int]) -> dict[int, dict[str, str]]:
    """What a `MoneyIn` takes of lines whose КБК or ОКТМО is not ours; one question."""
    with connection.cursor() as cursor:
        cursor.execute(OF_LINES, [settings.REGION, list(line_ids)])
        return {pk: as_said(kbk, oktmo) for pk, kbk, oktmo in cursor.fetchall()}


def as_said(kbk: str | None, oktmo: str | None) -> dict[str, str]:
    return {"other_kbk": kbk or "", "other_oktmo": oktmo or ""}
