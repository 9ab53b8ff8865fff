"""An opening file as facts: every row checked by itself, by the other rows and by the totals."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _

from common import identifiers
from common.formats import short_day
from patents.models import ApplicationStatus
from payments.opening.book import Book, Row
from payments.opening.columns import (
    ACCOUNTS,
    APPLICATIONS,
    PATENTS,
    PEOPLE,
    TOTALS,
    Sheet,
)
from payments.opening.faults import Faults
from payments.opening.rows import AccountRow, ApplicationRow, PatentRow, PersonRow, TotalsRow


@dataclass(frozen=True, slots=True)
class Fact:
    """A row by the keys of `columns`; a cell with a reason against it says None."""

    line: int
    said: dict

    def __getitem__(self, key: str):
        return self.said.get(key)


@dataclass
class Position:
    people: list[Fact] = field(default_factory=list)
    applications: list[Fact] = field(default_factory=list)
    patents: list[Fact] = field(default_factory=list)
    accounts: list[Fact] = field(default_factory=list)
    totals: list[Fact] = field(default_factory=list)

    def patent_of(self) -> dict[str, Fact]:
        """Application number → its patent."""
        return {row["number"]: row for row in self.patents}


def position(book: Book, countries: dict[str, str], faults: Faults) -> Position:
    """The facts of the file; they may be used when `faults` stay empty.

    A row with one reason against it is held beside the others all the same: every reason is said.
    """
    found = Position(
        people=_read(PEOPLE, book, PersonRow({}, countries), faults),
        applications=_read(APPLICATIONS, book, ApplicationRow({}), faults),
        patents=_read(PATENTS, book, PatentRow({}), faults),
        accounts=_read(ACCOUNTS, book, AccountRow({}), faults),
        totals=_read(TOTALS, book, TotalsRow({}), faults),
    )
    _refuse_repeats(found, faults)
    _refuse_strays(found, book, faults)
    _refuse_states(found, book, faults)
    _refuse_uncounted(found, faults)
    _compare_totals(found, book, faults)
    return found


def _read(sheet: Sheet, book: Book, form: forms.Form, faults: Faults) -> list[Fact]:
    """One form for all rows of a sheet: to make one for each costs as much as to check it."""
    facts = []
    for row in book[sheet.key]:
        form.data = row.cells
        form.full_clean()
        facts.append(Fact(row.line, form.cleaned_data))
        for key, reasons in form.errors.items():
            for reason in reasons:
                faults.add(sheet, row.line, key, reason)
    return facts


# --- the same thing twice


def _refuse_repeats(found: Position, faults: Faults) -> None:
    same = (
        (PEOPLE, found.people, ("person",)),
        (PEOPLE, found.people, ("passport",)),
        (PEOPLE, found.people, ("inn",)),
        (APPLICATIONS, found.applications, ("number",)),
        (PATENTS, found.patents, ("number",)),
        (PATENTS, found.patents, ("patent_number", "series")),
        (ACCOUNTS, found.accounts, ("account",)),
    )
    for sheet, rows, keys in same:
        _refuse_repeat(sheet, rows, keys, faults)


def _refuse_repeat(sheet: Sheet, rows: list[Fact], keys: tuple[str, ...], faults: Faults) -> None:
    seen: dict[tuple, int] = {}
    for row in rows:
        value = tuple(row[key] for key in keys)
        if not all(value):
            continue
        line = seen.setdefault(value, row.line)
        if line != row.line:
            faults.add(sheet, row.line, keys[0], _("The same stands in line %d.") % line)


# --- what belongs to nothing


def _refuse_strays(found: Position, book: Book, faults: Faults) -> None:
    people = {row.cells["person"] for row in book["people"]}
    for row in found.applications:
        if row["person"] and row["person"] not in people:
            faults.add(APPLICATIONS, row.line, "person", _("No person has this code."))
    numbers = _numbers(book["applications"])
    for row in found.patents:
        if row["number"] and row["number"] not in numbers:
            faults.add(PATENTS, row.line, "number", _("No application has this number."))


def _numbers(rows: Iterable[Row]) -> set[str]:
    """All that the sheet names: what belongs to a row with a reason of its own is no stray."""
    return {identifiers.digits(row.cells["number"]) for row in rows}


# --- applications and their patents


def _refuse_states(found: Position, book: Book, faults: Faults) -> None:
    patents, with_patent = found.patent_of(), _numbers(book["patents"])
    for row in found.applications:
        issued = row["status"] == ApplicationStatus.ISSUED
        if reason := _why_not(issued, row, with_patent):
            faults.add(APPLICATIONS, row.line, "status", reason)
        if issued and row["number"] in patents:
            _refuse_order(row, patents[row["number"]], faults)


def _why_not(issued: bool, row: Fact, with_patent: set[str]) -> str:
    if not row["status"] or not row["number"] or issued == (row["number"] in with_patent):
        return ""
    if issued:
        return _("The patent is issued, and the sheet of patents does not have it.")
    return _("The sheet of patents has a patent for it: its state is “issued”.")


def _refuse_order(application: Fact, patent: Fact, faults: Faults) -> None:
    accepted_on, issued_on = application["accepted_on"], patent["issued_on"]
    if accepted_on and issued_on and issued_on < accepted_on:
        reason = _("This day cannot be before %s.") % short_day(accepted_on)
        faults.add(PATENTS, patent.line, "issued_on", reason)


def _refuse_uncounted(found: Position, faults: Faults) -> None:
    """Money after the last counted day will come in a statement: here it would count twice."""
    days = [row["counted_through"] for row in found.accounts if row["counted_through"]]
    last = max(days, default=date.max)
    for row in found.applications:
        if row["months"] and row["first_paid_on"] and row["first_paid_on"] > last:
            reason = _("The accounts are counted through %s: this is paid later.")
            faults.add(APPLICATIONS, row.line, "first_paid_on", reason % short_day(last))


# --- the totals


def _compare_totals(found: Position, book: Book, faults: Faults) -> None:
    if len(book["totals"]) != 1:
        faults.add(TOTALS, 0, "", _("This sheet has one row."))
    for named in found.totals:
        for key, value in _sums(found).items():
            if named[key] is not None and named[key] != value:
                told = {"named": named[key], "found": value}
                reason = _("%(named)s is named, %(found)s is found.") % told
                faults.add(TOTALS, named.line, key, reason)


def _sums(found: Position) -> dict[str, int | Decimal]:
    """What the file holds; money only where each of its cells could be read."""
    sums = {"people": len(found.people), "applications": len(found.applications)}
    sums["patents"] = len(found.patents)
    for key in ("months", "amount"):
        values = [row[key] for row in found.applications]
        if None not in values:
            sums[key] = sum(values, 0 if key == "months" else Decimal(0))
    return sums
