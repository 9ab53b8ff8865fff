"""1CClientBankExchange 1.02 and 1.03 (domain facts 7.1)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO

from django.utils.translation import gettext as _

from payments.statements import proof, values
from payments.statements.encodings import UTF8_BOM, encoding_of, lines_of, must_be_a_text
from payments.statements.errors import FieldRefused, NotAStatement, Refused
from payments.statements.model import ONE_DAY, Line, StatementHead
from payments.statements.proof import Names, Part, Turnover
from payments.statements.protocol import HEAD_BYTES
from payments.statements.sections import (
    ACCOUNT_BEGINS,
    HEADER_LINE,
    LAST_DAY,
    OWN_ACCOUNT,
    Frame,
    Section,
    line_of,
)

FIRST_WORD = b"1CClientBankExchange"
KNOWN_WORDS = ("ВерсияФормата=", "РасчСчет=", "ДатаНачала=", "СекцияДокумент=")
INN_BEFORE_NAME = re.compile(r"^\s*ИНН\s*([0-9]{10,12})[\s,]*")
PURPOSE_PARTS = tuple(f"НазначениеПлатежа{number}" for number in range(1, 7))
NAME_PARTS = ("Плательщик1", "Плательщик2", "Плательщик3", "Плательщик4")
SUMS = Names("НачальныйОстаток", "КонечныйОстаток", "ВсегоПоступило", "ВсегоСписано")
MOST_SECTIONS = 1000  # of an account; one a day at most
Days = tuple[date, date]


class OneC:
    """The parser of the import."""

    def recognises(self, head: bytes) -> bool:
        start = head[: len(UTF8_BOM) + 4096].removeprefix(UTF8_BOM).lstrip()
        return start.split(b"\n", 1)[0].strip() == FIRST_WORD

    def lines(self, file: BinaryIO) -> Iterator[Line | StatementHead]:
        head = file.read(HEAD_BYTES)
        must_be_a_text(head)
        encoding = encoding_of(head, KNOWN_WORDS)
        try:
            yield from _found(file, encoding)
        except FieldRefused as fault:
            file.seek(0)
            line = line_of(lines_of(file, encoding), fault.line_number, fault.key)
            raise Refused(line, fault.why) from None


def _found(file: BinaryIO, encoding: str) -> Iterator[Line | StatementHead]:
    file.seek(0)
    frame = Frame(lines_of(file, encoding))
    ours = Accounts(frame)
    for section in frame.sections():
        if section.kind == ACCOUNT_BEGINS:
            ours.add_section(section)
        else:
            yield from ours.lines_of(section)
    yield from ours.heads()


@dataclass(slots=True)
class Own:
    """An account that the file is about."""

    number: str
    sections: list[Section] = field(default_factory=list)
    turnover: Turnover = field(default_factory=Turnover)
    known_days: Days | None = None


class Accounts:
    """The accounts of a file, and what its documents do to them."""

    def __init__(self, frame: Frame):
        self._frame = frame
        self._accounts: dict[str, Own] = {}
        self._named = 0  # how many of the header's accounts are looked at

    def add_section(self, section: Section) -> None:
        own = self._own(values.account_of(section, OWN_ACCOUNT))
        _must_run_on(section, _said(section))
        own.sections.append(section)
        section.must_stay_small(section.line, len(own.sections) > MOST_SECTIONS)

    def lines_of(self, document: Section) -> Iterator[Line]:
        """The line of a document; two when the money went from one own account to another."""
        self._look_at_the_header()
        payee = values.digits(values.first_of(document, "ПолучательСчет", "ПолучательРасчСчет"))
        payer = values.digits(values.first_of(document, "ПлательщикСчет", "ПлательщикРасчСчет"))
        if payee not in self._accounts and payer not in self._accounts:
            raise Refused(
                document.line, _("neither the payer nor the payee is the account of this file.")
            )
        if payee in self._accounts:
            yield self._line(document, self._accounts[payee], payer, outgoing=False)
        if payer in self._accounts and payer != payee:
            yield self._line(document, self._accounts[payer], payer, outgoing=True)

    def heads(self) -> Iterator[StatementHead]:
        """A head for each account, its sums proven."""
        self._look_at_the_header()
        heads = [self._head(own) for own in self._accounts.values()]
        if not self._frame.ended and not all(head.sums_agree for head in heads):
            raise NotAStatement(
                _("The file is cut off after line %(line)d: it has no end (КонецФайла).")
                % {"line": self._frame.last_line}
            )
        yield from heads

    def _look_at_the_header(self) -> None:
        named = self._frame.own_accounts
        for line, text in named[self._named :]:
            self._own(values.account(line, text))
        self._named = len(named)
        if not self._accounts:
            words = _("the file does not say which account it is about (РасчСчет).")
            raise self._frame.header.refused(OWN_ACCOUNT, words)

    def _own(self, number: str) -> Own:
        return self._accounts.setdefault(number, Own(number))

    def _line(self, document: Section, own: Own, payer: str, *, outgoing: bool) -> Line:
        days = self._days(own)
        amount = values.payment_of(document, "Сумма")
        own.turnover.add(amount, outgoing=outgoing)
        written_on = values.day(document, "Дата")
        left_on = values.day(document, "ДатаСписано")
        posted_on = _left_on(days, left_on, written_on) if outgoing else _came_on(document, days)
        return Line(
            account=own.number,
            posted_on=posted_on,
            amount=amount,
            document_number=document.fields.get("Номер", "")[:30],
            document_date=written_on,
            payer_account=payer[:20],
            purpose=_purpose(document),
            # What is posted was paid by then at the latest.
            paid_on=min(filter(None, (written_on, left_on, posted_on))),
            raw=document.fields,
            outgoing=outgoing,
            uin=values.uin(document.fields.get("Код", "")),
            **_payer(document),
        )

    def _days(self, own: Own) -> Days:
        """Once the first document is read, the days of the file are settled."""
        if own.known_days is None:
            own.known_days = _days(self._frame.header, own.sections)
        return own.known_days

    def _head(self, own: Own) -> StatementHead:
        header = self._frame.header
        first_day, last_day = self._days(own)
        parts = list(_parts(own.sections, first_day, last_day))
        agree = proof.sums_agree(parts, own.turnover, SUMS)
        before, after = proof.balances(parts)
        return StatementHead(
            account=own.number,
            first_day=first_day,
            last_day=last_day,
            line=_line_of_last_day([header, *own.sections], last_day),
            sender=header.fields.get("Отправитель", "")[:160],
            file_number=header.fields.get("НомерФайла", "")[:40],
            formed_on=values.day(header, "ДатаСоздания"),
            formed_at=values.instant(header, "ДатаСоздания", "ВремяСоздания"),
            before=before,
            after=after,
            sums_agree=agree and proof.cover(parts, first_day, last_day),
        )


# --- days


def _days(header: Section, sections: list[Section]) -> Days:
    """Of the header, else of the account's own sections."""
    saying = header if _said(header) or not sections else sections[-1]
    days = _said(header) or _of_sections(sections)
    if days is None:
        words = _("the file does not say which days it is about (ДатаНачала, ДатаКонца).")
        raise Refused(header.line, words)
    _must_run_on(saying, days)
    return days


