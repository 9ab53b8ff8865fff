"""Statement files into lines: kept as sent, each once, in whatever order the files come.

A file is staged whole or refused whole; then it is a `Statement` that is not finished yet. Slices
of it are posted one by one. A killed import is gone on with by importing the file again, and only a
finished statement says that its days are complete. One that is too odd is held: see `oddness`.
"""

import io
import os
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import translation
from django.utils.translation import gettext as _

from common import clock
from payments.models import Statement
from payments.services.importing import (
    completeness,
    divided,
    oddness,
    posting,
    registers,
    released,
    shared_days,
    slices,
    told_twice,
)
from payments.services.importing.outgoing import keep_outgoing
from payments.services.importing.posting import Placed
from payments.services.importing.progress import Progress
from payments.services.importing.staging import Staged, run, staged
from payments.services.ledger.locks import alone_with_imports, hold_accounts
from payments.statements import formats
from payments.statements.errors import NotAStatement
from payments.statements.model import StatementHead

SEEN = """
INSERT INTO payments_sighting (statement_id, digest, count)
SELECT %s, digest, count(*) FROM import_line WHERE account = %s GROUP BY digest
"""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """`lines` of the file are `matched`, `queued`, or `known`: they changed nothing."""

    file: str
    lines: int
    matched: int = 0
    queued: int = 0

    @property
    def known(self) -> int:
        return max(0, self.lines - self.matched - self.queued)


def import_statement(
    *, content: bytes | BinaryIO, name: str, progress: Progress | None = None
) -> ImportResult:
    """Take a statement file: all of it or, with NotAStatement, nothing. Call it outside of any
    transaction: it makes its own.

    The same file, a copy of it, another order of files, a kill in the middle or two processes at
    once change nothing.
    """
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    size = file.seek(0, os.SEEK_END)
    formats.must_not_be_too_big(size, settings.MAX_STATEMENT_BYTES)
    content_hash = formats.content_hash_of(file)
    known = _known(content_hash)
    if known is not None:
        return ImportResult(name, known)
    parser = formats.parser_of(file, registers.parsers())
    lines = parser.lines(file)
    watched = progress.follow(lines, file, size) if progress else lines
    with staged(watched, settings.ACQUIRER_PAYERS) as found:
        if formats.content_hash_of(file) != content_hash:
            raise NotAStatement(_("The file changed while it was read. Send it again."))
        return _take_in(found, content_hash, name, progress or Progress(content_hash))


def _known(content_hash: str) -> int | None:
    """How many lines this very file had; None when there is something left to read from it."""
    before = Statement.objects.filter(content_hash=content_hash)
    if not before or before.filter(finished_at__isnull=True, held_at__isnull=True).exists():
        return None
    return before.aggregate(lines=Sum("line_count"))["lines"]


def _take_in(found: Staged, content_hash: str, name: str, progress: Progress) -> ImportResult:
    lines = found.counts.total()
    accounts = [head.account for head in found.heads]
    # A stored reason is read by the centre's staff, whoever runs this.
    with alone_with_imports(accounts), translation.override(settings.LANGUAGE_CODE):
        if _known(content_hash) is not None:
            return ImportResult(name, lines)
        placed = _post(_begin(found, content_hash, name), progress)
    return ImportResult(name, lines, placed.matched, placed.queued)


def _post(statements: list[Statement], progress: Progress) -> Placed:
    slices.share_out([statement.pk for statement in statements])
    believed = {one.pk for one in statements if oddness.is_believed(one)}
    placed = sum((_other_files(one) for one in statements if one.pk in believed), Placed())
    todo, lines = slices.slices(), 0
    progress.begin_posting(sum(one.lines for one in todo))
    for number, one in enumerate(todo, start=1):
        placed += posting.post(one) if one.statement_id in believed else posting.hold(one)
        progress.add(one.lines)
        lines += one.lines
        slices.look_at_what_grew(number, lines)
    for one in statements:
        end = released.end if one.pk in believed else oddness.hold
        end(one)
    return placed


def _other_files(statement: Statement) -> Placed:
    """What becomes of lines that other files have shown."""
    shared_days.settle_staged(statement)
    return released.settle_denied(statement, [*told_twice.spared(), *divided.spared()])


@transaction.atomic
def _begin(found: Staged, content_hash: str, name: str) -> list[Statement]:
    """From here on the file is known, and what it shows speaks in the claims of other files."""
    hold_accounts([head.account for head in found.heads])
    return [_statement(head, found, content_hash, name) for head in found.heads]


def _statement(head: StatementHead, found: Staged, content_hash: str, name: str) -> Statement:
    account = completeness.own_account(head.account)
    if account is None:
        raise NotAStatement(_("The account %s is not one of ours.") % head.account)
    formats.must_have_come(head, clock.today())
    statement, is_new = Statement.objects.get_or_create(
        content_hash=content_hash,
        account=account,
        defaults={
            "file_name": name[-200:].encode(errors="replace").decode(),
            "sender": head.sender,
            "file_number": head.file_number,
            "first_day": head.first_day,
            "last_day": head.last_day,
            "formed_at": head.formed_at,
            "whole_through": head.whole_through,
            "balance_before": head.before,
            "balance_after": head.after,
            "line_count": found.counts[head.account],
            "incoming": found.sums.get(head.account, 0),
        },
    )
    if is_new:
        run(SEEN, statement.pk, head.account)
        keep_outgoing(statement, head.account)
    return statement
