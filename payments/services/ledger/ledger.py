"""The places of money: posted to months, or waiting for staff; never lost, never twice.

A place is closed and another opened, so that what was once believed stays readable. The money of
a line moves with its account held; everything about a person happens with the applications locked.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.services import record
from common.batches import batches
from common.clock import moscow_day
from journal.history import plainly
from payments import matching, timeline
from payments.matching import Paper, Part
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
from payments.services.ledger import claim_endings, joining, second_lines, twice
from payments.services.ledger.books import Books, as_it_is
from payments.services.ledger.entries import Entry, entries_of
from payments.services.ledger.locks import hold_accounts
from payments.services.ledger.payers import (
    lock_people,
    locked_payer,
    locked_payers,
    papers_named,
    receipts_named,
    with_its_own,
)

NOT_BY_STAFF_AGAIN = {QueueReason.REPEAT, QueueReason.HELD}
PEOPLE_AT_ONCE = 2000
MATCHED_AGAIN = gettext_noop("Staff let waiting money be matched again.")


@dataclass
class Round:
    """One go over some lines: the books, what it came to, the tariffs asked on the way.

    A line that is only partly matched counts as queued.
    """

    books: Books
    matched: int = 0
    queued: int = 0
    settled: set[int] = field(default_factory=set)  # receipts: no later line may settle them
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

    The caller holds the account.
    """
    return place(entries_of(lines), actor=actor)


@transaction.atomic
def place(entries: Collection[Entry], *, actor: User | None = None) -> Round:
    """As `place_lines`, for lines read already. People are taken in the order of their ids, so
    that two rounds cannot wait in a ring."""
    this, by_person = Round(Books(actor, patient=True)), defaultdict(list)
    for entry in entries:
        by_person[_only(entry.people)].append(entry)
    # A stored reason is read by the centre's staff, whoever runs this.
    with translation.override(settings.LANGUAGE_CODE):
        for entry in by_person.pop(None, []):
            _place_of_nobody(entry, this)
        this.books.write()
        for people in batches(sorted(by_person), PEOPLE_AT_ONCE):
            _place_of_people({person_id: by_person[person_id] for person_id in people}, this)
    return this


@transaction.atomic
def match_again(*, placements: Iterable[Placement], actor: User | None = None) -> int:
    """Decide anew about waiting money; returns how many lines found their months.

    Possible repeats stay, for only another statement can say what they are; so do the lines of
    held statements, until somebody releases those.
    """
    lines = StatementLine.objects.filter(pk__in={row.line_id for row in placements})
    hold_accounts(lines.values_list("account__number", flat=True))
    waiting = entries_of(lines.order_by("pk").prefetch_related("placements"))
    with plainly(MATCHED_AGAIN if actor else ""):
        return place([one for one in waiting if _may_be_decided(one)], actor=actor).matched


def may_be_timely_of(people: Iterable[int]) -> QuerySet[Placement]:
    """Waiting money of these people that months counted otherwise than by a line (from credit, by
    a decision) may show to be in time: match it again, with its accounts held from the beginning.
    """
    return Placement.objects.may_prove_timely().filter(application__person__in=list(people))


@transaction.atomic
def set_aside(*, line: StatementLine, reason: str) -> None:
    """The money of a line without a place is counted elsewhere."""
    books = Books()
    books.move(_entry(line), [Part(line.amount, Place.SET_ASIDE, reason)])
    books.write()


@transaction.atomic
def hold_as_repeat(*, line: StatementLine, proven: bool, reason: str) -> None:
    """The line may be, or is, shown twice: whatever its money did is undone.

    Unproven, it is its owner's and is named: nobody is late while staff have not decided.
    """
    lock_people(people_of([line]))
    before = list(line.placements.current().select_related("application").order_by("pk"))
    others = joining.let_go(before)
    entry, books = replace(_entry(line), before=before), Books()
    aside = [Part(line.amount, Place.SET_ASIDE, reason)]
    books.move(entry, aside if proven else in_doubt(entry, reason))
    books.write()
    for row in before:
        if row.place == Place.MATCHED:
            withdraw(row, line)
        else:
            claim_endings.reopen(placement=row)
    joining.restate_first_day([*before, *others])


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


# --- money in doubt


def in_doubt(entry: Entry, reason: str) -> list[Part]:
    """Each sum keeps whose it is. What nobody has decided about is whose it would have been, so
    that the order of files does not matter: a possible copy, too, may be money that somebody paid.

    The caller holds the account and the applications of the people.
    """
    sums = entry.before
    if not any(row.application_id for row in sums):
        sums = _as_if_counted(entry) or sums
    whole = Part(entry.money.amount, Place.QUEUE, reason, QueueReason.REPEAT)
    return [replace(whole, amount=one.amount, **_whose(one, entry)) for one in sums] or [whole]


