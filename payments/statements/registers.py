"""Registers of payments in CSV or Excel, each sender's in a shape that staff described once.

A register proves no whole day. Its own total is checked where it has one.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from django.utils.translation import gettext as _
from stdnum.ru import inn as stdnum_inn

from payments.statements import tables, values, xml_stream
from payments.statements.errors import NotAStatement, Refused
from payments.statements.model import Line, StatementHead
from payments.statements.proof import NOTHING
from payments.statements.protocol import HEAD_BYTES
from payments.statements.tables import Row

TEXTS = ("document_number", "payer_name", "purpose")
DAYS = ("posted_on", "paid_on", "document_date")
FIELDS = ("amount", *DAYS, *TEXTS, "payer_inn", "payer_account", "uin", "account")
TOTAL = re.compile(r"(?:итого(?:вая|вый|вое)?|всего|total)\b")
NOTHING_ELSE = re.compile(r"\W*")
NUMBERS = ("document_number", "payer_inn", "payer_account", "uin", "account")
CUT_BY_EXCEL = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{2}")  # 4,08178E+19
KOPECKS = re.compile(r"[0-9]{1,15}")
DAY_AND_TIME = re.compile(
    r"(\d{2}\.\d{2}\.\d{4}|\d{4}-\d{2}-\d{2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
)
INN_WITHOUT_ZERO = {9: 10, 11: 12}  # Excel eats the zero in front


@dataclass(frozen=True, slots=True)
class Mapping:
    """Where a sender's register has what: a field of ours → the head of its column."""

    sender: str
    columns: dict[str, str]
    account: str = ""  # the account of all its payments, unless a column names it
    in_kopecks: bool = False
    number_after: str = ""  # the words before the register's own number, such as «Реестр №»

    def places(self, cells: list[str]) -> dict[str, int] | None:
        """The columns by number, when this row holds the heads of all of them."""
        known = {plain(cell): number for number, cell in enumerate(cells)}
        places = {name: known.get(plain(head)) for name, head in self.columns.items()}
        return None if None in places.values() else places


def plain(text: str) -> str:
    return " ".join(text.split()).casefold()


class Registers:
    """The parser of the import for all the registers that staff described."""

    def __init__(self, mappings: Collection[Mapping]):
        self._mappings = mappings

    def recognises(self, head: bytes) -> bool:
        if tables.is_excel(head):
            return bool(self._mappings)
        return self._shape(head) is not None

    def lines(self, file: BinaryIO) -> Iterator[Line | StatementHead]:
        head = file.read(HEAD_BYTES)
        file.seek(0)
        if tables.is_excel(head):
            rows = tables.excel_rows(file)
        else:
            encoding, delimiter = self._shape(head) or _no_register()
            rows = tables.csv_rows(file, encoding, delimiter)
        register = self._begun(rows)
        yield from register.lines(rows)
        yield from register.heads()

    def _shape(self, head: bytes) -> tuple[str, str] | None:
        """Encoding and delimiter with which the heads of some register are found."""
        for delimiter in tables.DELIMITERS:
            for encoding, cells in tables.first_rows(head, delimiter):
                if any(mapping.places(cells) for mapping in self._mappings):
                    return encoding, delimiter
        return None

    def _begun(self, rows: Iterator[Row]) -> "Register":
        """The register whose heads stand in one of the first rows."""
        before: list[list[str]] = []
        for line, cells in rows:
            for mapping in self._mappings:
                if places := mapping.places(cells):
                    return Register(mapping, places, _number(mapping, before), heads_at=line)
            before.append(cells)
            if line >= tables.HEADS_WITHIN:
                break
        return _no_register()


def _no_register():
    raise NotAStatement(
        _(
            "No register that the centre has described has the columns of these lines, 1 to %d."
            " Describe it first."
        )
        % tables.HEADS_WITHIN
    )


def _number(mapping: Mapping, rows: Iterable[list[str]]) -> str:
    """The register's own number: what follows the known words in the rows above the heads."""
    if not mapping.number_after:
        return ""
    text = " ".join(" ".join(cells) for cells in rows)
    found = re.search(re.escape(mapping.number_after) + r"\s*(\S{1,40})", text, re.IGNORECASE)
    return found[1] if found else ""


