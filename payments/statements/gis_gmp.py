"""Payment notifications of ГИС ГМП, versions 2.x (domain facts 7.2).

They come as ImportPaymentsRequest (a bank tells the system) or as ExportPaymentsResponse (the
system tells us), in an envelope of СМЭВ 3 or without one. A notification proves no whole day.

What changes, cancels or restores a payment counts nothing by itself: it becomes a line that names
nobody, so it waits for a clerk, who reads in it what became of which payment.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from django.utils.translation import gettext as _
from lxml import etree
from stdnum.ru import inn as stdnum_inn

from payments.statements import values, xml_stream
from payments.statements.errors import NotAStatement, Refused
from payments.statements.model import Line, Said, StatementHead
from payments.statements.protocol import HEAD_BYTES

SYSTEM = "ГИС ГМП"
NAMESPACE = re.compile(r"(?:http|urn)://roskazna\.ru/gisgmp/xsd/.+/2(?:\.\d+){1,2}")
VERSION_2 = re.compile(rb"roskazna\.ru/gisgmp/xsd/[\w/-]+/2\.")
NAMES = ("ImportedPayment", "PaymentInfo", "Payment")
KOPECKS = re.compile(r"[0-9]{1,15}")
SAID = {"1": Said.NEW, "2": Said.CHANGED, "3": Said.CANCELLED, "4": Said.RESTORED}
# Notifications name their payments by numbers of their own: their files are copies of each other,
# never more money.
ONE_NUMBER = "УИП"
REMEMBERED = 10_000
ORGANISATION = re.compile(r"200(\d{10})\d{9}")
PERSON_BY_INN = re.compile(r"121\d{7}(\d{12})")
DAYS = ("paymentDate", "receiptDate", "AccDoc.accDocDate")


class GisGmp:
    """The parser of the import."""

    def recognises(self, head: bytes) -> bool:
        return xml_stream.begins_like_xml(head) and b"roskazna.ru/gisgmp/xsd" in head

    def lines(self, file: BinaryIO) -> Iterator[Line | StatementHead]:
        packages: dict[str, Package] = {}
        seen: dict[str, str] = {}
        for element in xml_stream.elements(file, *NAMES):
            if not NAMESPACE.fullmatch(xml_stream.namespace(element)):
                continue
            line = _line(element)
            package = packages.setdefault(line.account, Package(_formed_at(element)))
            package.add(line, xml_stream.line_of(element))
            if line.said == Said.NEW and seen.get(line.payment_id) == line.digest:
                continue  # told twice in one file
            _remember(seen, line)
            yield line if line.said == Said.NEW else _for_a_clerk(line)
        if not packages:
            file.seek(0)
            raise _nothing_here(file.read(HEAD_BYTES))
        for account, package in packages.items():
            yield package.head(account)


@dataclass(slots=True)
class Package:
    """What the notifications about one account have in common."""

    formed_at: datetime | None
    first_day: date = date.max
    last_day: date = date.min
    line: int = 1  # of the file, where the payment of the last day begins

    def add(self, line: Line, number: int) -> None:
        if line.posted_on > self.last_day:
            self.line = number
        self.first_day = min(self.first_day, line.posted_on)
        self.last_day = max(self.last_day, line.posted_on)

    def head(self, account: str) -> StatementHead:
        return StatementHead(
            account=account,
            first_day=self.first_day,
            last_day=self.last_day,
            line=self.line,
            sender=SYSTEM,
            file_number=ONE_NUMBER,
            formed_on=self.formed_at.date() if self.formed_at else None,
            formed_at=self.formed_at,
        )


def _nothing_here(head: bytes) -> NotAStatement:
    if not VERSION_2.search(head):
        return NotAStatement(
            _("Only version 2 of ГИС ГМП is read here. Ask for notifications of this version.")
        )
    return NotAStatement(
        _("There is no payment (ImportedPayment, PaymentInfo) in this file of ГИС ГМП.")
    )


def _remember(seen: dict[str, str], line: Line) -> None:
    """The last so many: a package holds hundreds."""
    seen[line.payment_id] = line.digest
    if len(seen) > REMEMBERED:
        del seen[next(iter(seen))]


def _for_a_clerk(line: Line) -> Line:
    """Without anything by which it would find a person; the notification itself is in `raw`."""
    words = {
        Said.CHANGED: _("ГИС ГМП changed the payment %s."),
        Said.CANCELLED: _("ГИС ГМП cancelled the payment %s."),
        Said.RESTORED: _("ГИС ГМП restored the payment %s."),
    }
    purpose = words[line.said] % line.payment_id
    return replace(line, purpose=purpose, payer_inn="", payer_identifier="", uin="")


def _formed_at(element: etree._Element) -> datetime | None:
    """The stamp of the request or answer around a payment."""
    for around in element.iterancestors():
        if stamp := around.get("timestamp"):
            return _instant(xml_stream.line_of(around), stamp)
    return None


def _instant(line: int, text: str) -> datetime:
    try:
        return xml_stream.instant_of(text)
    except (ValueError, OverflowError):
        raise Refused(line, _("“%(key)s” is not a time.") % {"key": "timestamp"}) from None


# --- one notification


def _line(element: etree._Element) -> Line:
    fields = {**element.attrib, **xml_stream.flat(element)}
    number = xml_stream.line_of(element)
    named = [_day(number, fields, key) for key in DAYS]
    executed_on = _day(number, fields, "paymentExecDate")
    known = [day for day in (*named, executed_on) if day]
    if named[0] is None:
        raise Refused(number, _("the payment has no day (paymentDate)."))
    who = fields.get("Payer.payerIdentifier", "")
    return Line(
        account=_account(number, fields),
        posted_on=executed_on or max(known),
        amount=values.payment(number, _amount(number, fields.get("amount", ""))),
        document_number=fields.get("AccDoc.accDocNo", "")[:30],
        document_date=named[2],
        payer_name=fields.get("Payer.payerName", "")[:200],
        payer_account=values.digits(fields.get("Payer.payerAccount", ""))[:20],
        payer_inn=_inn_of(who),
        purpose=fields.get("purpose", ""),
        paid_on=min(known),
        raw=fields,
        uin=_uin(fields),
        payer_identifier=who[:40],
        payment_id=_payment_id(number, fields),
        said=_said(number, fields),
        own_day=True,
    )


def _account(number: int, fields: dict[str, str]) -> str:
    text = fields.get("Payee.OrgAccount.accountNumber", "")
    if not text:
        raise Refused(number, _("the payment does not say to which account (accountNumber)."))
    return values.account(number, text)


def _amount(number: int, text: str) -> Decimal:
    """Roubles; the notification counts kopecks."""
    if not KOPECKS.fullmatch(text):
        raise Refused(number, _("“%(key)s” is not a sum in kopecks.") % {"key": "amount"})
    return (Decimal(text) / 100).quantize(values.KOPECK)


def _day(number: int, fields: dict[str, str], key: str) -> date | None:
    text = fields.get(key, "")
    if not text or text == "0":
        return None
    try:
        return xml_stream.day_of(text)
    except (ValueError, OverflowError):
        words = _("“%(key)s” is not a date like 2026-02-14.") % {"key": key.rpartition(".")[2]}
        raise Refused(number, words) from None


def _payment_id(number: int, fields: dict[str, str]) -> str:
    text = fields.get("paymentId", "")
    if not 10 <= len(text) <= 40:
        raise Refused(number, _("the payment has no number of its own (paymentId)."))
    return text


def _said(number: int, fields: dict[str, str]) -> Said:
    """A notification that says nothing of it is a new one."""
    meaning = fields.get("ChangeStatus.meaning") or fields.get("ChangeStatusInfo.Meaning") or "1"
    if meaning not in SAID:
        raise Refused(number, _("“%(key)s” is none of 1, 2, 3 and 4.") % {"key": "ChangeStatus"})
    return SAID[meaning]


def _uin(fields: dict[str, str]) -> str:
    given = values.uin(fields.get("supplierBillID", ""))
    return given or values.uin(fields.get("AcknowledgmentInfo.SupplierBillID", ""))


def _inn_of(identifier: str) -> str:
    """The INN within an identifier of a payer; other documents are left to the matching."""
    if found := ORGANISATION.fullmatch(identifier):
        return found[1]
    found = PERSON_BY_INN.fullmatch(identifier)
    return found[1] if found and stdnum_inn.is_valid(found[1]) else ""
