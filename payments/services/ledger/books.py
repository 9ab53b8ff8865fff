"""What a round decided, written a batch at a time: one question for each kind of row.

Whoever decides holds the account of the lines and the applications of the people.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import User
from accounts.services import record_of_many
from common.clock import now
from common.copying import copy_into, next_ids
from payments.matching import MoneyIn, Part, Payer
from payments.models import Place, Placement
from payments.services.ledger import claim_endings, waiting
from payments.services.ledger.entries import Entry
from payments.services.ledger.lapses import lapsed_among
from payments.services.ledger.moves import Move
from payments.services.ledger.news import News

OWNERS = ("application_id", "receipt_id", "charge_id", "till_payment_id")
COLUMNS = (
    *("id", "line_id", "place", "amount", *OWNERS, "months", "paid_on", "queue_reason", "reason"),
    *("score", "completed_by_id", "decided_by_id", "opened_at"),
)
LONGEST_REASON = 300


@dataclass
class Books:
    """Moves that wait to be written; `write` empties them.

    Where the caller is `patient`, nobody hears that money waits before `tell_waiting`: what is
    written later may settle it.
    """

    actor: User | None = None
    patient: bool = False
    waiting: list[Move] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)

    def move(self, entry: Entry, parts: Sequence[Part], payer: Payer | None = None) -> None:
        """Close what was believed and open what is; nothing when both are the same."""
        if entry.before:
            if sorted(map(_meaning, entry.before)) == sorted(map(_meaning, parts)):
                _end_claims(entry.before, parts)
                return
            self.closed += [row.pk for row in entry.before]
        self._add(entry.line_id, entry.money, parts, payer, before=entry.before)

    def instead(self, row: Placement, parts: Sequence[Part], payer: Payer | None = None) -> None:
        """Close one place of a line and open others for its sum; the rest of the line stays."""
        if [_meaning(row)] == [_meaning(part) for part in parts]:
            return
        self.closed.append(row.pk)
        line = row.line
        money = MoneyIn(line.amount, line.posted_on, line.day)
        self._add(line.pk, money, parts, payer, before=[row])

    def divide(self, row: Placement, shares: Iterable[tuple[Sequence[Part], Payer | None]]) -> None:
        """As `instead`, for the parts of several people."""
        self.closed.append(row.pk)
        money = MoneyIn(row.line.amount, row.line.posted_on, row.line.day)
        for parts, payer in shares:
            self.moves += [Move(row.line_id, money, part, payer) for part in parts]

    def _add(
        self,
        line_id: int,
        money: MoneyIn,
        parts: Sequence[Part],
        payer: Payer | None,
        *,
        before: Iterable[Placement],
    ) -> None:
        known = {row.application_id for row in before if row.place == Place.MATCHED}
        for part in parts:
            told = part.place == Place.MATCHED and part.application_id in known
            self.moves.append(Move(line_id, money, part, payer, told))

    def write(self) -> None:
        """The books follow the Treasury's word; the people hear of it."""
        lapsed = lapsed_among(self.moves)
        if self.closed:
            Placement.objects.filter(pk__in=self.closed).update(closed_at=now())
        if self.moves:
            self._open()
            news = News([one for one in self.moves if one.payer])
            news.settle()
            news.withdraw(lapsed)
            record_of_many(news.entries(), actor=self.actor)
            news.tell()
            self.waiting += news.waiting
        self.moves, self.closed = [], []
        if not self.patient:
            self.tell_waiting()

    def tell_waiting(self) -> None:
        """Of the money that waits still."""
        if self.waiting:
            told = [one.pk for one in self.waiting]
            still = Placement.objects.current().filter(pk__in=told).values_list("pk", flat=True)
            still = set(still)
            waiting.tell([one for one in self.waiting if one.pk in still], self.actor)
        self.waiting = []

    def _open(self) -> None:
        for move, pk in zip(self.moves, next_ids(Placement, len(self.moves)), strict=True):
            move.pk = pk
        said = (self.actor and self.actor.pk, now())
        last = {one.part.joint: one.pk for one in self.moves if one.part.months}
        copy_into(Placement._meta.db_table, COLUMNS, (_row(one, last, *said) for one in self.moves))


def _row(move: Move, last: dict[int, int], decided_by: int | None, instant: datetime) -> tuple:
    part = move.part
    is_part = part.joint and not part.months
    return (
        move.pk,
        move.line_id,
        part.place,
        part.amount,
        part.application_id,
        part.receipt_id,
        part.charge_id,
        part.till_payment_id,
        part.months,
        part.paid_on,
        part.queue_reason,
        part.reason[:LONGEST_REASON],
        part.score,
        last[part.joint] if is_part else None,
        decided_by,
        instant,
    )


def _end_claims(rows: Iterable[Placement], parts: Iterable[Part]) -> None:
    """A cheque shown after its money: the money stays where it waits, and is found."""
    for row, part in zip(sorted(rows, key=_meaning), sorted(parts, key=_meaning), strict=True):
        if part.claim_id:
            claim_endings.close_by_line(claim_id=part.claim_id, placement_id=row.pk)


def as_it_is(row: Placement, **changed) -> Part:
    """What a place says, changed where something else is known now."""
    names = ("amount", "place", "reason", "queue_reason", *OWNERS, "months", "paid_on", "score")
    return Part(**{name: getattr(row, name) for name in names} | changed)


def _meaning(it: Part | Placement) -> tuple:
    owner = (getattr(it, name) or 0 for name in OWNERS)
    reason = it.reason[:LONGEST_REASON]
    return (it.place, it.queue_reason, it.amount, it.months, reason, *owner)