def _as_if_counted(entry: Entry) -> Sequence[Part]:
    person_id = _only(entry.people)
    if person_id is None:
        return ()
    return _decide(entry, locked_payer(person_id), receipts_named([entry]), Round(Books()))


def _whose(one: Placement | Part, entry: Entry) -> dict:
    """What a charge or the cash desk took speaks for itself again."""
    if one.charge_id is not None or one.till_payment_id is not None:
        return {"score": one.score}
    money = entry.money
    # The day of posting proves that money was in time, never that it was late.
    by_posting = money.paid_on is None and one.paid_on == money.posted_on
    day = None if by_posting else one.paid_on
    return {"application_id": one.application_id, "paid_on": day, "score": one.score}


# --- deciding


def _only(people: Collection[int]) -> int | None:
    return next(iter(people)) if len(people) == 1 else None


def _entry(line: StatementLine) -> Entry:
    [entry] = entries_of([line])
    return entry


def _may_be_decided(entry: Entry) -> bool:
    return all(
        row.place == Place.QUEUE and row.queue_reason not in NOT_BY_STAFF_AGAIN
        for row in entry.before
    )


def _place_of_nobody(entry: Entry, this: Round) -> None:
    """No person, or several: the money waits, and no lock is needed for that."""
    payers = [matching.Payer(person_id) for person_id in entry.people]
    parts = matching.decide(entry.money, papers=[], payers=payers, price=this.price)
    this.books.move(entry, parts)
    this.count(parts)


def _place_of_people(entries: dict[int, list[Entry]], this: Round) -> None:
    payers = locked_payers(entries)
    receipts = receipts_named(entry for some in entries.values() for entry in some)
    for person_id, some in entries.items():
        _place_of(payers[person_id], some, receipts, this)
    this.books.write()
    waiting = Placement.objects.may_prove_timely().filter(application__person__any_of=entries)
    for person_id in sorted(set(waiting.values_list("application__person_id", flat=True))):
        _try_waiting_again(person_id, this)
    this.books.tell_waiting()


def _place_of(
    payer: matching.Payer, entries: list[Entry], receipts: dict[str, Paper], this: Round
) -> None:
    ordered = sorted(entries, key=order_of_payment) if len(entries) > 1 else entries
    for entry in ordered:
        parts = _decide(entry, payer, receipts, this)
        this.books.move(entry, parts, payer)
        this.settled |= {part.receipt_id for part in parts if part.place == Place.MATCHED}
        this.count(parts)
        if entry is not ordered[-1]:
            payer = matching.applied(payer, parts, entry.money.posted_on)


def order_of_payment(entry: Entry) -> tuple:
    money = entry.money
    return (money.paid_on or money.posted_on, money.posted_on, entry.line_id)


def _decide(
    entry: Entry, payer: matching.Payer, receipts: dict[str, Paper], this: Round
) -> tuple[Part, ...]:
    payer = with_its_own(payer, entry, this.settled)
    papers = papers_named(entry, payer, receipts, this.settled)
    return matching.decide(entry.money, papers=papers, payers=[payer], price=this.price)


def _try_waiting_again(person_id: int, this: Round) -> None:
    """Money that seemed late, or had no day, is in time once earlier money reaches so far.

    So what is covered does not depend on the order in which statements arrive.
    """
    rows = Placement.objects.may_prove_timely().filter(application__person_id=person_id)
    payer = locked_payer(person_id)
    lines = {row.line for row in rows.select_related("line")}
    for entry in sorted(entries_of(lines), key=order_of_payment):
        parts = _decide(entry, payer, receipts_named([entry]), this)
        if _may_be_decided(entry) and any(part.place == Place.MATCHED for part in parts):
            this.books.move(entry, parts, payer)
            this.books.write()
            return _try_waiting_again(person_id, this)
    return None


def people_of(lines: Iterable[StatementLine]) -> set[int]:
    """Whose money the lines hold now."""
    rows = Placement.objects.current().filter(line__in=lines, application__isnull=False)
    return set(rows.values_list("application__person_id", flat=True))


def withdraw(row: Placement, line: StatementLine) -> None:
    """What the months of a place had settled is open again; its person can read so."""
    if row.receipt_id:
        posted = Receipt.objects.filter(pk=row.receipt_id, status=ReceiptStatus.POSTED)
        posted.update(status=ReceiptStatus.FORMED, posted_on=None)
        twice.it_was_one(row.application)
        second_lines.it_was_one(row.receipt)
    claim_endings.reopen(placement=row)
    facts = {"amount": row.amount, "posted_on": line.posted_on}
    record(person=row.application.person, kind=timeline.WITHDRAWN, facts=facts)
