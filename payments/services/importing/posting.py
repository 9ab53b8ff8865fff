"""Slices of a staged file become lines and places: each of them all or nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from common.copying import next_ids
from payments.matching import Part
from payments.models import Account, Place, QueueReason, Statement, StatementLine
from payments.services.importing import divided, slices, told_twice
from payments.services.importing.equal_lines import (
    Files,
    Plan,
    claims_of,
    is_new,
    plan_of,
    why_held,
)
from payments.services.importing.slices import Sample, Slice
from payments.services.importing.staging import run
from payments.services.ledger import ledger
from payments.services.ledger.books import Books
from payments.services.ledger.entries import Entry, entries_of, money_in
from payments.services.ledger.locks import hold_accounts
from payments.services.ledger.payers import lock_people
from payments.statements.claims import Claim, Doubt


@dataclass
class Placed:
    """How many lines found their months, and how many wait for staff."""

    matched: int = 0
    queued: int = 0

    def __add__(self, other: "Placed") -> "Placed":
        return Placed(self.matched + other.matched, self.queued + other.queued)


@transaction.atomic
def post(one: Slice) -> Placed:
    """All that a slice asks for. The transaction is short: webhooks do not wait for an import."""
    statement, found = _begun(one)
    if one.seen_before:
        return _settle_known(statement.account, found)
    return _post_new(statement, found)


@transaction.atomic
def hold(one: Slice) -> Placed:
    """Lines of a statement that nobody believes yet are kept and queued as they are; what other
    files say of them stays as it is."""
    _statement, found = _begun(one)
    drafts = [(it, n, Claim(it.shown, it.shown)) for it in found for n in range(1, it.shown + 1)]
    rows = _numbered(drafts)
    new = slices.keep_what_is_new((row.line_id, row.sample.seq, row.occurrence) for row in rows)
    books = Books()
    for row in rows:
        if row.line_id in new:
            books.move(row.entry, [_waiting(row.sample.amount)])
    books.write()
    return Placed(queued=len(new))


def _waiting(amount: Decimal) -> Part:
    reason = _("Too many lines of this statement fit nobody: it waits until it is released.")
    return Part(amount, Place.QUEUE, reason, QueueReason.HELD)


def _begun(one: Slice) -> tuple[Statement, list[Sample]]:
    statement = Statement.objects.select_related("account").get(pk=one.statement_id)
    hold_accounts([statement.account.number])
    return statement, slices.samples(one)


# --- lines that only this file shows


@dataclass(frozen=True, slots=True)
class _Row:
    """One of the equal lines of a sample; `counts` unless it may be, or is, a repeat."""

    line_id: int
    sample: Sample
    occurrence: int
    claim: Claim

    @property
    def counts(self) -> bool:
        return self.occurrence <= self.claim.real

    @property
    def entry(self) -> Entry:
        it = self.sample
        money = replace(money_in(it), other_kbk=it.other_kbk, other_oktmo=it.other_oktmo)
        return Entry(self.line_id, money, it.references, it.people)


def _post_new(statement: Statement, found: list[Sample]) -> Placed:
    rows = _rows(statement, found)
    slices.keep((row.line_id, row.sample.seq, row.occurrence) for row in rows)
    opening = statement.account.counted_through
    _lock_everybody(rows)
    rows, joined = _without_pairs(rows, opening)
    queued = _put_aside(rows, opening)
    counting = [row.entry for row in rows if row.counts and row.sample.posted_on > opening]
    placed = ledger.place(counting)
    return Placed(placed.matched, placed.queued + queued) + joined


def _without_pairs(rows: list[_Row], opening: date) -> tuple[list[_Row], Placed]:
    """Those about which no kept line tells, and what became of the others."""
    rows_after = [row for row in rows if row.sample.posted_on > opening]
    done, this = told_twice.settle(rows_after)
    divided.note_parts(rows_after)
    done |= divided.set_aside_wholes(rows_after)
    return [row for row in rows if row.line_id not in done], Placed(this.matched, this.queued)


def _rows(statement: Statement, found: list[Sample]) -> list[_Row]:
    """As many rows as any reading of the files allows."""
    claims = _claims(statement, {(it.posted_on, it.shown, it.is_judged) for it in found})
    drafts = [
        (it, occurrence, claim)
        for it in found
        for claim in [claims[it.posted_on, it.shown, it.is_judged]]
        for occurrence in range(1, claim.shown + 1)
    ]
    return _numbered(drafts)


def _numbered(drafts: list[tuple[Sample, int, Claim]]) -> list[_Row]:
    ids = next_ids(StatementLine, len(drafts))
    return [_Row(pk, *draft) for pk, draft in zip(ids, drafts, strict=True)]


def _claims(
    statement: Statement, kinds: set[tuple[date, int, bool]]
) -> dict[tuple[date, int, bool], Claim]:
    """By day of posting, how many the file shows, and whether a whole day would show them: no other
    file speaks of these lines."""
    files = Files.of(statement.account, {day for day, *_shown in kinds})
    return {
        (day, shown, is_judged): files.claim(
            day, [(statement.pk, shown)] if shown else [], is_judged=is_judged
        )
        for day, shown, is_judged in kinds
    }


def _put_aside(rows: list[_Row], opening: date) -> int:
    """What is counted elsewhere, and what is more than the real ones; returns how many wait."""
    books, waiting = Books(), Counter()
    for row in rows:
        if row.sample.posted_on <= opening:
            books.move(row.entry, [_counted(row)])
        elif not row.counts:
            books.move(row.entry, _held(row))
            waiting[row.claim.doubt] += 1
    books.write()
    return waiting.total() - waiting[Doubt.REPEAT]


def _counted(row: _Row) -> Part:
    return Part(row.sample.amount, Place.SET_ASIDE, _("Counted in the opening of the account."))


def _lock_everybody(rows: list[_Row]) -> None:
    """Once, where more moves than new money: people who are locked one after another may wait for
    each other in a ring with those of an import into another account."""
    beside = _told_of_beside(rows)
    if beside or any(row.claim.doubt in (Doubt.ABSENT, Doubt.UNDECIDED) for row in rows):
        lock_people({*_people(row.entry for row in rows), *_people_of(pk__in=beside)})


def _told_of_beside(rows: list[_Row]) -> set[int]:
    """Kept lines about the same payments."""
    return {pk for row in rows for pk in row.sample.pairs}


def _people_of(**which) -> set[int]:
    """Whom kept lines name, and whose money they are."""
    lines = StatementLine.objects.filter(**which)
    return {*_people(entries_of(lines.prefetch_related("placements"))), *ledger.people_of(lines)}


def _held(row: _Row) -> list[Part]:
    reason, doubt = why_held(row.claim), row.claim.doubt
    if doubt == Doubt.REPEAT:
        return [Part(row.sample.amount, Place.SET_ASIDE, reason)]
    return ledger.in_doubt(row.entry, reason)


# --- lines that other files show or deny

TWINS = """
INSERT INTO payments_statementline (
    statement_id, account_id, digest, occurrence, posted_on, document_number, document_date,
    amount, payer_name, payer_account, payer_inn, purpose, paid_on, own_day, said, payment_id, uin,
    raw
)
SELECT %s, account_id, digest, twin, posted_on, document_number, document_date,
    amount, payer_name, payer_account, payer_inn, purpose,
    CASE WHEN shared.line_id IS NULL THEN paid_on END, own_day, said, payment_id, uin, raw
