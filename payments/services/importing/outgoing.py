"""What left the accounts is kept beside the ledger and looked at by staff."""

from accounts.models import User
from common import clock
from payments.models import Outgoing, Statement
from payments.services.importing.staging import run

# The receipt that it names says whose it is, else an INN: of their applications the last.
KEPT = """
INSERT INTO payments_outgoing (
    statement_id, account_id, application_id, digest, occurrence, posted_on, document_number,
    amount, purpose, raw
)
SELECT %s, %s, coalesce(of_receipt.application_id, of_holder.id), line.digest,
    row_number() OVER (PARTITION BY line.digest ORDER BY line.seq), line.posted_on,
    line.document_number, line.amount, line.purpose, line.raw
FROM import_outgoing AS line
LEFT JOIN LATERAL (
    SELECT application_id FROM payments_receipt WHERE reference = ANY(line.named)
    ORDER BY id LIMIT 1
) AS of_receipt ON true
LEFT JOIN LATERAL (
    SELECT application.id FROM patents_inn AS inn JOIN patents_application AS application
        USING (person_id)
    WHERE inn.value = ANY(line.inns) AND inn.valid_until IS NULL
    ORDER BY application.accepted_on DESC, application.id DESC LIMIT 1
) AS of_holder ON true
WHERE line.account = %s
ON CONFLICT (digest, occurrence) DO NOTHING
"""


def keep_outgoing(statement: Statement, account: str) -> None:
    """Of a staged file; what another file showed already stays one."""
    run(KEPT, statement.pk, statement.account_id, account)


def look_at(*, rows, actor: User) -> int:
    """Somebody saw whose money it was; returns how many were not seen before."""
    unseen = Outgoing.objects.unseen().filter(pk__in=rows.values("pk"))
    return unseen.update(seen_at=clock.now(), seen_by=actor)
