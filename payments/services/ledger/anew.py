"""Money of which another file tells more, or less, than its own line: it is decided anew.

An order may turn out to be of many and lose its day, a notice may bring one. Mostly the months stay
the same, and nobody hears of it. What staff decided stays.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import prefetch_related_objects

from payments import matching
from payments.matching import Paper, Part, Payer
from payments.models import Claim, Place, Placement, QueueReason, StatementLine
from payments.pricing import monthly_on
from payments.services.ledger import claim_endings, joining, ledger, uncounted
from payments.services.ledger.books import Books, as_it_is
from payments.services.ledger.entries import Entry, as_they_are_now, entries_of
from payments.services.ledger.moves import Move
from payments.services.ledger.payers import (
    as_if_without,
    lock_people,
    locked_payers,
    papers_named,
    receipts_named,
    with_its_own,
)

NAMED_IN_DOUBT = {QueueReason.REPEAT}
NOT_YET = {QueueReason.HELD, QueueReason.NOTICE, QueueReason.UNDONE}


class _Known:
    """What a decision looks up, read for many lines at once; of whom a decision changed anything,
    the next one reads anew. The caller holds the people."""

    def __init__(self, entries: Iterable[Entry]):
        self.changed: set[int] = set()
        counted = [one for one in entries if _is_counted(one)]
        rows = [row for one in counted for row in one.before]
        prefetch_related_objects(rows, "application", "charge", "till_payment")
        self.payers = locked_payers({row.application.person_id for row in rows if row.application})
        self.receipts = receipts_named(counted)
        places = {row.pk for row in rows}
        closed = Claim.objects.filter(placement__in=places).values_list("placement_id", flat=True)
        self.without_cheque = places - set(closed)
        joint = Placement.objects.joint().filter(pk__in=places).values_list("pk", flat=True)
        self.alone = places - set(joint)

    def payer(self, person_id: int) -> Payer:
        found = self.payers.get(person_id)
        return found or locked_payers([person_id])[person_id]

    def receipts_of(self, entry: Entry, payer: Payer) -> dict[str, Paper]:
        return self.receipts if payer.person_id in self.payers else receipts_named([entry])

    def is_joint(self, entry: Entry) -> bool:
        """Asks only of what was not read beforehand."""
        rows = {row.pk for row in entry.before} - self.alone
        return bool(rows) and Placement.objects.joint().filter(pk__in=rows).exists()

    def forget(self, entry: Entry) -> None:
        people = _owners(entry)
        self.changed |= people
        for person_id in people:
            self.payers.pop(person_id, None)

    def now(self, entry: Entry) -> Entry:
        """What was decided about another line of the person may have moved this money, too."""
        if self.changed.isdisjoint(_owners(entry)):
            return entry
        [entry] = as_they_are_now([entry])
        return entry


def decide_anew(lines: Sequence[StatementLine]) -> None:
    """The caller holds the account."""
    entries = entries_of(lines)
    lock_people({*ledger.people_of(lines), *(pk for one in entries for pk in one.people)})
    # Months that a line of another account completes fall apart without ours being held.
    entries = [one for one in as_they_are_now(entries) if _may_move(one)]
    waiting, known = [], _Known(entries)
    for entry in filter(_may_move, map(known.now, entries)):
        reasons = {row.queue_reason for row in entry.before}
        if reasons & NAMED_IN_DOUBT:
            known.forget(entry)
            _say_the_day(entry)
        elif _is_counted(entry):
            _decide_counted(entry, known)
        elif not reasons & NOT_YET:
            waiting.append(entry)
    ledger.place(waiting)


def _owners(entry: Entry) -> set[int]:
    return {row.application.person_id for row in entry.before if row.application}


def _may_move(entry: Entry) -> bool:
    """Neither by staff nor as credit did it find its place; what is not ours is nobody's credit."""
    ours = {Place.MATCHED, Place.QUEUE}
    if entry.money.other_kbk or entry.money.other_oktmo:
        ours.add(Place.CREDIT)
    rows = entry.before
    return bool(rows) and all(row.decided_by_id is None and row.place in ours for row in rows)


def _is_counted(entry: Entry) -> bool:
    return any(row.place == Place.MATCHED for row in entry.before)


def _say_the_day(entry: Entry) -> None:
    """A possible repeat stays one."""
    rows, day = list(entry.before), entry.money.paid_on
    if any(row.application_id and row.paid_on != day for row in rows):
        parts = [as_it_is(row, paid_on=day if row.application_id else None) for row in rows]
        _write_quietly(entry, parts)


def _decide_counted(entry: Entry, known: _Known) -> None:
    """Where its months count no more, those after them may be late, for all that is known."""
    if _is_taken_back(entry, known):
        while any(_is_taken_back(later, known) for later in _later_than(entry)):
            continue