FROM unnest(%s::text[], %s::integer[]) AS new (alike, twin)
JOIN payments_statementline AS kept ON digest = alike AND occurrence = 1
LEFT JOIN payments_sharedday AS shared ON shared.line_id = kept.id
ON CONFLICT (digest, occurrence) DO NOTHING
"""


def _settle_known(account: Account, found: list[Sample]) -> Placed:
    days = {it.digest: it.posted_on for it in found}
    claims = claims_of(account, days, {it.digest for it in found if not it.is_judged})
    rows = _numbered(list(_drafts(found, claims)))
    new = slices.keep_what_is_new((row.line_id, row.sample.seq, row.occurrence) for row in rows)
    rows = [row for row in rows if row.line_id in new]
    if _told_of_beside(rows):
        lock_people({*_people_of(pk__in=_told_of_beside(rows)), *_people_of(digest__in=claims)})
    _done, joined = _without_pairs(rows, account.counted_through)
    return _carry_out(plan_of(account, claims)) + joined


def _drafts(found: list[Sample], claims: dict[str, Claim]) -> Iterator[tuple[Sample, int, Claim]]:
    for it in found:
        for occurrence in range(1, claims[it.digest].shown + 1):
            yield it, occurrence, claims[it.digest]


@transaction.atomic
def settle_again(statement: Statement, days: dict[str, date]) -> Placed:
    """Digests with their days whose lines are kept already: another file denies them, or a held
    one, which showed them, is released."""
    hold_accounts([statement.account.number])
    claims = claims_of(statement.account, days, told_twice.not_judged(days))
    twins = [(digest, n) for digest, it in claims.items() for n in range(2, it.shown + 1)]
    run(TWINS, statement.pk, [digest for digest, _n in twins], [n for _digest, n in twins])
    return _carry_out(plan_of(statement.account, claims))


def _carry_out(plan: Plan) -> Placed:
    entries, queued = entries_of(plan.decide), 0
    held = [row for row, _why in plan.hold]
    lock_people({*ledger.people_of(held), *_people(entries_of(held)), *_people(entries)})
    for row in plan.counted:
        ledger.set_aside(line=row, reason=_("Counted in the opening of the account."))
    for row, why in plan.hold:
        queued += is_new(row) and why.doubt != Doubt.REPEAT
        ledger.hold_as_repeat(line=row, reason=why_held(why), proven=why.doubt == Doubt.REPEAT)
    placed = ledger.place(entries)
    return Placed(placed.matched, placed.queued + queued)


def _people(entries: Iterable[Entry]) -> Iterator[int]:
    return (person_id for entry in entries for person_id in entry.people)
