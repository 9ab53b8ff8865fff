"""What a round decided, written a batch at a time: one question for each kind of row.

Whoever decides holds the account of the lines and the applications of the people.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import cached_property

from accounts.models import User
from accounts.services import record_of_many
from common.clock import now
from common.copying import copy_into, next_ids
from notifications.services import queue_many
from patents.services import set_first_paid_many
from payments import timeline
from payments.matching import MoneyIn, Part, Payer
from payments.matching.facts import Taken
from payments.messages import (
    FIRST_PAYMENT_POSTED,
    LAPSE_WITHDRAWN,
    PART_POSTED,
    PAYMENT_POSTED,
    SECOND_POSTED,
)
from payments.models import Place, Placement, QueueReason, Receipt, ReceiptStatus
from payments.services.ledger import claim_endings, second_lines, twice, waiting
from payments.services.ledger.entries import Entry
from payments.services.ledger.lapses import lapsed_among, no_more

TOLD_OF_WAITING = {QueueReason.LATE, QueueReason.DAY_UNKNOWN}
OWNERS = ("application_id", "receipt_id", "charge_id", "till_payment_id")
COLUMNS = (
    *("id", "line_id", "place", "amount", *OWNERS, "months", "paid_on", "queue_reason", "reason"),
    *("score", "completed_by_id", "decided_by_id", "opened_at"),
)
LONGEST_REASON = 300


@dataclass(slots=True)
class Move:
    """A part of a line's money and the place it gets; `payer` where it belongs to a person."""

    line_id: int
    money: MoneyIn
    part: Part
    payer: Payer | None
    told: bool = False  # the person knows that this money counts
    pk: int = 0  # the place, once it is written

    @property
    def year(self):
        return self.payer.year(self.part.application_id)

    @property
    def is_by_posting(self) -> bool:
        """As of a place: the order has no day for this person."""
        own_day = self.money.paid_on is not None or any(self.part.taken)
        return not own_day and self.part.paid_on == self.money.posted_on


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
            news = _News([one for one in self.moves if one.payer])
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


def as_it_is(row: Placement, **changed) -> Part:
    """What a place says, changed where something else is known now."""
    names = ("amount", "place", "reason", "queue_reason", *OWNERS, "months", "paid_on", "score")
    return Part(**{name: getattr(row, name) for name in names} | changed)


def _meaning(it: Part | Placement) -> tuple:
    owner = (getattr(it, name) or 0 for name in OWNERS)
    reason = it.reason[:LONGEST_REASON]
    return (it.place, it.queue_reason, it.amount, it.months, reason, *owner)


@dataclass
class _News:
    """What the moves of people's money change around the places."""

    moves: list[Move]
    withdrawn: list[Move] = field(default_factory=list)

    @cached_property
    def matched(self) -> list[Move]:
        return [one for one in self.moves if one.part.place == Place.MATCHED]

    @property
    def waiting(self) -> list[Move]:
        return [one for one in self.moves if one.part.queue_reason in TOLD_OF_WAITING]

    @cached_property
    def months(self) -> list[Move]:
        """Without the parts that other money completed."""
        return [one for one in self.matched if one.part.months]

    @cached_property
    def _beside_told(self) -> list[Move]:
        """New money that makes months together with sums of which the person was told before."""
        joint = {one.part.joint for one in self.matched if one.told and one.part.joint}
        return [one for one in self.matched if not one.told and one.part.joint in joint]

    def settle(self) -> None:
        """Receipts and claims end; money that stays on its way for a settled receipt is second."""
        for day, receipts in self._receipts().items():
            formed = Receipt.objects.filter(pk__any_of=receipts, status=ReceiptStatus.FORMED)
            formed.update(status=ReceiptStatus.POSTED, posted_on=day)
        left = self._left_behind()
        twice.mark_left_behind({charge for charge, _till in left if charge})
        second_lines.tell_of_cash({till for _charge, till in left if till})
        set_first_paid_many(self._first_days())
        for one in self.matched:
            if one.part.claim_id:
                claim_endings.close_by_line(claim_id=one.part.claim_id, placement_id=one.pk)

    def withdraw(self, lapsed: set[int]) -> None:
        """Of whoever read that the term had passed and reads so no more, the last of the months."""
        back = no_more(lapsed)
        last = {one.payer.person_id: one for one in self.months}
        self.withdrawn = [one for person_id, one in last.items() if person_id in back]

    def _left_behind(self) -> set[Taken]:
        """What was taken for receipts that a bank's own line settled."""
        settled = [one for one in self.matched if one.part.receipt_id and not any(one.part.taken)]
        return {
            paper.taken
            for one in settled
            for paper in one.payer.living
            if paper.receipt_id == one.part.receipt_id and not one.told
        }

    @cached_property
    def seconds(self) -> dict[int, str]:
        """Places of money that proves to be the second one → the number of the receipt."""
        named = {one.pk: one.part.second_of for one in self.matched if one.part.second_of}
        return second_lines.proven(named) if named else {}

    def _receipts(self) -> dict[date, list[int]]:
        """By the day of posting."""
        found = defaultdict(list)
        for one in self.matched:
            if one.part.receipt_id:
                found[one.money.posted_on].append(one.part.receipt_id)
        return found

    def _first_days(self) -> dict[int, date]:
        """Application → a day that may be its earliest paid one."""
        found = {}
        for one in self.months:
            known = found.get(one.part.application_id, one.year.first_paid_on)
            if known is None or one.part.paid_on < known:
                found[one.part.application_id] = one.part.paid_on
        return found

    def entries(self) -> Iterable[tuple[int, str, dict]]:
        for one in self.moves:
            if one.told:
                continue
            if one.pk in self.seconds:
                yield one.payer.person_id, timeline.TAKEN_AGAIN, self._again(one)
                continue
            if one.part.place == Place.MATCHED:
                kind = timeline.POSTED_IN_TIME if one.is_by_posting else timeline.POSTED
                yield one.payer.person_id, kind, _facts(one) | {"paid_on": one.part.paid_on}
        for one in self.withdrawn:
            facts = {"amount": one.part.amount, "paid_on": one.part.paid_on}
            yield one.payer.person_id, timeline.LAPSE_WITHDRAWN, facts

    def _again(self, one: Move) -> dict:
        receipt = self.seconds[one.pk]
        return {"amount": one.part.amount, "paid_on": one.part.paid_on, "receipt": receipt}

    def tell(self) -> None:
        new = [one for one in self.months if not one.told and one.pk not in self.seconds]
        whole = [one for one in new if one not in self._beside_told]
        again = [one for one in self.months if one.pk in self.seconds and not one.told]
        queue_many(SECOND_POSTED, _subjects(again, second_lines.SECOND))
        first = [one for one in whole if one.year.issued_on is None]
        back = {one.pk for one in self.withdrawn}
        issued = [one for one in whole if one.year.issued_on is not None]
        later = [one for one in issued if one.pk not in back]
        queue_many(FIRST_PAYMENT_POSTED, _subjects(first, "payment-posted"))
        queue_many(PAYMENT_POSTED, _subjects(later, "payment-posted"))
        queue_many(PART_POSTED, _subjects(self._beside_told, "payment-posted"))
        queue_many(LAPSE_WITHDRAWN, _subjects(self.withdrawn, "lapse-withdrawn"))


def _facts(one: Move) -> dict:
    return {"amount": one.part.amount, "posted_on": one.money.posted_on}


def _subjects(moves: Iterable[Move], key: str) -> list[tuple[int, int, str]]:
    return [(one.pk, one.payer.person_id, f"{key}:{one.pk}") for one in moves]