@dataclass(slots=True)
class Register:
    mapping: Mapping
    places: dict[str, int]
    number: str
    heads_at: int = 1
    days: dict[str, tuple[date, date]] = field(default_factory=dict)
    last_days_at: dict[str, int] = field(default_factory=dict)
    counted: Decimal = NOTHING
    is_over: bool = False

    def lines(self, rows: Iterable[Row]) -> Iterator[Line]:
        for line, cells in rows:
            if not any(cells):
                continue
            values_of_row = self._by_field(cells)
            if self._is_total(cells, values_of_row):
                self._must_total(line, values_of_row["amount"])
            elif not self.is_over:
                yield self._payment(line, values_of_row)
            elif values_of_row["amount"]:
                raise Refused(line, _("a payment stands after the total."))

    def heads(self) -> Iterator[StatementHead]:
        if not self.days:
            raise Refused(self.heads_at, _("below these heads there is no payment."))
        for account, (first_day, last_day) in self.days.items():
            yield StatementHead(
                account=account,
                first_day=first_day,
                last_day=last_day,
                line=self.last_days_at[account],
                sender=self.mapping.sender[:160],
                file_number=self.number,
            )

    def _by_field(self, cells: list[str]) -> dict[str, str]:
        found = dict.fromkeys(FIELDS, "")
        for name, place in self.places.items():
            found[name] = cells[place] if place < len(cells) else ""
        return found

    def _is_total(self, cells: list[str], row: dict[str, str]) -> bool:
        """The purpose of a payment, which has a day, may begin with such a word as well."""
        purpose = self.places.get("purpose") if any(row[name] for name in DAYS) else None
        return any(_names_a_total(cell, alone=place == purpose) for place, cell in enumerate(cells))

    def _must_total(self, line: int, text: str) -> None:
        self.is_over = True
        given = self._sum(line, text) if text else None
        if given is not None and given != self.counted:
            words = _("the total is %(given)s, but the payments above make %(counted)s.")
            raise Refused(line, words % {"given": given, "counted": self.counted})

    def _payment(self, line: int, row: dict[str, str]) -> Line:
        amount = values.payment(line, self._sum(line, row["amount"]))
        days = {name: _day(line, self.mapping, name, row[name]) for name in DAYS}
        posted_on = days["posted_on"] or days["document_date"] or days["paid_on"]
        if posted_on is None:
            raise Refused(line, _("the payment has no day."))
        account = values.account(line, row["account"] or self.mapping.account)
        self._note(line, account, posted_on, amount)
        paid_on = days["paid_on"]
        _must_be_whole(line, self.mapping, row)
        return Line(
            account=account,
            posted_on=posted_on,
            amount=amount,
            document_number=row["document_number"][:30],
            document_date=days["document_date"],
            payer_name=row["payer_name"][:200],
            payer_account=values.digits(row["payer_account"])[:20],
            payer_inn=_inn(row["payer_inn"])[:20],
            purpose=row["purpose"],
            # The order that brought all of them says nothing of the day of one.
            paid_on=paid_on and min(paid_on, posted_on),
            own_day=paid_on is not None,
            raw={self.mapping.columns[name]: row[name] for name in self.places},
            uin=values.uin(row["uin"]),
        )

    def _note(self, line: int, account: str, day: date, amount: Decimal) -> None:
        first, last = self.days.get(account, (day, day))
        if account not in self.days or day > last:
            self.last_days_at[account] = line
        self.days[account] = (min(first, day), max(last, day))
        self.counted += amount

    def _sum(self, line: int, text: str) -> Decimal | None:
        try:
            if not self.mapping.in_kopecks:
                return values.sum_of(text) if text else None
            if not KOPECKS.fullmatch(values.digits(text)):
                raise ValueError(text)
            return (Decimal(values.digits(text)) / 100).quantize(values.KOPECK)
        except ValueError:
            words = _("“%(key)s” is not a sum of money.") % {"key": self.mapping.columns["amount"]}
            raise Refused(line, words) from None


def _names_a_total(cell: str, *, alone: bool) -> bool:
    text = plain(cell)
    found = TOTAL.match(text)
    return bool(found) and (not alone or bool(NOTHING_ELSE.fullmatch(text, found.end())))


def _must_be_whole(line: int, mapping: Mapping, row: dict[str, str]) -> None:
    for name in NUMBERS:
        if CUT_BY_EXCEL.fullmatch(row[name]):
            words = _("“%(key)s” is %(given)s: Excel has cut the number. Keep the column as text.")
            raise Refused(line, words % {"key": mapping.columns[name], "given": row[name]})


def _day(line: int, mapping: Mapping, name: str, text: str) -> date | None:
    if not text:
        return None
    try:
        found = DAY_AND_TIME.fullmatch(text)
        return _of_either_shape(found[1] if found else text)
    except (ValueError, OverflowError):
        words = _("“%(key)s” is not a date like 14.02.2026.") % {"key": mapping.columns[name]}
        raise Refused(line, words) from None


def _of_either_shape(text: str) -> date:
    return values.day_of(text) if "." in text else xml_stream.day_of(text)


def _inn(text: str) -> str:
    plain_text = values.digits(text)
    whole = plain_text.zfill(INN_WITHOUT_ZERO.get(len(plain_text), 0))
    return whole if whole != plain_text and stdnum_inn.is_valid(whole) else plain_text
