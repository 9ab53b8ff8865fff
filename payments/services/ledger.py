"""The places of money: posted to months, or waiting for staff; never lost, never twice.

A place is closed and another opened, so that what was once believed stays readable. The money of
a line moves with its account held; everything about a person happens with the applications locked.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_noop

from accounts.models import Person, User
from accounts.services import record
from common.batches import batches
from common.clock import moscow_day
from journal.history import plainly
from patents.models import Application
from payments import matching, timeline
from payments.matching import Part
from payments.models import (
    Charge,
    Place,
    Placement,
    QueueReason,
    Receipt,
    ReceiptStatus,
    StatementLine,
)
from payments.pricing import monthly_on
from payments.services import claim_endings
from payments.services.books import Books, as_it_is, current
from payments.services.locks import hold_accounts
from payments.services.payers import (
    locked_payer,
    locked_payers,
    money_in,
    papers_named,
    people_named,
    receipts_named,
    with_its_own,
)

PEOPLE_AT_ONCE = 500
MATCHED_AGAIN = gettext_noop("Staff let waiting money be matched again.")


@dataclass
class Round:
    """One go over some lines: the books, what it came to, the tariffs asked on the way.

    A line that is only partly matched counts as queued.
    """

    books: Books
    matched: int = 0
    queued: int = 0
    settled: set[int] = field(default_factory=set)  # receipts, by the lines of this round
    tariffs: dict[date, Decimal | None] = field(default_factory=dict)

    def count(self, parts: Sequence[Part]) -> None:
        if all(part.place == Place.MATCHED for part in parts):
            self.matched += 1
        else:
            self.queued += 1

    def price(self, day: date) -> Decimal | None:
        if day not in self.tariffs:
            self.tariffs[day] = monthly_on(day)
        return self.tariffs[day]


# --- what others ask for


@transaction.atomic
def place_lines(lines: Collection[StatementLine], *, actor: User | None = None) -> Round:
    """Decide about lines without a place or with waiting money, and tell the people.

    The caller holds the account. People are taken in the order of their ids, so that two rounds
    cannot wait in a ring.
    """
    this, named = Round(Books(actor)), people_named(lines)
    by_person = defaultdict(list)
    for line in lines:
        by_person[_only(named[line.pk])].append(line)
    # A stored reason is read by the centre's staff, whoever runs this.
    with translation.override(settings.LANGUAGE_CODE):
        for line in by_person.pop(None, []):
            _place_of_nobody(line, named[line.pk], this)
        this.books.write()
        for people in batches(sorted(by_person), PEOPLE_AT_ONCE):
            _place_of_people({person_id: by_person[person_id] for person_id in people}, this)
    return this


@transaction.atomic
def match_again(*, placements: Iterable[Placement], actor: User | None = None) -> int:
    """Decide anew about waiting money; returns how many lines found their months.

    Possible repeats stay: only another statement can say what they are.
    """
    lines = StatementLine.objects.filter(pk__in={row.line_id for row in placements})
    hold_accounts(lines.values_list("account__number", flat=True))
    waiting = lines.order_by("pk").prefetch_related("placements")
    with plainly(MATCHED_AGAIN if actor else ""):
        return place_lines([row for row in waiting if _may_be_decided(row)], actor=actor).matched


@transaction.atomic
def set_aside(*, line: StatementLine, reason: str) -> None:
    """The money of a line without a place is counted elsewhere."""
    books = Books()
    books.move(line, [Part(line.amount, Place.SET_ASIDE, reason)])
    books.write()


@transaction.atomic
def hold_as_repeat(*, line: StatementLine, proven: bool, reason: str) -> None:
    """The line may be, or is, shown twice: whatever its money did is undone."""
    before = list(line.placements.current().order_by("pk"))
    _lock_applications(before)
    place, kind = (Place.SET_ASIDE, "") if proven else (Place.QUEUE, QueueReason.REPEAT)
    books = Books()
    books.move(line, [Part(line.amount, place, reason, kind)])
    books.write()
    for row in before:
        if row.place == Place.MATCHED:
            _withdraw(row, line)


@transaction.atomic
def name_taker(*, placements: QuerySet[Placement], charge: Charge) -> None:
    """A line settled a receipt before the acquirer said that it took the money: it was this charge,
    which is then on its way no more."""
    hold_accounts(placements.values_list("line__account__number", flat=True))
    locked_payer(charge.receipt.person_id)
    row = placements.select_related("line").first()
    if row is None or not Charge.objects.unposted().filter(pk=charge.pk).exists():
        return
    day = min(row.paid_on, moscow_day(charge.captured_at))
    books = Books()
    books.instead(row, [as_it_is(row, charge_id=charge.pk, paid_on=day)])
    books.write()


# --- deciding


def _only(people: set[int]) -> int | None:
    return next(iter(people)) if len(people) == 1 else None


def _may_be_decided(line: StatementLine) -> bool:
    return all(
        row.place == Place.QUEUE and row.queue_reason != QueueReason.REPEAT for row in current(line)
    )


def _place_of_nobody(line: StatementLine, people: set[int], this: Round) -> None:
    """No person, or several: the money waits, and no lock is needed for that."""
    payers = [matching.Payer(person_id) for person_id in people]
    parts = matching.decide(money_in(line), papers=[], payers=payers, price=this.price)
    this.books.move(line, parts)
    this.count(parts)


def _place_of_people(lines: dict[int, list[StatementLine]], this: Round) -> None:
    payers = locked_payers(lines)
    this.books.people = Person.objects.in_bulk(lines)
    receipts = receipts_named(line for some in lines.values() for line in some)
    for person_id, some in lines.items():
        _place_of(payers[person_id], some, receipts, this)
    this.books.write()
    waiting = Placement.objects.may_prove_timely().filter(application__person_id__in=lines)
    for person_id in sorted(set(waiting.values_list("application__person_id", flat=True))):
        _try_waiting_again(person_id, this)


def _place_of(
    payer: matching.Payer, lines: list[StatementLine], receipts: dict[str, Receipt], this: Round
) -> None:
    for line in sorted(lines, key=_order_of_payment):
        parts = _decide(line, payer, receipts, this)
        this.books.move(line, parts, payer)
        payer = matching.applied(payer, parts, line.posted_on)
        _settled(receipts, parts, this)
        this.count(parts)


def _settled(receipts: dict[str, Receipt], parts: Sequence[Part], this: Round) -> None:
    """The next line of this round must not settle the same receipt."""
    this.settled |= {part.receipt_id for part in parts if part.place == Place.MATCHED}
    for receipt in receipts.values():
        if receipt.pk in this.settled:
            receipt.status = ReceiptStatus.POSTED


def _order_of_payment(line: StatementLine) -> tuple:
    return (line.paid_on or line.posted_on, line.posted_on, line.pk)


def _decide(
    line: StatementLine, payer: matching.Payer, receipts: dict[str, Receipt], this: Round
) -> tuple[Part, ...]:
    payer, money = with_its_own(payer, line, this.settled), money_in(line)
    papers = papers_named(money, payer, receipts)
    return matching.decide(money, papers=papers, payers=[payer], price=this.price)


def _try_waiting_again(person_id: int, this: Round) -> None:
    """Money that seemed late, or had no day, is in time once earlier money reaches so far.

    So what is covered does not depend on the order in which statements arrive.
    """
    rows = Placement.objects.may_prove_timely().filter(application__person_id=person_id)
    payer = locked_payer(person_id)
    for line in sorted({row.line for row in rows.select_related("line")}, key=_order_of_payment):
        parts = _decide(line, payer, receipts_named([line]), this)
        if _may_be_decided(line) and any(part.place == Place.MATCHED for part in parts):
            this.books.move(line, parts, payer)
            this.books.write()
            return _try_waiting_again(person_id, this)
    return None


def _lock_applications(rows: Iterable[Placement]) -> None:
    ids = {row.application_id for row in rows if row.application_id}
    people = Application.objects.filter(pk__in=ids).values("person_id")
    locked = Application.objects.filter(person_id__in=people).order_by("person_id", "pk")
    list(locked.select_for_update(of=("self",)).values_list("pk", flat=True))


def _withdraw(row: Placement, line: StatementLine) -> None:
    if row.receipt_id:
        posted = Receipt.objects.filter(pk=row.receipt_id, status=ReceiptStatus.POSTED)
        posted.update(status=ReceiptStatus.FORMED, posted_on=None)
    claim_endings.reopen(placement=row)
    facts = {"amount": row.amount, "posted_on": line.posted_on}
    record(person=row.application.person, kind=timeline.WITHDRAWN, facts=facts)