def _must_run_on(section: Section, days: Days | None) -> None:
    if days and days[0] > days[1]:
        raise section.refused("ДатаКонца", _("the last day is before the first (ДатаНачала)."))


def _said(section: Section) -> Days | None:
    first, last = values.day(section, "ДатаНачала"), values.day(section, "ДатаКонца")
    return (first, last) if first and last else None


def _of_sections(sections: list[Section]) -> Days | None:
    firsts = [first for one in sections if (first := values.day(one, "ДатаНачала"))]
    lasts = [last for one in sections if (last := values.day(one, "ДатаКонца"))]
    return (min(firsts), max(lasts)) if firsts and lasts else None


def _line_of_last_day(sections: list[Section], last_day: date) -> int:
    saying = (one.last_day_at for one in sections if values.day(one, LAST_DAY) == last_day)
    return next(saying, HEADER_LINE)


def _came_on(document: Section, days: Days) -> date:
    first_day, last_day = days
    posted_on = values.day(document, "ДатаПоступило")
    if posted_on is None:
        if first_day != last_day:
            words = _("the payment has no day of posting (ДатаПоступило).")
            raise document.refused("ДатаПоступило", words)
        return first_day
    if not first_day <= posted_on <= last_day:
        words = _("the day of posting is outside of the days of this file.")
        raise document.refused("ДатаПоступило", words)
    return posted_on


def _left_on(days: Days, left_on: date | None, written_on: date | None) -> date:
    """What we paid ourselves decides nothing about a worker: any day of the file will do."""
    first_day, last_day = days
    return max(first_day, min(left_on or written_on or last_day, last_day))


def _parts(sections: list[Section], first_day: date, last_day: date) -> Iterator[Part]:
    """The sections in the order of days. One without an end goes to where the next begins."""
    starts = {id(one): values.day(one, "ДатаНачала") or first_day for one in sections}
    ordered = sorted(sections, key=lambda one: (starts[id(one)], one.line))
    following = [starts[id(one)] - ONE_DAY for one in ordered[1:]] + [last_day]
    for section, until in zip(ordered, following, strict=False):
        yield Part(
            first_day=starts[id(section)],
            last_day=values.day(section, "ДатаКонца") or until,
            refused=section.refused,
            before=values.amount(section, SUMS.before),
            after=values.amount(section, SUMS.after),
            came=values.amount(section, SUMS.came),
            sent=values.amount(section, SUMS.sent),
        )


# --- the payer


def _payer(document: Section) -> dict:
    fields = document.fields
    whole = fields.get("Плательщик", "")
    named = INN_BEFORE_NAME.match(whole) if whole else None
    before_name = named[1] if named else ""
    inn = (fields.get("ПлательщикИНН") or before_name)[:20]
    name = " ".join([fields[key] for key in NAME_PARTS if fields.get(key)])
    return {
        "payer_name": (name or INN_BEFORE_NAME.sub("", whole))[:200],
        "payer_inn": inn,
        "also_named": (before_name,) if before_name and before_name != inn else (),
    }


def _purpose(document: Section) -> str:
    whole = document.fields.get("НазначениеПлатежа", "")
    return whole or " ".join(filter(None, map(document.fields.get, PURPOSE_PARTS)))
