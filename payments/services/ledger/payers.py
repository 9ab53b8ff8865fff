"""What the matcher must know about a payer, read while nobody else can change it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Set
from dataclasses import replace

from django.db.models import OuterRef, QuerySet, Subquery

from common.clock import moscow_day
from patents.models import Application, ApplicationStatus
from payments.facts import counted_at_opening, former_of, standing_days
from payments.matching import Paper, Payer, Year, likeliest
from payments.matching.facts import channel
from payments.models import (
    Charge,
    Claim,
    Placement,
    Receipt,
    ReceiptStatus,
    StatementLine,
    TillPayment,
)
from payments.services.ledger.entries import Entry
from payments.shown import Shown
from payments.standing import Money

# As `Paper` and `Year` begin.
OF_RECEIPT = ("pk", "reference", "application_id", "person_id", "amount", "months", "status")
OF_YEAR = (
    *("pk", "person_id", "accepted_on", "status", "first_paid_on"),
    *("patent__issued_on", "patent__annulled_on"),
    *(f"opening_months__{name}" for name in ("amount", "months", "counted_on")),
)


def locked_payer(person_id: int) -> Payer:
    return locked_payers([person_id])[person_id]


def locked_payers(person_ids: Collection[int]) -> dict[int, Payer]:
    """Payers with the applications locked: nobody else counts months until we are done.

    Applications come first in every service that locks money, so nobody waits in a ring.
    """
    ids = lock_people(person_ids)
    years, living = (
        years_of(ids),
        _papers(ids, Charge.objects.unposted(), TillPayment.objects.unposted()),
    )
    shown, asked = _shown(ids), _papers(ids, Charge.objects.open())
    return {
        person_id: Payer(
            person_id,
            tuple(years[person_id]),
            tuple(living[person_id]),
            tuple(shown[person_id]),
            tuple(asked[person_id]),
        )
        for person_id in person_ids
    }


def lock_people(person_ids: Collection[int]) -> list[int]:
    """All applications of several people at once, so that locking some of them later is no ring."""
    rows = Application.objects.filter(person__any_of=person_ids).order_by("person_id", "pk")
    return list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))


def receipts_named(entries: Iterable[Entry]) -> dict[str, Paper]:
    """Receipts by number; ask with the applications locked, for a receipt may just be settled."""
    numbers = {number for entry in entries for number in entry.references}
    found = Receipt.objects.filter(reference__any_of=numbers).values_list(*OF_RECEIPT)
    return {row[1]: _paper(row) for row in found} if numbers else {}


def papers_named(
    entry: Entry, payer: Payer, receipts: dict[str, Paper], settled: Set[int] = frozenset()
) -> list[Paper]:
    """The payer's receipts that the purpose names, with the living money behind them.

    Of a receipt that was paid twice the sum that this line is likeliest to be: one that was taken,
    or one of its own. `settled` are the receipts that other lines of this round have settled.
    """
    named = (receipts[number] for number in entry.references if number in receipts)
    return [
        likeliest([*_taken_of(paper, payer), _closed(paper, settled)], entry.money)
        for paper in named
        if paper.person_id == payer.person_id
    ]


def _taken_of(paper: Paper, payer: Payer) -> list[Paper]:
    return [one for one in payer.living if one.receipt_id == paper.receipt_id]


def with_its_own(payer: Payer, entry: Entry, settled: Set[int] = frozenset()) -> Payer:
    """A line that waits holds what was taken; to decide anew, that money is living again."""
    taken = [row.charge or row.till_payment for row in entry.before]
    held = [_taken_for(one) for one in taken if one]
    held = [_closed(one, settled) for one in held]
    return replace(payer, living=(*payer.living, *held)) if held else payer


def _closed(paper: Paper, settled: Set[int]) -> Paper:
    return replace(paper, open=False) if paper.receipt_id in settled else paper


def as_if_without(payer: Payer, rows: Iterable[Placement]) -> Payer:
    """The payer where these places of months were not there."""
    gone = defaultdict(list)
    for row in rows:
        money = (row.amount, row.months, row.paid_on, row.line.posted_on)
        gone[row.application_id].append(
            Money(*money, channel((row.charge_id, row.till_payment_id)))
        )
    years = (replace(one, money=_less(one.money, gone[one.application_id])) for one in payer.years)
    return replace(payer, years=tuple(years))


def _less(money: Iterable[Money], gone: Iterable[Money]) -> tuple[Money, ...]:
    left = list(money)
    for one in gone:
        if one.months:
            left.remove(one)
    return tuple(left)


def years_of(application_ids: list[int]) -> dict[int, list[Year]]:
    """By person, as they were accepted."""
    found, money = defaultdict(list), _posted(application_ids)
    former = former_of({"former": standing_days(application_ids)})
    rows = Application.objects.filter(pk__any_of=application_ids).order_by("person_id", "pk")
    for pk, person_id, accepted_on, status, first_paid_on, *patent in rows.values_list(*OF_YEAR):
        issued_on, annulled_on, *opening = patent
        before = counted_at_opening(*opening, issued_on)
        found[person_id].append(
            Year(
                application_id=pk,
                accepted_on=accepted_on,
                issued_on=issued_on,
                annulled_on=annulled_on,
                refused=status == ApplicationStatus.REFUSED,
                first_paid_on=first_paid_on,
                money=(*before, *money.get(pk, ())),
                former=tuple(former.get(pk, ())),
            )
        )
    return found


def _posted(application_ids: list[int]) -> dict[int, list[Money]]:
    """By application."""
    found = defaultdict(list)
    rows = Placement.objects.months().filter(application__any_of=application_ids)
    # Line by line: joined, all lines would be read whenever many are asked for.
    lines = StatementLine.objects.filter(pk=OuterRef("line")).order_by()
    posted_on = lines.values("posted_on")
    columns = ("amount", "months", "paid_on", Subquery(posted_on), "charge_id", "till_payment_id")
    for application_id, *money, charge, till in rows.values_list("application_id", *columns):
        found[application_id].append(Money(*money, channel((charge, till))))
    return found


def _papers(application_ids: list[int], *taken: QuerySet) -> dict[int, list[Paper]]:
    """By person."""
    found = defaultdict(list)
    for rows in taken:
        rows = rows.filter(receipt__application__any_of=application_ids)
        for row in rows.select_related("receipt").order_by("pk"):
            found[row.receipt.person_id].append(_taken_for(row))
    return found


def _shown(application_ids: list[int]) -> dict[int, list[Shown]]:
    """By person."""
    found = defaultdict(list)
    claims = Claim.objects.living().filter(application__any_of=application_ids)
    for one in claims.select_related("application").order_by("pk"):
        found[one.application.person_id].append(
            Shown(one.pk, one.application_id, one.amount, one.months, one.day, one.is_confirmed)
        )
    return found


def _paper(row: tuple) -> Paper:
    *facts, status = row
    return Paper(*facts, open=status == ReceiptStatus.FORMED)


def _taken_for(taken: Charge | TillPayment) -> Paper:
    paper = _paper(tuple(getattr(taken.receipt, name) for name in OF_RECEIPT))
    if isinstance(taken, TillPayment):
        # A day that one of the staff wrote down proves nothing until another one agrees.
        day = None if taken.asks_day else taken.taken_on
        said = {"captured_on": day, "stated_on": taken.taken_on}
        return replace(paper, till_payment_id=taken.pk, **said)
    at = taken.captured_at
    return replace(paper, charge_id=taken.pk, captured_on=moscow_day(at) if at else None)
