"""An entry of camt.053 as lines.

Where Russian banks put the fields of a budget payment is told by their guides for clients: the INN
with the scheme TXID, the number of the order in RfrdDocInf or EndToEndId, КБК, ОКТМО and the
status within TaxRmt. Whatever else they send is kept as sent.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from lxml import etree

from payments.statements import values, xml_stream
from payments.statements.errors import Refused
from payments.statements.model import Line
from payments.statements.xml_stream import line_of

ROUBLES = {"RUB", "RUR"}
BOOKED = "BOOK"
DIRECTIONS = {"CRDT": False, "DBIT": True}  # whether the money left the account
NO_NUMBER = {"", "0", "NOTPROVIDED", "NOT PROVIDED", "NONREF"}
PIECE_OF_PURPOSE = 140  # longer purposes and names go on in the next element, even within a word
INN_LENGTHS = {10, 12}


def lines_of(entry: etree._Element, account: str, days: tuple[date, date]) -> Iterator[Line]:
    """Nothing of an entry that is not booked yet: it comes again when it is."""
    if (_text(entry, "Sts/Cd") or _text(entry, "Sts")) != BOOKED:
        return
    number = line_of(entry)
    amount = values.payment(number, _amount(entry, "Amt"))
    outgoing, posted_on = _direction(entry), _posted_on(entry, days)
    payments, said = list(_payments(entry, amount)), _said(entry)
    for payment, part in payments:
        yield Line(
            account=account,
            posted_on=posted_on,
            amount=part,
            paid_on=_paid_on(entry, payment, posted_on, alone=len(payments) == 1),
            raw=said | _said_of(payment) if payment is not entry else said,
            outgoing=outgoing,
            own_day=_accepted_on(payment) is not None,
            **_order(payment),
            **_payer(payment),
        )


def _payments(entry: etree._Element, amount: Decimal) -> Iterator[tuple[etree._Element, Decimal]]:
    """The payments that an entry gathers, with their sums; the entry itself when it names none."""
    payments = entry.findall("{*}NtryDtls/{*}TxDtls")
    if len(payments) < 2:
        yield (payments[0] if payments else entry), amount
        return
    sums = [_amount(payment, "Amt", "AmtDtls/TxAmt/Amt") for payment in payments]
    if None in sums:
        raise Refused(line_of(entry), _("not every payment of the entry has a sum (TxDtls/Amt)."))
    if sum(sums) != amount:
        raise Refused(line_of(entry), _("the payments of the entry do not make its sum."))
    for payment, part in zip(payments, sums, strict=True):
        yield payment, values.payment(line_of(payment), part)


def _amount(element: etree._Element, *ways: str) -> Decimal | None:
    """By the first of the ways that is there."""
    known = (_find(element, way) for way in ways)
    found = next((one for one in known if one is not None), None)
    if found is None:
        return None
    if found.get("Ccy") not in ROUBLES:
        raise Refused(line_of(found), _("the sum is not in roubles."))
    try:
        return values.sum_of((found.text or "").strip())
    except ValueError:
        raise Refused(
            line_of(found), _("“%(key)s” is not a sum of money.") % {"key": "Amt"}
        ) from None


def _direction(entry: etree._Element) -> bool:
    said = _text(entry, "CdtDbtInd")
    if said not in DIRECTIONS:
        raise Refused(line_of(entry), _("“%(key)s” is neither CRDT nor DBIT.") % {"key": said})
    return DIRECTIONS[said]


# --- days


def _posted_on(entry: etree._Element, days: tuple[date, date]) -> date:
    first_day, last_day = days
    day = _day(entry, "BookgDt") or _day(entry, "ValDt")
    if day is None:
        raise Refused(line_of(entry), _("the payment has no day of posting (BookgDt)."))
    if not first_day <= day <= last_day:
        raise Refused(line_of(entry), _("the day of posting is outside of the days of this file."))
    return day


def _paid_on(
    entry: etree._Element, payment: etree._Element, posted_on: date, *, alone: bool
) -> date | None:
    """Of one payment among many only the day on which the bank took it says anything."""
    accepted_on = _accepted_on(payment)
    if not alone or (_text(entry, "NtryDtls/Btch/NbOfTxs") or "1") != "1":
        return accepted_on and min(accepted_on, posted_on)
    return min(filter(None, (_order_date(payment), accepted_on, posted_on)))


def _accepted_on(payment: etree._Element) -> date | None:
    return _day(payment, "RltdDts/AccptncDtTm") or _day(payment, "RltdDts/TxDtTm")


def _order_date(payment: etree._Element) -> date | None:
    return _day(payment, "RmtInf/Strd/RfrdDocInf/RltdDt")


def _day(element: etree._Element, way: str) -> date | None:
    """A day, an instant, or a choice between the two one level below."""
    found = _find(element, way)
    text = "" if found is None else "".join(found.itertext()).strip()
    try:
        return xml_stream.day_of(text) if text else None
    except (ValueError, OverflowError):
        words = _("“%(key)s” is not a date like 2026-02-14.") % {"key": way.rpartition("/")[2]}
        raise Refused(line_of(found), words) from None


# --- the order and the payer


def _order(payment: etree._Element) -> dict:
    own = (_text(payment, way) for way in ("RmtInf/Strd/RfrdDocInf/Nb", "Refs/EndToEndId"))
    number = next((text for text in own if text.upper() not in NO_NUMBER), "")
    pieces = [(one.text or "").strip() for one in payment.findall("{*}RmtInf/{*}Ustrd")]
    return {
        "document_number": number[:30],
        "document_date": _order_date(payment),
        "purpose": _joined(pieces) or _text(payment, "AddtlTxInf"),
        "uin": values.uin(_text(payment, "RmtInf/Strd/CdtrRefInf/Ref")),
    }


def _payer(payment: etree._Element) -> dict:
    payer, behind = _party(payment, "Dbtr"), _party(payment, "UltmtDbtr")
    inns = list(dict.fromkeys([*_inns(payer), *_tax_inns(payment), *_inns(behind)]))
    kept = "RltdPties/DbtrAcct/Id"
    account = _text(payment, f"{kept}/Othr/Id") or _text(payment, f"{kept}/IBAN")
    return {
        "payer_name": _name(payer)[:200],
        "payer_account": values.digits(account)[:20],
        "payer_inn": inns[0] if inns else "",
        "also_named": tuple(inns[1:]),
    }


def _party(payment: etree._Element, name: str) -> etree._Element | None:
    """Since version 001.08 it is one level deeper."""
    deeper = _find(payment, f"RltdPties/{name}/Pty")
    return _find(payment, f"RltdPties/{name}") if deeper is None else deeper


def _name(payer: etree._Element | None) -> str:
    if payer is None:
        return ""
    more = _text(payer, "CtctDtls/Nm") or _text(payer, "PstlAdr/AdrLine")
    name = _text(payer, "Nm")
    return name + more if len(name) == PIECE_OF_PURPOSE else name


def _inns(party: etree._Element | None) -> Iterator[str]:
    if party is None:
        return
    for other in party.iterfind("{*}Id//{*}Othr"):
        text = _text(other, "Id")
        scheme = _text(other, "SchmeNm/Cd") or _text(other, "SchmeNm/Prtry")
        if scheme in {"TXID", "INN", "ИНН"} and text.isdigit() and len(text) in INN_LENGTHS:
            yield text


def _tax_inns(payment: etree._Element) -> Iterator[str]:
    for way in ("RmtInf/Strd/TaxRmt/Dbtr/TaxId", "Tax/Dbtr/TaxId"):
        text = _text(payment, way)
        if text.isdigit() and len(text) in INN_LENGTHS:
            yield text


def _joined(pieces: list[str]) -> str:
    text = ""
    for piece in pieces:
        goes_on = text and len(text) % PIECE_OF_PURPOSE == 0
        text += piece if goes_on or not text else f" {piece}"
    return text


# --- elements


def _said(entry: etree._Element) -> dict[str, str]:
    """What an entry says of itself, without the payments that it gathers."""
    said = [one for one in entry if xml_stream.local(one) != "NtryDtls"]
    return xml_stream.flat(said) | xml_stream.flat(entry.findall("{*}NtryDtls/{*}Btch"), "Btch.")


def _said_of(payment: etree._Element) -> dict[str, str]:
    return xml_stream.flat(payment, "TxDtls.")


def _find(element: etree._Element, way: str) -> etree._Element | None:
    return element.find("/".join(f"{{*}}{step}" for step in way.split("/")))


def _text(element: etree._Element, way: str) -> str:
    found = _find(element, way)
    return "" if found is None else (found.text or "").strip()
