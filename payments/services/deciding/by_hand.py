"""What two of the staff decide about the money of a line: whose it is, in which parts, or nobody's.

The line stays as it was sent, and what was believed stays readable: places are closed and opened.
Each part is decided by the rule that decides for lines: late money stays late, whoever assigns it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Approval, ApprovalKind, Person, User
from accounts.services import approvals, record
from common.formats import roubles, short_day
from notifications.services import queue
from patents.models import Application
from payments import matching, timeline
from payments.errors import LineMoved, NoticeIsNoMoney, SharesTooMuch, TakenByOurselves
from payments.matching import MoneyIn, Part, Payer
from payments.messages import PAYMENT_UNCOUNTED
from payments.models import Place, Placement, QueueReason, Receipt, ReceiptStatus, Said
from payments.pricing import monthly_on
from payments.reference import display
from payments.services.importing.likely import weigh_what_is_left
from payments.services.ledger import claim_endings, joining, ledger
from payments.services.ledger.books import Books, as_it_is
from payments.services.ledger.entries import Entry
from payments.services.ledger.locks import hold_accounts
from payments.services.ledger.payers import locked_payers, papers_named, receipts_named

PERMISSION = "payments.change_placement"
PAYS = [Place.MATCHED, Place.CREDIT, Place.RETURNED]  # a receipt whose line is there is posted
BY_FILES = {QueueReason.REPEAT, QueueReason.HELD}


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the money for an application, or for a receipt of it. `paid_on` is what a cheque
    says where the line has no day."""

    amount: Decimal
    application_id: int
    receipt_id: int | None = None
    paid_on: date | None = None

    @property
    def written(self) -> dict:
        day = self.paid_on and self.paid_on.isoformat()
        return asdict(self) | {"amount": str(self.amount), "paid_on": day}

    @classmethod
    def read(cls, facts: dict) -> "Share":
        day = facts["paid_on"] and date.fromisoformat(facts["paid_on"])
        return cls(**facts | {"amount": Decimal(facts["amount"]), "paid_on": day})


def ask(*, placement: Placement, shares: Sequence[Share], actor: User, reason: str) -> Approval:
    """Say whose the money of a place is; another one of the staff decides. What no share takes
    waits; without shares all of it does. Asked twice it is one question.

    Raises LineMoved, NoticeIsNoMoney, TakenByOurselves, SharesTooMuch, ReasonMissing.
    """
    row = _movable(placement.pk)
    if sum(share.amount for share in shares) > row.amount:
        raise SharesTooMuch(row.amount)
    asked, _is_new = approvals.ask(
        kind=ApprovalKind.PLACE,
        person=_about(row, shares),
        facts={"placement": row.pk, "shares": [share.written for share in shares]},
        actor=actor,
        reason=reason,
    )
    return asked


def carry_out(approval: Approval, actor: User) -> None:
    shares = [Share.read(facts) for facts in approval.facts["shares"]]
    move(approval.facts["placement"], shares, actor=actor, reason=approval.reason)


@transaction.atomic
def move(pk: int, shares: Sequence[Share], *, actor: User, reason: str) -> None:
    """Who may decide was asked before: two of the staff, or one where the portal is nearly sure."""
    row = _movable(pk)
    people = _people(row, shares)
    waiting = ledger.may_be_timely_of(people)
    hold_accounts({*accounts_of(row), *waiting.values_list("line__account__number", flat=True)})
    locked_payers(people)
    row = take_back(_movable(pk), reason, actor)
    give(row, shares, locked_payers(people), actor)
    ledger.match_again(placements=waiting.exclude(line=row.line_id))


def _movable(pk: int) -> Placement:
    """Money only: a notice brings none."""
    row = there(pk)
    if row.line.said != Said.NEW:
        raise NoticeIsNoMoney
    return row


def there(pk: int) -> Placement:
    """What staff may decide about. Raises LineMoved, TakenByOurselves."""
    rows = Placement.objects.current().exclude(place__in=[Place.RETURNED, Place.SET_ASIDE])
    rows = rows.exclude(queue_reason__in=BY_FILES).select_related("line__account")
    row = rows.select_related("application__person").filter(pk=pk).first()
    if row is None:
        raise LineMoved
    if row.charge_id or row.till_payment_id:
        raise TakenByOurselves
    return row


def _about(row: Placement, shares: Sequence[Share]) -> Person:
    """Whose decision it is: the person who gets the money, or has it now."""
    if shares:
        return Person.objects.get(applications=shares[0].application_id)
    if _waits_already(row):
        raise LineMoved
    return row.application.person


def accounts_of(row: Placement) -> set[str]:
    """Of its line, and of the lines that make months with it."""
    numbers = together_with(row).values_list("line__account__number", flat=True)
    return {row.line.account.number, *numbers}


