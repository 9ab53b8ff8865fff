"""All papers of a person's payments, of all patents, by year: what to carry to a renewal."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.models import Person
from common.clock import moscow_day
from payments.models import (
    Charge,
    ChargeStatus,
    Claim,
    KeptCheque,
    OpeningMonths,
    Placement,
    Receipt,
    TillPayment,
)


@dataclass(frozen=True, slots=True)
class PaidPaper:
    """A receipt of ours with the days that are known of its money."""

    receipt: Receipt
    paid_on: date | None
    posted_on: date | None

    @property
    def day(self) -> date:
        return self.paid_on or self.posted_on or self.receipt.formed_on

    @property
    def is_paid(self) -> bool:
        return self.day is not self.receipt.formed_on


@dataclass(frozen=True, slots=True)
class Before:
    """Money counted at go-live: somewhere between two days, and nothing says when."""

    row: OpeningMonths
    first: date
    last: date

    @property
    def is_of_one_year(self) -> bool:
        return self.first.year == self.last.year


@dataclass(slots=True)
class Year:
    number: int
    papers: list[PaidPaper]
    claims: list[Claim]
    kept: list[KeptCheque]
    posted: list[Placement]
    before: list[Before]

    @property
    def paid(self) -> list[PaidPaper]:
        return [paper for paper in self.papers if paper.is_paid]

    @property
    def has_papers(self) -> bool:
        return bool(self.paid or self.claims or self.kept)

    @property
    def total(self) -> Decimal:
        """What is known to be paid in this year."""
        return _sum(self.posted) + _sum(one.row for one in self.before if one.is_of_one_year)

    @property
    def has_tax(self) -> bool:
        return bool(self.posted or self.before)


def _sum(rows) -> Decimal:
    return sum((row.amount for row in rows), Decimal(0))


def years(person: Person) -> list[Year]:
    """Every year that has something, newest first; the same questions whatever the history."""
    found: dict[int, Year] = {}
    posted = _posted(person)
    rows = {
        "papers": [(paper.day, paper) for paper in _papers(person, posted)],
        "claims": [(claim.day, claim) for claim in _claims(person)],
        "kept": [(cheque.paid_on, cheque) for cheque in person.kept_cheques.all()],
        "posted": [(row.paid_on, row) for row in posted],
        "before": [dated for one in _before(person) for dated in _by_year(one)],
    }
    for name, dated in rows.items():
        for day, row in sorted(dated, key=lambda pair: pair[0]):
            year = found.setdefault(day.year, Year(day.year, [], [], [], [], []))
            getattr(year, name).append(row)
    return [found[number] for number in sorted(found, reverse=True)]


def year_of(person: Person, number: int) -> Year | None:
    return next((year for year in years(person) if year.number == number), None)


def by_month(year: Year) -> list[tuple[int, list[Placement], Decimal]]:
    """The months with a payment, each with its rows and their sum."""
    months = defaultdict(list)
    for row in year.posted:
        months[row.paid_on.month].append(row)
    return [(month, rows, _sum(rows)) for month, rows in sorted(months.items())]


def _papers(person: Person, money: list[Placement]) -> list[PaidPaper]:
    receipts = list(Receipt.objects.filter(person=person).for_list())
    taken = _days_taken(person)
    posted = {row.receipt_id: row for row in money if row.receipt_id}
    return [_paper(receipt, taken.get(receipt.pk), posted.get(receipt.pk)) for receipt in receipts]


def _paper(receipt: Receipt, taken_on: date | None, row: Placement | None) -> PaidPaper:
    if row is None:
        return PaidPaper(receipt, taken_on, receipt.posted_on)
    return PaidPaper(receipt, row.paid_on, row.line.posted_on)


def _days_taken(person: Person) -> dict[int, date]:
    taken = Charge.objects.filter(receipt__person=person, status=ChargeStatus.SUCCEEDED)
    days = {pk: moscow_day(at) for pk, at in taken.values_list("receipt_id", "captured_at")}
    at_till = TillPayment.objects.standing().filter(receipt__person=person)
    return days | dict(at_till.values_list("receipt_id", "taken_on"))


def _claims(person: Person) -> list[Claim]:
    return list(Claim.objects.filter(application__person=person).exclude(cheque="").for_list())


def _posted(person: Person) -> list[Placement]:
    rows = Placement.objects.matched().filter(application__person=person)
    return list(rows.select_related("line__shared", "application", "receipt"))


def _before(person: Person) -> list[Before]:
    """Nobody pays for an application before it is accepted, nor counts at the opening what came
    after it."""
    rows = OpeningMonths.objects.filter(application__person=person)
    return [
        Before(row, row.application.accepted_on, moscow_day(row.opening.taken_at))
        for row in rows.select_related("application", "opening")
    ]


def _by_year(one: Before) -> list[tuple[date, Before]]:
    return [(date(year, 1, 1), one) for year in range(one.first.year, one.last.year + 1)]
