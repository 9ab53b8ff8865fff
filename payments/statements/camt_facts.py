"""What a statement of camt.053 says beside its entries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _
from lxml import etree

from payments.statements import values
from payments.statements.errors import Refused
from payments.statements.model import ONE_DAY
from payments.statements.proof import Names, Part
from payments.statements.xml_stream import flat, instant_of, line_of, local

OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)
SUMS = Names("OPBD", "CLBD", "TtlCdtNtries", "TtlDbtNtries")
BANK = "Acct.Svcr.FinInstnId"
NAMES_OF_BANK = ("Nm", "ClrSysMmbId.MmbId", "BICFI", "BIC")


@dataclass
class Facts:
    """`message` is the header of the whole file, `line` where the statement begins."""

    message: dict[str, str]
    line: int = 1
    fields: dict[str, str] = field(default_factory=dict)
    balances: dict[str, dict[str, str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def learn(self, line: int, elements: Iterable[etree._Element]) -> None:
        """What stands beside the entries; by the standard it comes before the first of them."""
        self.line = line
        for element in elements:
            name, said = local(element), flat(element)
            if name == "Bal":
                kind = said.get("Tp.CdOrPrtry.Cd", "")
                self._learn_balance(kind, said, line_of(element))
            elif name != "Ntry":
                self.fields[name] = (element.text or "").strip()
                self.fields |= {f"{name}.{way}": text for way, text in said.items()}
                self.lines |= {local(it): line_of(it) for it in (element, *element)}

    def _learn_balance(self, kind: str, said: dict[str, str], line: int) -> None:
        """Where there is one a day: the first of the opening ones, the last of the closing."""
        if kind in CLOSING or kind not in self.balances:
            self.balances[kind] = said
            self.lines[kind] = line
        if kind in OPENING:
            self.lines.setdefault(SUMS.before, line)

    def refused(self, name: str, why: str) -> Refused:
        """At the line of this element or balance, or at the statement's own."""
        return Refused(self.lines.get(name, self.line), why)

    @cached_property
    def account(self) -> str:
        text = self.fields.get("Acct.Id.Othr.Id") or self.fields.get("Acct.Id.IBAN", "")
        return values.account(self.lines.get("Acct", self.line), text)

    @cached_property
    def days(self) -> tuple[date, date]:
        first, last = self._between() or self._of_balance()
        if first > last:
            raise self.refused("FrToDt", _("the last day is before the first (FrToDt)."))
        return first, last

    @property
    def line_of_days(self) -> int:
        names = ("FrToDt", *CLOSING)
        return next((self.lines[name] for name in names if name in self.lines), self.line)

    @property
    def sender(self) -> str:
        return next(filter(None, (self.fields.get(f"{BANK}.{it}") for it in NAMES_OF_BANK)), "")

    @property
    def number(self) -> str:
        """Pages of one statement share its number, but are no copies of each other."""
        own, page = self.fields.get("Id", ""), self.page
        return f"{own}/{page}" if own and page else own

    @property
    def page(self) -> str:
        """Empty where the statement has only one."""
        for fields, way in ((self.fields, "StmtPgntn"), (self.message, "MsgPgntn")):
            number, last = fields.get(f"{way}.PgNb", "1"), fields.get(f"{way}.LastPgInd", "true")
            if (number, last) != ("1", "true"):
                return number
        return ""

    @property
    def entries(self) -> str:
        """How many there are by the bank's own count; empty when it does not say."""
        return "" if self.page else self.fields.get("TxsSummry.TtlNtries.NbOfNtries", "")

    @property
    def formed_at(self) -> datetime | None:
        return self._instant("CreDtTm", self.fields.get("CreDtTm") or self.message.get("CreDtTm"))

    @property
    def part(self) -> Part:
        """On a page the sums are those of the whole statement: they prove nothing of it."""
        if self.page:
            return Part(*self.days, self.refused)
        return Part(
            *self.days,
            self.refused,
            before=self._balance(OPENING),
            after=self._balance(CLOSING),
            came=self._total(SUMS.came),
            sent=self._total(SUMS.sent),
        )

    def _balance(self, kinds: tuple[str, ...]) -> Decimal | None:
        kind = next(filter(self.balances.__contains__, kinds), "")
        said = self.balances.get(kind, {})
        amount = self._sum(kind, said.get("Amt", ""))
        return -amount if amount and said.get("CdtDbtInd") == "DBIT" else amount

    def _total(self, name: str) -> Decimal | None:
        return self._sum(name, self.fields.get(f"TxsSummry.{name}.Sum", ""))

    def _sum(self, name: str, text: str) -> Decimal | None:
        try:
            return values.sum_of(text) if text else None
        except ValueError:
            words = _("“%(key)s” is not a sum of money.") % {"key": name}
            raise self.refused(name, words) from None

    def _between(self) -> tuple[date, date] | None:
        start, end = (
            self._instant(key, self.fields.get(f"FrToDt.{key}")) for key in ("FrDtTm", "ToDtTm")
        )
        if start is None or end is None:
            return None
        at_midnight_after = end.time() == time(0) and end > start
        return start.date(), end.date() - ONE_DAY * at_midnight_after

    def _of_balance(self) -> tuple[date, date]:
        """A statement that names no days is about the day of its closing balance."""
        closing = self.balances.get(CLOSING[0], {})
        day = self._instant("CLBD", closing.get("Dt.Dt") or closing.get("Dt.DtTm"))
        if day is None:
            raise Refused(
                self.line, _("the statement does not say which days it is about (FrToDt).")
            )
        return day.date(), day.date()

    def _instant(self, key: str, text: str | None) -> datetime | None:
        try:
            return instant_of(text) if text else None
        except (ValueError, OverflowError):
            raise self.refused(key, _("“%(key)s” is not a time.") % {"key": key}) from None