def together_with(row: Placement) -> QuerySet[Placement]:
    """By plain keys: with a subquery in the `or` the database reads all lines there are."""
    last = row.completed_by_id or row.pk
    part = Q(completed_by=last, closed_at__isnull=True)
    return Placement.objects.filter(Q(pk=last) | part).order_by("pk")


def _people(row: Placement, shares: Iterable[Share]) -> set[int]:
    applications = [row.application_id, *(share.application_id for share in shares)]
    found = Application.objects.filter(pk__in=[pk for pk in applications if pk])
    return set(found.values_list("person_id", flat=True))


def take_back(row: Placement, reason: str, actor: User) -> Placement:
    """The place as it waits for the decision that follows; whoever it counted for is told.

    The caller holds the accounts and the applications.
    """
    if _waits_already(row):
        return row
    others = joining.let_go([row])
    books = Books(actor)
    books.instead(row, [_undone(row, reason)])
    books.write()
    open_again(row.receipt_id)
    claim_endings.reopen(placement=row)
    if row.place == Place.MATCHED:
        _uncount(row, reason, actor)
        joining.restate_first_day([row, *others])
    return row.line.placements.current().select_related("line").latest("pk")


def open_again(receipt_id: int | None) -> None:
    """A receipt whose money is taken away can be paid once more."""
    posted = Receipt.objects.filter(pk=receipt_id, status=ReceiptStatus.POSTED)
    pays = Placement.objects.current().filter(receipt=receipt_id, place__in=PAYS)
    if receipt_id and not pays.exists():
        posted.update(status=ReceiptStatus.FORMED, posted_on=None)


def _waits_already(row: Placement) -> bool:
    is_nobodys = row.application_id is None or row.queue_reason == QueueReason.UNDONE
    return row.place == Place.QUEUE and is_nobodys


def _undone(row: Placement, reason: str) -> Part:
    """It stays named to its owner, with its day: nobody lapses while staff have not decided."""
    day = None if row.is_by_posting else row.paid_on
    waits = {"place": Place.QUEUE, "queue_reason": QueueReason.UNDONE, "reason": reason}
    return as_it_is(row, receipt_id=None, months=0, paid_on=day, **waits)


def _uncount(row: Placement, reason: str, actor: User) -> None:
    """The person was told that this money counts: now they are told that it does not."""
    say_uncounted(row, reason, actor)


def say_uncounted(row: Placement, reason: str, actor: User) -> None:
    facts = {"amount": row.amount, "posted_on": row.line.posted_on, "reason": reason}
    person = row.application.person
    record(person=person, kind=timeline.UNCOUNTED, facts=facts, actor=actor)
    queue(PAYMENT_UNCOUNTED, row.pk, key=f"payment-uncounted:{row.pk}")


def give(row: Placement, shares: Sequence[Share], payers: dict[int, Payer], actor: User) -> None:
    """Divide a waiting place. The caller holds the accounts and the applications."""
    if not shares:
        return
    books, given = Books(actor), []
    owners = dict(
        Application.objects.values_list("pk", "person_id").filter(
            pk__in=[share.application_id for share in shares]
        )
    )
    for share in shares:
        payer = payers[owners[share.application_id]]
        parts = _decided(row, share, payer)
        payers[payer.person_id] = matching.applied(payer, parts, row.line.posted_on)
        given.append((parts, payer))
    rest = row.amount - sum(share.amount for share in shares)
    if rest:
        given.append(([as_it_is(row, amount=rest)], None))
    books.divide(row, given)
    books.write()
    weigh_what_is_left(row.line_id)


def _decided(row: Placement, share: Share, payer: Payer) -> Sequence[Part]:
    line = row.line
    known = row.paid_on if row.application_id in {None, share.application_id} else None
    paid_on = min(filter(None, (line.day, known, share.paid_on)), default=None)
    money = MoneyIn(share.amount, line.posted_on, paid_on)
    named = Receipt.objects.filter(pk=share.receipt_id).values_list("reference", flat=True)
    entry = Entry(line.pk, money, list(named), {payer.person_id})
    papers = papers_named(entry, payer, receipts_named([entry]))
    return matching.decide(money, papers=papers, payers=[payer], price=monthly_on)


def _said(approval: Approval) -> dict:
    row = Placement.objects.select_related("line").get(pk=approval.facts["placement"])
    what = f"{short_day(row.line.posted_on)}, {roubles(row.amount)}"
    shares = "; ".join(_named(Share.read(facts)) for facts in approval.facts["shares"])
    return {"text": f"{what} → {shares or _('waits for staff')}"}


def _named(share: Share) -> str:
    application = Application.objects.select_related("person").get(pk=share.application_id)
    paper = Receipt.objects.filter(pk=share.receipt_id).first()
    number = f", {display(paper.reference)}" if paper else ""
    return f"{roubles(share.amount)}: {application.person.full_name}, {application.number}{number}"


approvals.register(ApprovalKind.PLACE, approvals.Deed(carry_out, _said, PERMISSION))