def _later_than(entry: Entry) -> list[Entry]:
    """What else counts for whose months these were, by lines of the account that we hold, the last
    first; whom a line names by now is another question, for INNs are put right."""
    [line] = StatementLine.objects.filter(pk=entry.line_id)
    rows = Placement.objects.matched().filter(
        application__person__in=_owners(entry), line__account_id=line.account_id
    )
    others = StatementLine.objects.filter(pk__in=rows.values("line")).exclude(pk=line.pk)
    entries = entries_of(list(others.prefetch_related("placements")))
    found = [one for one in entries if _may_move(one)]
    return sorted(found, key=ledger.order_of_payment, reverse=True)


def _is_taken_back(entry: Entry, known: _Known) -> bool:
    searched = _reopen_cheques(entry, known)
    payer = _payer_without(entry, known)
    parts = _decide(entry, payer, known)
    if _lacks_only_the_sum(parts, entry.before, searched) and known.is_joint(entry):
        # Taken apart they would count again within five minutes, and the person would hear both.
        _close_claims(parts, searched or entry.before[:1])
        return False
    is_same = sorted(map(_exactly, parts)) == sorted(map(_exactly, entry.before))
    if not is_same or any(part.claim_id for part in parts):
        known.forget(entry)
    if is_same:
        _close_claims(parts, entry.before)
    elif sorted(map(_meaning, parts)) == sorted(map(_meaning, entry.before)):
        _write_quietly(entry, parts)
    else:
        _take_back(entry, parts, payer)
        return True
    return False


def _lacks_only_the_sum(
    parts: Sequence[Part], rows: Sequence[Placement], searched: Sequence[Placement]
) -> bool:
    """As it was when other money completed it: the same day and the same cheques."""
    days, cheques = {row.paid_on for row in rows}, [one for one in parts if one.claim_id]
    waits = all(one.queue_reason == QueueReason.AMOUNT and {one.paid_on} == days for one in parts)
    return waits and len(cheques) == len(searched)


def _reopen_cheques(entry: Entry, known: _Known) -> list[Placement]:
    """Returns the places by which they had ended."""
    closed = [row for row in entry.before if row.pk not in known.without_cheque]
    for row in closed:
        claim_endings.reopen(placement=row)
    if closed:
        known.forget(entry)
    return closed


def _payer_without(entry: Entry, known: _Known) -> Payer:
    """As if the line had never been posted."""
    [person_id] = {row.application.person_id for row in entry.before if row.application}
    payer = as_if_without(known.payer(person_id), entry.before)
    payer = with_its_own(payer, entry)
    return replace(payer, living=tuple(_open_again(one, entry) for one in payer.living))


def _open_again(paper: Paper, entry: Entry) -> Paper:
    settled = {row.receipt_id for row in entry.before if row.place == Place.MATCHED}
    return replace(paper, open=True) if paper.receipt_id in settled else paper


def _decide(entry: Entry, payer: Payer, known: _Known) -> tuple[Part, ...]:
    receipts = known.receipts_of(entry, payer)
    receipts = {
        number: _open_again(receipts[number], entry)
        for number in entry.references
        if number in receipts
    }
    papers = papers_named(entry, payer, receipts)
    return matching.decide(entry.money, papers=papers, payers=[payer], price=monthly_on)


def _meaning(it: Part | Placement) -> tuple:
    owners = (it.application_id, it.receipt_id, it.charge_id, it.till_payment_id)
    return (it.place, it.amount, it.months, *(key or 0 for key in owners))


def _exactly(it: Part | Placement) -> tuple:
    return (*_meaning(it), it.paid_on or date.max)


def _close_claims(parts: Sequence[Part], places: Sequence[Placement | Move]) -> None:
    """Cheques whose money this is still."""
    for part, place in zip(parts, places, strict=True):
        if part.claim_id:
            claim_endings.close_by_line(claim_id=part.claim_id, placement_id=place.pk)


def _write_quietly(entry: Entry, parts: Sequence[Part]) -> None:
    """Nothing but the day and the reason changed: nobody is told."""
    books = Books()
    books.closed = [row.pk for row in entry.before]
    books.moves = [Move(entry.line_id, entry.money, part, None) for part in parts]
    moves = list(books.moves)
    books.write()
    _close_claims(parts, moves)
    joining.restate_first_day(entry.before)


def _take_back(entry: Entry, parts: Sequence[Part], payer: Payer) -> None:
    others = joining.let_go(entry.before)
    for row in entry.before:
        if row.place == Place.MATCHED:
            ledger.withdraw(row, row.line)
    books = Books()
    books.move(entry, parts, payer)
    books.write()
    joining.restate_first_day([*entry.before, *others])
    if entry.money.other_kbk or entry.money.other_oktmo:
        uncounted.tell(entry.before)
