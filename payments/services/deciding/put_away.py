"""Money that becomes nobody's months: set aside, or given back; two of the staff decide.

A notice about a payment is set aside when somebody has looked at it. What was put away waits again
when two say so; the person whose money it was hears of each step.
"""

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Self

from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Approval, ApprovalKind, User
from accounts.services import approvals, record
from common import clock
from common.formats import roubles, short_day
from notifications.services import queue
from payments import timeline
from payments.errors import LineMoved, NoticeIsNoMoney, NotItsReturn, SharesTooMuch
from payments.matching import Part
from payments.messages import PAYMENT_GIVEN_BACK
from payments.models import Outgoing, Place, Placement, QueueReason, RepeatDecision, Said, Verdict
from payments.services.deciding import by_hand
from payments.services.importing.likely import weigh_what_is_left
from payments.services.ledger.books import Books, as_it_is
from payments.services.ledger.locks import hold_accounts
from payments.services.ledger.payers import lock_people

PERMISSION = by_hand.PERMISSION
AWAY = [Place.SET_ASIDE, Place.RETURNED]


@dataclass(frozen=True, slots=True)
class Wish:
    """`to` is a place of `AWAY`, or the queue for what was put away; `outgoing` is the money that
    left and carried it back."""

    placement: int
    to: str
    amount: Decimal
    outgoing: int | None = None

    @property
    def written(self) -> dict:
        return asdict(self) | {"amount": str(self.amount)}

    @classmethod
    def read(cls, facts: dict) -> Self:
        return cls(**facts | {"amount": Decimal(facts["amount"])})


def ask(
    *,
    placement: Placement,
    to: Place,
    actor: User,
    reason: str,
    amount: Decimal | None = None,
    outgoing: Outgoing | None = None,
) -> Approval:
    """Say that money is set aside or was given back, all of a place unless `amount` says less;
    another one of the staff decides. Asked twice it is one question.

    Raises LineMoved, TakenByOurselves, NoticeIsNoMoney, SharesTooMuch, NotItsReturn, ReasonMissing.
    """
    row = by_hand.there(placement.pk)
    wish = Wish(row.pk, to, amount or row.amount, outgoing and outgoing.pk)
    _require_possible(row, wish)
    return _asked(row, wish, actor, reason)


def ask_back(*, placement: Placement, actor: User, reason: str) -> Approval:
    """Say that what staff put away must wait again; another one decides. Raises LineMoved."""
    row = put_away_by_staff(placement.pk)
    return _asked(row, Wish(row.pk, Place.QUEUE, row.amount), actor, reason)


def _asked(row: Placement, wish: Wish, actor: User, reason: str) -> Approval:
    asked, _is_new = approvals.ask(
        kind=ApprovalKind.AWAY,
        person=row.application and row.application.person,
        facts=wish.written,
        actor=actor,
        reason=reason,
    )
    return asked


def put_away_by_staff(pk: int) -> Placement:
    """Not by the rules, nor as copies: those words are taken back as words. Raises LineMoved."""
    rows = Placement.objects.current().filter(place__in=AWAY, decided_by__isnull=False)
    copies = RepeatDecision.objects.standing().filter(verdict=Verdict.COPY)
    rows = rows.exclude(line__in=copies.values("line"))
    row = rows.select_related("line__account", "application__person").filter(pk=pk).first()
    if row is None:
        raise LineMoved
    return row


@transaction.atomic
def carry_out(approval: Approval, actor: User) -> None:
    wish = Wish.read(approval.facts)
    find = put_away_by_staff if wish.to == Place.QUEUE else by_hand.there
    row = find(wish.placement)
    hold_accounts(by_hand.accounts_of(row))
    lock_people({row.application.person_id} if row.application else set())
    row = find(row.pk)
    if wish.to == Place.QUEUE:
        _bring_back(row, approval.reason, actor)
    else:
        _require_possible(row, wish)
        _put_away(row, wish, approval.reason, actor)


def _require_possible(row: Placement, wish: Wish) -> None:
    if row.line.said != Said.NEW and wish.to == Place.RETURNED:
        raise NoticeIsNoMoney
    if wish.amount > row.amount:
        raise SharesTooMuch(row.amount)
    if wish.outgoing and not _may_carry(Outgoing.objects.get(pk=wish.outgoing), row, wish.amount):
        raise NotItsReturn


