"""What a round decided, written a batch at a time: one question for each kind of row.

Whoever decides holds the account of the lines and the applications of the people.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import cached_property

from accounts.models import Person, User
from accounts.services import record_many
from common.clock import now
from notifications.services import queue_many
from patents.services import set_first_paid_many
from payments import timeline
from payments.matching import Part, Payer
from payments.messages import DAY_OF_PAYMENT_UNKNOWN, FIRST_PAYMENT_POSTED, PAYMENT_POSTED
from payments.models import Place, Placement, QueueReason, Receipt, ReceiptStatus, StatementLine
from payments.services import claim_endings

TOLD_OF_WAITING = {QueueReason.LATE, QueueReason.DAY_UNKNOWN}
AT_ONCE = 2000
OWNERS = ("application_id", "receipt_id", "charge_id", "till_payment_id")


@dataclass(frozen=True, slots=True)
class Move:
    """A part of a line's money and the place it gets; `payer` where it belongs to a person."""

    row: Placement
    part: Part
    line: StatementLine
    payer: Payer | None

    @property
    def year(self):
        return self.payer.year(self.row.application_id)


@dataclass
class Books:
    """Moves that wait to be written; `write` empties them."""

    actor: User | None = None
    people: dict[int, Person] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)

    def move(self, line: StatementLine, parts: Sequence[Part], payer: Payer | None = None) -> None:
        """Close what was believed and open what is; nothing when both are the same."""
        before = current(line)
        if sorted(map(_meaning, before)) == sorted(map(_meaning, parts)):
            return
        self.closed += [row.pk for row in before]
        for part in parts:
            row = Placement(line=line, decided_by=self.actor, **_facts(part))
            self.moves.append(Move(row, part, line, payer))

    def instead(self, row: Placement, parts: Sequence[Part], payer: Payer | None = None) -> None:
        """Close one place of a line and open others for its sum; the rest of the line stays."""
        if [_meaning(row)] == [_meaning(part) for part in parts]:
            return
        self.closed.append(row.pk)
        for part in parts:
            opened = Placement(line=row.line, decided_by=self.actor, **_facts(part))
            self.moves.append(Move(opened, part, row.line, payer))

    def write(self) -> None:
        """The books follow the Treasury's word; the people hear of it."""
        Placement.objects.filter(pk__in=self.closed).update(closed_at=now())
        Placement.objects.bulk_create([one.row for one in self.moves], batch_size=AT_ONCE)
        news = _News([one for one in self.moves if one.payer])
        news.settle()
        record_many(news.entries(self.people), actor=self.actor)
        news.tell()
        self.moves, self.closed = [], []


def current(line: StatementLine) -> list[Placement]:
    """Costs nothing where the places were read together with the lines."""
    return [row for row in line.placements.all() if row.closed_at is None]


def as_it_is(row: Placement, **changed) -> Part:
    """What a place says, changed where something else is known now."""
    names = ("amount", "place", "reason", "queue_reason", *OWNERS, "months", "paid_on")
    return Part(**{name: getattr(row, name) for name in names} | changed)


def _meaning(it: Part | Placement) -> tuple:
    owner = (getattr(it, name) or 0 for name in OWNERS)
    return (it.place, it.queue_reason, it.amount, it.months, it.reason[:300], *owner)


def _facts(part: Part) -> dict:
    names = ("amount", "place", "queue_reason", *OWNERS, "months", "paid_on")
    row = {name: getattr(part, name) for name in names}
    return row | {"reason": part.reason[:300]}


@dataclass
class _News:
    """What the moves of people's money change around the places."""

    moves: list[Move]

    @cached_property
    def matched(self) -> list[Move]:
        return [one for one in self.moves if one.row.place == Place.MATCHED]

    def settle(self) -> None:
        for day, receipts in self._receipts().items():
            formed = Receipt.objects.filter(pk__in=receipts, status=ReceiptStatus.FORMED)
            formed.update(status=ReceiptStatus.POSTED, posted_on=day)
        set_first_paid_many(self._first_days())
        for one in self.matched:
            if one.part.claim_id:
                claim_endings.close_by_line(claim_id=one.part.claim_id, placement=one.row)

    def _receipts(self) -> dict[date, list[int]]:
        """By the day of posting."""
        found = defaultdict(list)
        for one in self.matched:
            if one.row.receipt_id:
                found[one.line.posted_on].append(one.row.receipt_id)
        return found

    def _first_days(self) -> dict[int, date]:
        """Application → a day that may be its earliest paid one."""
        found = {}
        for one in self.matched:
            known = found.get(one.row.application_id, one.year.first_paid_on)
            if known is None or one.row.paid_on < known:
                found[one.row.application_id] = one.row.paid_on
        return found

    def entries(self, people: dict[int, Person]) -> Iterable[tuple[Person, str, dict]]:
        for one in self.moves:
            facts = {"amount": one.row.amount, "posted_on": one.line.posted_on}
            if one.row.place == Place.MATCHED:
                kind = timeline.POSTED_IN_TIME if one.row.is_by_posting else timeline.POSTED
                yield people[one.payer.person_id], kind, facts | {"paid_on": one.row.paid_on}
            elif one.row.queue_reason in TOLD_OF_WAITING:
                yield people[one.payer.person_id], timeline.WAITS, facts

    def tell(self) -> None:
        first = [one for one in self.matched if one.year.issued_on is None]
        later = [one for one in self.matched if one.year.issued_on is not None]
        asked = [one for one in self.moves if one.row.queue_reason == QueueReason.DAY_UNKNOWN]
        queue_many(FIRST_PAYMENT_POSTED, _subjects(first, "payment-posted"))
        queue_many(PAYMENT_POSTED, _subjects(later, "payment-posted"))
        queue_many(DAY_OF_PAYMENT_UNKNOWN, _subjects(asked, "payment-day-unknown"))


def _subjects(moves: Iterable[Move], key: str) -> list[tuple[int, int, str]]:
    return [(one.row.pk, one.payer.person_id, f"{key}:{one.row.pk}") for one in moves]
