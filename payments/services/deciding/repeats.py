"""Possible repeats: what no file can say, two of the staff do. An honest payment, or a copy.

The word is remembered against the files that come later (`equal_lines.plan_of`); the statement of
the whole day wins over it where it shows the line.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Approval, ApprovalKind, User
from accounts.services import approvals
from common.formats import roubles, short_day
from payments.errors import LineMoved
from payments.models import (
    Place,
    Placement,
    QueueReason,
    RepeatDecision,
    StatementLine,
    Verdict,
)
from payments.services.deciding import by_hand
from payments.services.importing.equal_lines import claims_of, why_held, words_of
from payments.services.ledger import ledger
from payments.services.ledger.books import Books, as_it_is
from payments.services.ledger.entries import entries_of
from payments.services.ledger.locks import hold_accounts
from payments.services.ledger.payers import lock_people, locked_payers
from payments.statements.claims import Claim, Doubt, heard_of, with_words

PERMISSION = by_hand.PERMISSION
OPEN = (Doubt.UNDECIDED, Doubt.ABSENT)
TAKEN_BACK = ""


def ask(*, placement: Placement, verdict: Verdict, actor: User, reason: str) -> Approval:
    """Say what a possible repeat is; another one of the staff decides. Asked twice it is one
    question. Raises LineMoved, ReasonMissing."""
    if not _waiting(placement.line):
        raise LineMoved
    return _asked(placement, Verdict(verdict).value, actor, reason)


def ask_back(*, placement: Placement, actor: User, reason: str) -> Approval:
    """Say that such a word was wrong: the line is a possible repeat again when another one agrees.

    Raises LineMoved, ReasonMissing.
    """
    if standing_word(placement.line_id) is None:
        raise LineMoved
    return _asked(placement, TAKEN_BACK, actor, reason)


def standing_word(line_id: int) -> RepeatDecision | None:
    return RepeatDecision.objects.standing().filter(line=line_id).first()


def _asked(row: Placement, verdict: str, actor: User, reason: str) -> Approval:
    asked, _is_new = approvals.ask(
        kind=ApprovalKind.REPEAT,
        person=row.application and row.application.person,
        facts={"line": row.line_id, "verdict": verdict},
        actor=actor,
        reason=reason,
    )
    return asked


@transaction.atomic
def carry_out(approval: Approval, actor: User) -> None:
    line = StatementLine.objects.select_related("account").get(pk=approval.facts["line"])
    hold_accounts([line.account.number])
    claim = claims_of(line.account, {line.digest: line.posted_on})[line.digest]
    if claim.doubt not in OPEN:
        raise LineMoved  # a file has said it meanwhile
    deed = {Verdict.PAYMENT: _count, Verdict.COPY: _set_aside}
    deed.get(approval.facts["verdict"], _take_back)(line, claim, approval, actor)


def _waiting(line: StatementLine) -> list[Placement]:
    rows = line.placements.queued().filter(queue_reason=QueueReason.REPEAT)
    return list(rows.select_related("line", "application__person").order_by("pk"))


def _remember(line: StatementLine, claim: Claim, approval: Approval, verdict: Verdict) -> None:
    """With how many of the equal lines counted without the words of staff."""
    RepeatDecision.objects.standing().filter(line=line).update(withdrawn_by=approval)
    words = words_of([line.digest])[line.digest]
    RepeatDecision.objects.create(
        line=line,
        verdict=verdict,
        denied=claim.doubt == Doubt.ABSENT,
        beside=with_words(claim, words).real - len(heard_of(claim, words)),
        approval=approval,
    )


# --- an honest payment


def _count(line: StatementLine, claim: Claim, approval: Approval, actor: User) -> None:
    [entry] = entries_of([line])
    rows = _held(line, entry.people)
    _remember(line, claim, approval, Verdict.PAYMENT)
    owners = {row.application.person_id for row in rows if row.application}
    if owners <= set(entry.people):
        ledger.place([entry], actor=actor)
    else:
        _count_by_owner(rows, owners, actor)


def _held(line: StatementLine, people=frozenset()) -> list[Placement]:
    """The waiting places, with everybody locked whom they may concern."""
    lock_people({*people, *ledger.people_of([line])})
    if not (rows := _waiting(line)):
        raise LineMoved
    return rows


def _count_by_owner(rows: list[Placement], owners: set[int], actor: User) -> None:
    """Staff had said whose it is, before a file denied it: the line itself names somebody else."""
    payers = locked_payers(owners)
    for row in rows:
        if row.application:
            theirs = by_hand.Share(row.amount, row.application_id, paid_on=row.paid_on)
            by_hand.give(row, [theirs], payers, actor)
            payers = locked_payers(owners)


# --- a copy


def _set_aside(line: StatementLine, claim: Claim, approval: Approval, actor: User) -> None:
    rows, books = _held(line), Books(actor)
    _remember(line, claim, approval, Verdict.COPY)
    for row in rows:
        aside = {"place": Place.SET_ASIDE, "queue_reason": "", "reason": approval.reason}
        books.instead(row, [as_it_is(row, receipt_id=None, **aside)])
    books.write()
    for row in rows:
        if row.application:
            by_hand.say_uncounted(row, approval.reason, actor)


# --- the word taken back


def _take_back(line: StatementLine, claim: Claim, approval: Approval, actor: User) -> None:
    lock_people(ledger.people_of([line]))
    word = standing_word(line.pk)
    rows = line.placements.current().select_related("line", "application__person")
    given_back = any(row.place == Place.RETURNED for row in rows)
    if word is None or given_back:
        raise LineMoved
    word.withdrawn_by = approval
    word.save(update_fields=["withdrawn_by"])
    for row in rows:
        if row.place == Place.MATCHED:
            by_hand.take_back(row, approval.reason, actor)
    ledger.hold_as_repeat(line=line, proven=False, reason=why_held(claim))


def _said(approval: Approval) -> dict:
    line = StatementLine.objects.get(pk=approval.facts["line"])
    verdict = approval.facts["verdict"]
    word = Verdict(verdict).label if verdict else _("a possible repeat again")
    page = reverse("admin:payments_statementline_change", args=[line.pk])
    return {"text": f"{short_day(line.posted_on)}, {roubles(line.amount)} → {word}", "page": page}


approvals.register(ApprovalKind.REPEAT, approvals.Deed(carry_out, _said, PERMISSION))
