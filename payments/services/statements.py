"""Statement files into lines: kept as sent, each once, in whatever order the files come."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from common import clock
from common.batches import batches
from payments.models import Account, Place, QueueReason, Sighting, Statement, StatementLine
from payments.services import completeness, ledger, registers
from payments.services.locks import hold_accounts
from payments.statements import formats
from payments.statements.claims import Claim, Doubt, FileFacts, claim
from payments.statements.errors import NotAStatement
from payments.statements.model import Line, ParsedStatement

AT_ONCE = 2000
FILE_FACTS = ("sender", "file_number", "formed_at", "first_day", "whole_through")


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


def import_statement(*, content: bytes, name: str) -> ImportResult:
    """Take a statement file: all of it or, with NotAStatement, nothing.

    The same file, a copy of it, another order of files or two processes at once change nothing.
    """
    parsed = formats.parse(
        content,
        longest=settings.MAX_STATEMENT_BYTES,
        acquirers=settings.ACQUIRER_PAYERS,
        more=registers.parsers(),
    )
    formats.must_have_come(parsed, clock.today())
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        return _take_in(parsed, formats.content_hash(content), name)


def _take_in(parsed: ParsedStatement, content_hash: str, name: str) -> ImportResult:
    hold_accounts([parsed.account])
    account = completeness.own_account(parsed.account)
    if account is None:
        raise NotAStatement(_("The account %s is not one of ours.") % parsed.account)
    if Statement.objects.filter(content_hash=content_hash).exists():
        return ImportResult(name, len(parsed.lines))
    statement = _keep(parsed, account, content_hash, name)
    completeness.recompute(account)
    matched, queued = _place(statement, parsed)
    return ImportResult(name, len(parsed.lines), matched, queued)


def _keep(parsed: ParsedStatement, account: Account, content_hash: str, name: str) -> Statement:
    statement = Statement.objects.create(
        content_hash=content_hash,
        file_name=name[-200:].encode(errors="replace").decode(),
        account=account,
        sender=parsed.sender,
        file_number=parsed.file_number,
        first_day=parsed.first_day,
        last_day=parsed.last_day,
        formed_at=parsed.formed_at,
        whole_through=parsed.whole_through,
        line_count=len(parsed.lines),
        incoming=parsed.incoming,
    )
    counts = Counter(line.digest for line in parsed.lines)
    rows = (Sighting(statement=statement, digest=digest, count=n) for digest, n in counts.items())
    Sighting.objects.bulk_create(rows, batch_size=AT_ONCE)
    return statement


# --- how many of equal lines are real, and which rows those are


@dataclass
class Plan:
    """What is to happen to rows before anything is written."""

    decide: list[StatementLine] = field(default_factory=list)
    hold: list[tuple[StatementLine, Claim]] = field(default_factory=list)
    counted: list[StatementLine] = field(default_factory=list)


def _place(statement: Statement, parsed: ParsedStatement) -> tuple[int, int]:
    """Bring the rows of every digest that this file speaks of in line with all files together.

    Returns how many lines were matched and how many were queued.
    """
    samples = {line.digest: line for line in parsed.lines}
    days = {digest: line.posted_on for digest, line in samples.items()}
    days |= _denied(statement, samples)
    claims = _claims(statement.account, days)
    _add_rows(statement, samples, claims)
    plan = Plan()
    for digest, rows in _rows_of(claims).items():
        _plan_rows(plan, statement.account, rows, claims[digest])
    return _carry_out(plan)


def _carry_out(plan: Plan) -> tuple[int, int]:
    queued = 0
    for row in plan.counted:
        ledger.set_aside(line=row, reason=_("Counted in the opening of the account."))
    for row, why in plan.hold:
        queued += _is_new(row) and why.doubt != Doubt.REPEAT
        ledger.hold_as_repeat(line=row, proven=why.doubt == Doubt.REPEAT, reason=_why_held(why))
    placed = ledger.place_lines(plan.decide)
    return placed.matched, placed.queued + queued


def _denied(statement: Statement, samples: dict[str, Line]) -> dict[str, date]:
    """Lines known from other files that this one, being whole, says are not there."""
    if statement.whole_through is None:
        return {}
    of_its_days = StatementLine.objects.filter(
        account=statement.account,
        posted_on__gte=statement.first_day,
        posted_on__lte=statement.whole_through,
    )
    known = of_its_days.values_list("digest", "posted_on")
    return {digest: day for digest, day in known if digest not in samples}


def _claims(account: Account, days: dict[str, date]) -> dict[str, Claim]:
    if not days:
        return {}
    files = {
        row.pk: FileFacts(**{name: getattr(row, name) for name in FILE_FACTS})
        for row in Statement.objects.filter(
            account=account, first_day__lte=max(days.values()), last_day__gte=min(days.values())
        )
    }
    seen = defaultdict(list)
    for statement_id, digest, count in _sightings(files, days):
        seen[digest].append((files[statement_id], count))
    return {
        digest: claim(day, seen[digest], whole_day_known=_whole_day_known(files, day))
        for digest, day in days.items()
    }


def _sightings(files: dict[int, FileFacts], days: dict[str, date]) -> Iterable[tuple]:
    rows = Sighting.objects.filter(statement_id__in=files).order_by("pk")
    for some in batches(list(days), AT_ONCE):
        found = rows.filter(digest__in=some)
        yield from found.values_list("statement_id", "digest", "count")


def _whole_day_known(files: dict[int, FileFacts], day: date) -> bool:
    return any(file.is_whole_on(day) for file in files.values())


def _add_rows(statement: Statement, samples: dict[str, Line], claims: dict[str, Claim]) -> None:
    """As many rows as any reading of the files allows; the constraint keeps each of them one."""
    rows = (
        _row(statement, line, occurrence)
        for digest, line in samples.items()
        for occurrence in range(1, claims[digest].shown + 1)
    )
    StatementLine.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)


def _row(statement: Statement, line: Line, occurrence: int) -> StatementLine:
    return StatementLine(
        statement=statement,
        account=statement.account,
        digest=line.digest,
        occurrence=occurrence,
        posted_on=line.posted_on,
        document_number=line.document_number,
        document_date=line.document_date,
        amount=line.amount,
        payer_name=line.payer_name,
        payer_account=line.payer_account,
        payer_inn=line.payer_inn,
        purpose=line.purpose,
        paid_on=line.paid_on,
        raw=line.raw,
    )


def _rows_of(digests: Iterable[str]) -> dict[str, list[StatementLine]]:
    found = defaultdict(list)
    for some in batches(list(digests), AT_ONCE):
        rows = StatementLine.objects.filter(digest__in=some).order_by("digest", "occurrence")
        for row in rows.prefetch_related("placements"):
            found[row.digest].append(row)
    return found


def _plan_rows(plan: Plan, account: Account, rows: list[StatementLine], claim: Claim) -> None:
    """Hold or set aside what is beyond the real ones; decide about those without a place."""
    if rows[0].posted_on <= account.counted_through:
        plan.counted += filter(_is_new, rows)
        return
    rows = sorted(rows, key=_least_worth_holding)
    plan.hold += [(row, claim) for row in rows[claim.real :]]
    plan.decide += [row for row in rows[: claim.real] if _is_new(row) or _is_held(row)]


def _least_worth_holding(row: StatementLine) -> tuple:
    """Equal rows are as good as each other: what is decided already stays, receipts first."""
    current = _current(row)
    settles = any(place.receipt_id for place in current)
    counts = any(place.place == Place.MATCHED for place in current)
    decided = bool(current) and not _is_held(row)
    return (not settles, not counts, not decided, row.occurrence)


def _current(row: StatementLine) -> list:
    return [place for place in row.placements.all() if place.closed_at is None]


def _is_new(row: StatementLine) -> bool:
    return not _current(row)


def _is_held(row: StatementLine) -> bool:
    """Held by these rules, not by a person."""
    return any(
        place.decided_by_id is None
        and (place.place == Place.SET_ASIDE or place.queue_reason == QueueReason.REPEAT)
        for place in _current(row)
    )


def _why_held(claim: Claim) -> str:
    if claim.doubt == Doubt.REPEAT:
        return _("A repeat: the statement of the whole day shows %d of such lines.") % claim.real
    if claim.doubt == Doubt.ABSENT:
        return _("Another file shows this line, the statement of the whole day does not.")
    return _("Maybe a repeat: the files do not say whether they are copies of each other.")
