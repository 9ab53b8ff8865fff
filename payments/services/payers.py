"""What the matcher must know about a payer, read while nobody else can change it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Set
from dataclasses import replace

from django.conf import settings
from django.db.models import QuerySet

from common.clock import moscow_day
from patents.models import Application, ApplicationStatus, Inn
from payments.facts import opening_money
from payments.matching import MoneyIn, Paper, Payer, Year, likeliest
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
from payments.shown import Shown
from payments.standing import Money


def money_in(line: StatementLine) -> MoneyIn:
    return MoneyIn(
        line.amount,
        line.posted_on,
        line.paid_on,
        line.purpose,
        line.payer_inn,
        _of_till(line),
    )


def _of_till(line: StatementLine) -> bool | None:
    """Whether the centre brought it from its tills; None where no setting says whose orders are."""
    if not settings.TILL_PAYERS:
        return None
    return not {line.payer_account, line.payer_inn}.isdisjoint(settings.TILL_PAYERS)


def people_named(lines: Iterable[StatementLine]) -> dict[int, set[int]]:
    """Line id → the people it names: owners of its receipts, or, with none, holders of its INNs."""
    names = {line.pk: (money_in(line).references, money_in(line).inns) for line in lines}
    owners = _owners_of(
        {reference for references, _inns in names.values() for reference in references}
    )
    holders = _holders_of({inn for _references, inns in names.values() for inn in inns})
    return {
        pk: {owners[one] for one in references if one in owners}
        or {holders[one] for one in inns if one in holders}
        for pk, (references, inns) in names.items()
    }


def _owners_of(references: set[str]) -> dict[str, int]:
    found = Receipt.objects.filter(reference__in=references)
    return dict(found.values_list("reference", "person_id"))


def _holders_of(inns: set[str]) -> dict[str, int]:
    return dict(Inn.objects.current().filter(value__in=inns).values_list("value", "person_id"))


def locked_payer(person_id: int) -> Payer:
    return locked_payers([person_id])[person_id]


def locked_payers(person_ids: Collection[int]) -> dict[int, Payer]:
    """Payers with the applications locked: nobody else counts months until we are done.

    Applications come first in every service that locks money, so nobody waits in a ring.
    """
    rows = Application.objects.filter(person_id__in=person_ids).order_by("person_id", "pk")
    applications = list(
        rows.select_for_update(of=("self",)).select_related("patent", "opening_months")
    )
    ids = [application.pk for application in applications]
    money, shown = _posted(ids), _shown(ids)
    living = _papers(ids, Charge.objects.unposted(), TillPayment.objects.unposted())
    asked = _papers(ids, Charge.objects.open())
    years = defaultdict(list)
    for one in applications:
        years[one.person_id].append(_year(one, (*opening_money(one), *money[one.pk])))
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


def receipts_named(lines: Iterable[StatementLine]) -> dict[str, Receipt]:
    """Receipts by number; ask with the applications locked, for a receipt may just be settled."""
    numbers = {number for line in lines for number in money_in(line).references}
    return Receipt.objects.in_bulk(numbers, field_name="reference")


def papers_named(line: MoneyIn, payer: Payer, receipts: dict[str, Receipt]) -> list[Paper]:
    """The payer's receipts that the purpose names, with the living money behind them.

    Of a receipt that was paid twice the one whose money this line is likeliest to be.
    """
    named = (receipts[number] for number in line.references if number in receipts)
    return [
        likeliest((paper for paper in payer.living if paper.receipt_id == receipt.pk), line)
        or _paper(receipt)
        for receipt in named
        if receipt.person_id == payer.person_id
    ]


def with_its_own(payer: Payer, line: StatementLine, settled: Set[int] = frozenset()) -> Payer:
    """A line that waits holds what was taken; to decide anew, that money is living again.

    `settled` are the receipts that other lines of this round have settled.
    """
    waiting = [row for row in line.placements.all() if row.closed_at is None]
    taken = [row.charge or row.till_payment for row in waiting]
    held = [_paper(one.receipt, one) for one in taken if one]
    held = [replace(one, open=one.open and one.receipt_id not in settled) for one in held]
    return replace(payer, living=(*payer.living, *held)) if held else payer


def _year(application: Application, money: tuple[Money, ...]) -> Year:
    patent = getattr(application, "patent", None)
    return Year(
        application_id=application.pk,
        accepted_on=application.accepted_on,
        issued_on=patent and patent.issued_on,
        annulled_on=patent and patent.annulled_on,
        refused=application.status == ApplicationStatus.REFUSED,
        first_paid_on=application.first_paid_on,
        money=money,
    )


def _posted(application_ids: list[int]) -> dict[int, list[Money]]:
    """By application."""
    found = defaultdict(list)
    rows = Placement.objects.matched().filter(application_id__in=application_ids)
    for row in rows.select_related("line"):
        taken_by = channel((row.charge_id, row.till_payment_id))
        found[row.application_id].append(
            Money(row.amount, row.months, row.paid_on, row.line.posted_on, taken_by)
        )
    return found


def _papers(application_ids: list[int], *taken: QuerySet) -> dict[int, list[Paper]]:
    """By person."""
    found = defaultdict(list)
    for rows in taken:
        rows = rows.filter(receipt__application_id__in=application_ids)
        for row in rows.select_related("receipt").order_by("pk"):
            found[row.receipt.person_id].append(_paper(row.receipt, row))
    return found


def _shown(application_ids: list[int]) -> dict[int, list[Shown]]:
    """By person."""
    found = defaultdict(list)
    claims = Claim.objects.living().filter(application_id__in=application_ids)
    for one in claims.select_related("application").order_by("pk"):
        found[one.application.person_id].append(
            Shown(one.pk, one.application_id, one.amount, one.months, one.day, one.is_confirmed)
        )
    return found


def _paper(receipt: Receipt, taken: Charge | TillPayment | None = None) -> Paper:
    return Paper(
        receipt_id=receipt.pk,
        reference=receipt.reference,
        application_id=receipt.application_id,
        person_id=receipt.person_id,
        amount=receipt.amount,
        months=receipt.months,
        open=receipt.status == ReceiptStatus.FORMED,
        **_taken(taken),
    )


def _taken(taken: Charge | TillPayment | None) -> dict:
    if isinstance(taken, TillPayment):
        # A day that one of the staff wrote down proves nothing until another one agrees.
        day = None if taken.asks_day else taken.taken_on
        return {"till_payment_id": taken.pk, "captured_on": day, "stated_on": taken.taken_on}
    if taken is None:
        return {}
    at = taken.captured_at
    return {"charge_id": taken.pk, "captured_on": moscow_day(at) if at else None}
