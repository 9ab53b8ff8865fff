"""1CClientBankExchange 1.02 and 1.03 (domain facts 7.1)."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from django.utils.translation import gettext as _

from payments.statements import values
from payments.statements.encodings import begins_like_a_statement, lines_of
from payments.statements.errors import NotAStatement, Refused
from payments.statements.model import Line, ParsedStatement, StatementHead
from payments.statements.sections import Frame, Section, frame_of

INN_BEFORE_NAME = re.compile(r"^\s*ИНН\s*([0-9]{10,12})[\s,]*")
PURPOSE_PARTS = tuple(f"НазначениеПлатежа{number}" for number in range(1, 7))
LARGEST = Decimal(10**8)
NAME_PARTS = ("Плательщик1", "Плательщик2", "Плательщик3", "Плательщик4")


class OneC:
    """The parser of the import."""

    def recognises(self, head: bytes) -> bool:
        return begins_like_a_statement(head)

    def lines(self, file: BinaryIO) -> Iterator[Line | StatementHead]:
        parsed = parse(file.read())
        yield from parsed.lines
        yield StatementHead(
            **{one.name: getattr(parsed, one.name) for one in fields(StatementHead)}
        )


def parse(content: bytes, *, acquirers: Collection[str] = ()) -> ParsedStatement:
    """The whole file, or NotAStatement with the line and the reason.

    `acquirers` are accounts and INNs whose orders gather many workers: such an order has no day
    of its own for each of them.
    """
    frame = frame_of(lines_of(content))
    account = _account(frame)
    first_day, last_day = _days(frame)
    outgoing, incoming = _by_direction(frame.documents, account)
    lines = [_line(document, account, first_day, last_day) for document in incoming]
    agree = _sums_agree(frame, lines, sum(map(_amount, outgoing), Decimal("0.00")))
    _must_be_complete(frame, agree)
    return ParsedStatement(
        account=account,
        first_day=first_day,
        last_day=last_day,
        lines=tuple(_without_shared_days(lines, incoming, frozenset(acquirers))),
        sender=frame.header.fields.get("Отправитель", "")[:160],
        file_number=frame.header.fields.get("НомерФайла", "")[:40],
        formed_on=values.day(frame.header, "ДатаСоздания"),
        formed_at=values.instant(frame.header, "ДатаСоздания", "ВремяСоздания"),
        sums_agree=agree,
    )


def _account(frame: Frame) -> str:
    named = list(frame.own_accounts)
    named += [(section.line, section.fields.get("РасчСчет", "")) for section in frame.accounts]
    numbers = {values.account(line, text) for line, text in named}
    if not numbers:
        raise NotAStatement(_("The file does not say which account it is about (РасчСчет)."))
    if len(numbers) > 1:
        raise NotAStatement(_("The file is about several accounts. Send one file per account."))
    return numbers.pop()


def _days(frame: Frame) -> tuple[date, date]:
    first = values.day(frame.header, "ДатаНачала")
    last = values.day(frame.header, "ДатаКонца")
    if first is None or last is None:
        raise NotAStatement(
            _("The file does not say which days it is about (ДатаНачала, ДатаКонца).")
        )
    if first > last:
        raise NotAStatement(_("The first day of the file is later than its last day."))
    return first, last


def _by_direction(documents: list[Section], account: str) -> tuple[list[Section], list[Section]]:
    """Outgoing and incoming: told by the account, never by a sign."""
    sides = ([], [])
    for document in documents:
        payee = values.first_of(document, "ПолучательСчет", "ПолучательРасчСчет")
        payer = values.first_of(document, "ПлательщикСчет", "ПлательщикРасчСчет")
        if account not in {_digits(payee), _digits(payer)}:
            raise Refused(
                document.line, _("neither the payer nor the payee is the account of this file.")
            )
        sides[_digits(payee) == account].append(document)
    return sides


def _digits(text: str) -> str:
    return values.SPACES.sub("", text)


def _amount(document: Section) -> Decimal:
    amount = values.amount(document, "Сумма")
    if amount is None or amount <= 0:
        raise Refused(document.line, _("the sum of the payment must be more than zero."))
    if amount > LARGEST:
        raise Refused(document.line, _("the sum of the payment is too large."))
    return amount


def _line(document: Section, account: str, first_day: date, last_day: date) -> Line:
    posted_on = values.day(document, "ДатаПоступило") or _only_day(document, first_day, last_day)
    if not first_day <= posted_on <= last_day:
        raise Refused(document.line, _("the day of posting is outside of the days of this file."))
    named = INN_BEFORE_NAME.match(document.fields.get("Плательщик", ""))
    return Line(
        account=account,
        posted_on=posted_on,
        amount=_amount(document),
        document_number=document.fields.get("Номер", "")[:30],
        document_date=values.day(document, "Дата"),
        payer_name=_payer_name(document)[:200],
        payer_account=_payer_account(document)[:20],
        payer_inn=(document.fields.get("ПлательщикИНН") or (named[1] if named else ""))[:20],
        purpose=_purpose(document),
        paid_on=_paid_on(document, posted_on),
        raw=document.fields,
    )


def _only_day(document: Section, first_day: date, last_day: date) -> date:
    if first_day != last_day:
        raise Refused(document.line, _("the payment has no day of posting (ДатаПоступило)."))
    return first_day


def _paid_on(document: Section, posted_on: date) -> date:
    """The earliest day that the order proves; what is posted was paid by then at the latest."""
    named = (values.day(document, key) for key in ("Дата", "ДатаСписано"))
    return min(filter(None, (*named, posted_on)))


def _payer_account(document: Section) -> str:
    return _digits(values.first_of(document, "ПлательщикСчет", "ПлательщикРасчСчет"))


def _payer_name(document: Section) -> str:
    parts = " ".join(filter(None, map(document.fields.get, NAME_PARTS)))
    return parts or INN_BEFORE_NAME.sub("", document.fields.get("Плательщик", ""))


def _purpose(document: Section) -> str:
    whole = document.fields.get("НазначениеПлатежа", "")
    return whole or " ".join(filter(None, map(document.fields.get, PURPOSE_PARTS)))


def _without_shared_days(
    lines: list[Line], documents: list[Section], acquirers: frozenset[str]
) -> list[Line]:
    """A consolidated order's dates say when the order was made, not when a worker paid."""
    likes = defaultdict(set)
    for line in lines:
        likes[_order(line)].add(line.digest)
    return [
        replace(line, paid_on=None)
        if (line.document_number and len(likes[_order(line)]) > 1)
        or acquirers & _payer_marks(line, document)
        else line
        for line, document in zip(lines, documents, strict=True)
    ]