def _may_carry(it: Outgoing, row: Placement, amount: Decimal) -> bool:
    """It left the same account, later, for this line alone, and is no less than what came back."""
    line = row.line
    if it.account_id != line.account_id or it.posted_on < line.posted_on:
        return False
    back = line.placements.current().filter(place=Place.RETURNED).aggregate(sum=Sum("amount"))
    left = line.given_back_by.exclude(pk=it.pk).aggregate(sum=Sum("amount"))
    total = it.amount + (left["sum"] or 0) - (back["sum"] or 0)
    return it.line_id in (None, line.pk) and amount <= total


def _put_away(row: Placement, wish: Wish, reason: str, actor: User) -> None:
    counted = row.place == Place.MATCHED
    waits = by_hand.take_back(row, reason, actor) if counted else row
    books = Books(actor)
    books.instead(waits, _parts(waits, wish, reason))
    books.write()
    weigh_what_is_left(row.line_id)
    if waits.place == Place.CREDIT:
        by_hand.open_again(waits.receipt_id)
    if wish.outgoing:
        carries = Outgoing.objects.filter(pk=wish.outgoing)
        carries.update(line=row.line_id)
        carries.unseen().update(seen_at=clock.now(), seen_by=actor)
    if row.application:
        _tell(row, wish, reason, actor)


def _parts(row: Placement, wish: Wish, reason: str) -> list[Part]:
    """What is left stays as it is. A credit that is given back takes its receipt along."""
    left = row.amount - wish.amount
    rest = [as_it_is(row, amount=left)] if left else []
    paper = row.receipt_id if row.place == Place.CREDIT and wish.to == Place.RETURNED else None
    theirs = {"application_id": row.application_id, "paid_on": row.paid_on}
    gone = Part(wish.amount, Place(wish.to), reason, receipt_id=None if rest else paper, **theirs)
    return [*rest, gone]


def _tell(row: Placement, wish: Wish, reason: str, actor: User) -> None:
    """Of money that counted, that it counts no more is said already."""
    now = row.line.placements.current().filter(place=wish.to).latest("pk")
    person, line = row.application.person, row.line
    facts = {"amount": wish.amount, "reason": reason}
    counted = row.place == Place.MATCHED
    if wish.to == Place.RETURNED:
        day = row.paid_on or line.day or line.posted_on
        record(person=person, kind=timeline.RETURNED, facts=facts | {"paid_on": day}, actor=actor)
        if not counted:
            queue(PAYMENT_GIVEN_BACK, now.pk, key=f"payment-given-back:{now.pk}")
    elif not counted:
        by_hand.say_uncounted(now, reason, actor)


def _bring_back(row: Placement, reason: str, actor: User) -> None:
    waits = {"place": Place.QUEUE, "queue_reason": _why_it_waits(row), "reason": reason}
    books = Books(actor)
    books.instead(row, [as_it_is(row, **waits, receipt_id=None)])
    books.write()
    weigh_what_is_left(row.line_id)
    by_hand.open_again(row.receipt_id)
    if not row.line.placements.current().filter(place=Place.RETURNED).exists():
        row.line.given_back_by.update(line=None)
    if row.application:
        facts = {"amount": row.amount, "posted_on": row.line.posted_on}
        record(person=row.application.person, kind=timeline.WAITS, facts=facts, actor=actor)


def _why_it_waits(row: Placement) -> QueueReason:
    """Money of nobody may be anybody's again: its person is looked for."""
    if row.line.said != Said.NEW:
        return QueueReason.NOTICE
    return QueueReason.UNDONE if row.application_id else QueueReason.UNKNOWN_PAYER


def _said(approval: Approval) -> dict:
    wish = Wish.read(approval.facts)
    row = Placement.objects.select_related("line").get(pk=wish.placement)
    what = f"{short_day(row.line.posted_on)}, {roubles(wish.amount)}"
    by = Outgoing.objects.filter(pk=wish.outgoing).first()
    carried = _("; gave it back: %s") % by if by else ""
    page = reverse("admin:payments_placement_change", args=[row.pk])
    return {"text": f"{what} → {Place(wish.to).label}{carried}", "page": page}


approvals.register(ApprovalKind.AWAY, approvals.Deed(carry_out, _said, PERMISSION))
