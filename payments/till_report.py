"""The day of the cash desk: what each till took, what was corrected, and the bank's register."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from payments.models import Placement, Till, TillPayment
from payments.reference import display

HEADS = (
    *(_("Till"), _("Cheque"), _("Day"), _("Recorded at"), _("Person"), _("Application")),
    *(_("Receipt"), _("Payer's INN"), _("Months"), _("Sum"), _("Recorded by"), _("Posted on")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """Money of a day that is believed now; `posted_on` once the Treasury has it."""

    taken: TillPayment
    posted_on: date | None

    @property
    def inn(self) -> str:
        return self.taken.receipt.snapshot["payer"]["inn"]

    @property
    def person_id(self) -> int:
        return self.taken.receipt.person_id


@dataclass(frozen=True, slots=True)
class OfTill:
    till: Till
    rows: tuple[Row, ...]

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def total(self) -> Decimal:
        return total(self.rows)


def total(rows: Iterable[Row]) -> Decimal:
    return sum((row.taken.amount for row in rows), Decimal(0))


def of_day(day: date) -> list[OfTill]:
    """Every till that is open or took money on the day; three questions, however much it was."""
    rows = _rows(TillPayment.objects.standing().filter(taken_on=day))
    tills = {row.taken.till for row in rows} | set(Till.objects.open())
    return [
        OfTill(till, tuple(row for row in rows if row.taken.till_id == till.pk))
        for till in sorted(tills, key=lambda till: till.name)
    ]


def corrected(day: date) -> list[TillPayment]:
    """Entries of the day that later ones correct: what was written, and what is true instead."""
    former = TillPayment.objects.filter(taken_on=day, corrected_by__isnull=False)
    after = ("corrected_by__receipt__person", "corrected_by__approval__asked_by")
    return list(
        former.filter(receipt__isnull=False)
        .for_list()
        .select_related(*after, "corrected_by__recorded_by")
        .order_by("till__name", "pk")
    )


def register_of(rows: Iterable[Row]) -> str:
    """The register for the order of the deposit: receipt, INN, name and sum of each worker."""
    return "\n".join(
        f"{row.taken.receipt.reference};{row.inn};{row.taken.receipt.person.full_name};"
        f"{row.taken.amount:.2f}"
        for row in rows
    )


def cells(row: Row) -> list:
    taken, receipt = row.taken, row.taken.receipt
    return [
        str(taken.till),
        taken.cheque_number,
        taken.taken_on,
        taken.recorded_at,
        receipt.person.full_name,
        receipt.application.number,
        display(receipt.reference),
        row.inn,
        receipt.months,
        taken.amount,
        str(taken.recorded_by),
        row.posted_on,
    ]


def _rows(entries: QuerySet[TillPayment]) -> list[Row]:
    found = list(entries.for_list().select_related("recorded_by").order_by("till__name", "pk"))
    places = Placement.objects.matched().filter(till_payment__in=found)
    posted = dict(places.values_list("till_payment_id", "line__posted_on"))
    return [Row(taken, posted.get(taken.pk)) for taken in found]