def _order(line: Line) -> tuple:
    return line.document_number, line.document_date, line.payer_account


def _payer_marks(line: Line, document: Section) -> set[str]:
    named = INN_BEFORE_NAME.match(document.fields.get("Плательщик", ""))
    return {line.payer_account, line.payer_inn, named[1] if named else ""} - {""}


def _sums_agree(frame: Frame, lines: list[Line], sent: Decimal) -> bool:
    """Whether given balances are bridged by the documents; refused when anything given differs."""
    came = sum((line.amount for line in lines), Decimal("0.00"))
    sections = frame.accounts
    _must_equal(sections, "ВсегоПоступило", came)
    _must_equal(sections, "ВсегоСписано", sent)
    balances = _balances(sections)
    if not balances:
        return False
    for (_first, before, _last), (after, _second, _line) in zip(
        balances, balances[1:], strict=False
    ):
        if before != after:
            raise NotAStatement(_("The balances of the sections do not follow each other."))
    if balances[0][0] + came - sent != balances[-1][1]:
        raise NotAStatement(
            _("The payments of the file do not lead from its first balance to its last.")
        )
    return True


def _must_equal(sections: list[Section], key: str, counted: Decimal) -> None:
    """A total may be missing; where every section has one, it is right to the kopeck."""
    given = [values.amount(section, key) for section in sections]
    if not given or None in given or sum(given) == counted:
        return
    raise NotAStatement(
        _("%(key)s is %(given)s, but the payments of the file make %(counted)s. Is it cut off?")
        % {"key": key, "given": sum(given), "counted": counted}
    )


def _balances(sections: list[Section]) -> list[tuple[Decimal, Decimal, int]]:
    """First and last balance of each section in the order of days; empty when one is missing."""
    ordered = sorted(
        sections, key=lambda section: (values.day(section, "ДатаНачала") or date.min, section.line)
    )
    found = [
        (
            values.amount(section, "НачальныйОстаток"),
            values.amount(section, "КонечныйОстаток"),
            section.line,
        )
        for section in ordered
    ]
    return found if all(None not in balance for balance in found) else []


def _must_be_complete(frame: Frame, agree: bool) -> None:
    """Without its last line a file is taken only when its sums prove that nothing is missing."""
    if not frame.ended and not agree:
        raise NotAStatement(
            _("The file is cut off after line %(line)d: it has no end (КонецФайла).")
            % {"line": frame.last_line}
        )
