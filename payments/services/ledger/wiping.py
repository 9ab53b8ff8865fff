"""Texts of payers are wiped some weeks after their money was decided; their hash stays.

What is left of a line is ours: its sum, days and likeness, the numbers of the receipts it paid, the
INN of the person whose money it is, what kind of account it came from. So it may be decided anew
and imported again as before. Lines about which staff have not decided keep everything.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pgtrigger
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from common.clock import now, today
from journal.services import finish_run, start_run
from payments.models import (
    Account,
    Outgoing,
    Placement,
    RefusedFile,
    Statement,
    StatementLine,
    Upload,
)
from payments.services.ledger.locks import hold_accounts

JOB = "payments.wiping"
AT_ONCE = 2000
MARK = 12  # letters of the hash in the name of a file that was taken in
HISTORIES = ("payments.PlacementHistory:append_only", "payments.OutgoingHistory:append_only")
logger = logging.getLogger(__name__)

# The guard of the table lets exactly this through, see migration 0014.
LINES = r"""
UPDATE payments_statementline AS line SET
    wiped_at = %s,
    texts_hash = statement_line_texts_hash(line),
    payer_name = '', raw = '{}',
    payer_account = CASE
        WHEN payer_account ~ '^(40817|40820|423|426)[0-9]+$'
        THEN rpad(left(payer_account, 5), length(payer_account), '0') ELSE payer_account END,
    payer_inn = CASE
        WHEN payer_inn ~ '^[0-9]{10}$' OR EXISTS (
            SELECT FROM payments_placement AS place
            JOIN patents_application AS application ON application.id = place.application_id
            JOIN patents_inn AS inn USING (person_id)
            WHERE place.line_id = line.id AND place.closed_at IS NULL AND inn.value = payer_inn
        ) THEN payer_inn ELSE '' END,
    purpose = coalesce((
        SELECT string_agg('MMC' || receipt.reference, ' ' ORDER BY place.id)
        FROM payments_placement AS place JOIN payments_receipt AS receipt
            ON receipt.id = place.receipt_id
        WHERE place.line_id = line.id AND place.closed_at IS NULL
    ), '')
WHERE id = ANY(%s)
"""
# A reason of the queue may name the INN of whoever paid.
REASONS = r"""
UPDATE payments_placement SET reason = regexp_replace(reason, '\m[0-9]{12}\M', '…', 'g')
WHERE line_id = ANY(%s) AND reason ~ '\m[0-9]{12}\M'
"""
FORMER_REASONS = REASONS.replace("payments_placement", "payments_placementhistory")
OUTGOING = """
UPDATE payments_outgoing SET purpose = '', raw = '{}'
WHERE id = ANY(%s)
"""
FORMER_OUTGOING = """
UPDATE payments_outgoinghistory SET purpose = '', raw = '{}'
WHERE pgh_obj_id = ANY(%s)
"""


def wipe_every_day() -> int | None:
    """One wiping a day, whoever asks; None when another has it. Returns how many lines it was."""
    run = start_run(job=JOB, period=f"{today()}")
    if run is None:
        return None
    wiped = wipe_payer_texts()
    finish_run(run)
    return wiped


def wipe_payer_texts() -> int:
    """Whatever was decided long ago; returns how many lines lost their texts."""
    long_ago = now() - timedelta(weeks=settings.PAYER_TEXTS_WEEKS)
    wiped = sum(_wipe(lines, long_ago) for lines in _batches(_decided(long_ago)))
    left = Outgoing.objects.filter(seen_at__lt=long_ago).exclude(purpose="", raw={})
    for rows in _batches(left):
        _wipe_outgoing(rows)
    _forget_files(long_ago)
    _forget_refused(long_ago)
    return wiped


def _decided(long_ago: datetime) -> QuerySet[StatementLine]:
    """None of their money waits for staff, and nothing has moved since."""
    current = Placement.objects.current().filter(line=OuterRef("pk"))
    undecided = Placement.objects.queued().filter(line=OuterRef("pk"))
    return StatementLine.objects.filter(
        Exists(current.filter(opened_at__lt=long_ago)),
        ~Exists(current.filter(opened_at__gte=long_ago)),
        ~Exists(undecided),
        wiped_at__isnull=True,
    )


def _batches(rows: QuerySet) -> Iterator[list[int]]:
    """Keys in their order, each batch asked when the one before it is written."""
    last = 0
    while keys := list(_after(rows, last)):
        yield keys
        last = keys[-1]


def _after(rows: QuerySet, last: int) -> QuerySet:
    return rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]


@transaction.atomic
def _wipe(lines: list[int], long_ago: datetime) -> int:
    """Nobody moves money of these lines meanwhile; what has moved since they were found stays."""
    hold_accounts(Account.objects.values_list("number", flat=True))
    still = _decided(long_ago).filter(pk__in=lines).values_list("pk", flat=True)
    wiped = list(still)
    with pgtrigger.ignore(*HISTORIES), connection.cursor() as cursor:
        cursor.execute(LINES, [now(), wiped])
        cursor.execute(REASONS, [wiped])
        cursor.execute(FORMER_REASONS, [wiped])
    return len(wiped)


@transaction.atomic
def _wipe_outgoing(rows: list[int]) -> None:
    with pgtrigger.ignore(*HISTORIES), connection.cursor() as cursor:
        cursor.execute(OUTGOING, [rows])
        cursor.execute(FORMER_OUTGOING, [rows])


# --- files that were taken in, and files that were not


def _forget_files(long_ago: datetime) -> None:
    """A file goes when all its lines are wiped: its hash stands in its statement. A refused one
    has no lines: it goes as long after its refusal."""
    for folder, may_go in (("done", _is_wiped), ("refused", _is_forgotten)):
        for path in sorted((Path(settings.STATEMENTS_DIR).parent / folder).glob("*")):
            if may_go(path.name[:MARK], long_ago):
                path.unlink(missing_ok=True)
                logger.info("the file of statement %s is wiped", path.name[:MARK])


def _forget_refused(long_ago: datetime) -> None:
    """An uploaded file that was refused has no lines here that say when it may go."""
    for upload in Upload.objects.filter(ended_at__lt=long_ago).exclude(file=""):
        upload.file.delete()


def _is_wiped(mark: str, long_ago: datetime) -> bool:
    """Of every account that the file speaks of; a file that nobody knows stays. An annulled one is
    read as well: it is a stranger's."""
    of_file = Statement.objects.filter(content_hash__startswith=mark)
    unread = of_file.filter(finished_at__isnull=True, annulled_at__isnull=True)
    texts = StatementLine.objects.filter(statement__in=of_file, wiped_at__isnull=True)
    young = of_file.filter(imported_at__gte=long_ago)
    return of_file.exists() and not any(rows.exists() for rows in (unread, young, texts))


def _is_forgotten(mark: str, long_ago: datetime) -> bool:
    """Refused long ago, each time it came, and somebody knows that it was."""
    refused = RefusedFile.objects.filter(content_hash__startswith=mark)
    waits = refused.unseen() | refused.filter(refused_at__gte=long_ago)
    return refused.exists() and not waits.exists()
