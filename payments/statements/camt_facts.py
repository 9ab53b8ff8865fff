"""What a statement of camt.053 says beside its entries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _
from lxml import etree

from payments.statements import values, xml_stream
from payments.statements.errors import NotAStatement, Refused
from payments.statements.model import ONE_DAY
from payments.statements.proof import Part

OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)
BANK = "Acct.Svcr.FinInstnId"
NAMES_OF_BANK = ("Nm", "ClrSysMmbId.MmbId", "BICFI", "BIC")


@dataclass
class Facts:
    """`message` is the header of the whole file. Refused with the line of the statement."""

    message: dict[str, str]
    line: int = 1
    fields: dict[str, str] = field(default_factory=dict)
    balances: dict[str, dict[str, str]] = field(default_factory=dict)

    def learn(self, line: int, elements: Iterable[etree._Element]) -> None:
        """What stands beside the entries; by the standard it comes before the first of them."""
        self.line = line
        for element in elements:
            name, said = xml_stream.local(element), xml_stream.flat(element)
            if name == "Bal":
                self._learn_balance(said.get("Tp.CdOrPrtry.Cd", ""), said)
            elif name != "Ntry":
                self.fields[name] = (element.text or "").strip()
                self.fields |= {f"{name}.{way}": text for way, text in said.items()}

    def _learn_balance(self, kind: str, said: dict[str, str]) -> None:
        """Where there is one a day: the first of the opening ones, the last of the closing."""
        if kind in CLOSING or kind not in self.balances:
            self.balances[kind] = said

    @cached_property
    def account(self) -> str:
        text = self.fields.get("Acct.Id.Othr.Id") or self.fields.get("Acct.Id.IBAN", "")
        return values.account(self.line, text)

    @cached_property
    def days(self) -> tuple[date, date]:
        first, last = self._between() or self._of_balance()
        if first > last:
            raise NotAStatement(_("The first day of the file is later than its last day."))
        return first, last

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
            return Part(*self.days)
        return Part(
            *self.days,
            before=self._balance(OPENING),
            after=self._balance(CLOSING),
            came=self._sum("TxsSummry.TtlCdtNtries.Sum", self.fields),
            sent=self._sum("TxsSummry.TtlDbtNtries.Sum", self.fields),
        )

    def _balance(self, kinds: tuple[str, ...]) -> Decimal | None:
        said = next(filter(None, map(self.balances.get, kinds)), None)
        amount = self._sum("Amt", said) if said else None
        return -amount if amount and said.get("CdtDbtInd") == "DBIT" else amount

    def _sum(self, way: str, fields: dict[str, str]) -> Decimal | None:
        text = fields.get(way, "")
        try:
            return values.sum_of(text) if text else None
        except ValueError:
            words = _("“%(key)s” is not a sum of money.") % {"key": way}
            raise Refused(self.line, words) from None

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
            raise NotAStatement(_("The file does not say which days it is about (FrToDt)."))
        return day.date(), day.date()

    def _instant(self, key: str, text: str | None) -> datetime | None:
        try:
            return xml_stream.instant_of(text) if text else None
        except (ValueError, OverflowError):
            raise Refused(self.line, _("“%(key)s” is not a time.") % {"key": key}) from None
