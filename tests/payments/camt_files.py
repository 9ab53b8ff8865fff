"""Files of camt.053 for tests, written apart from the parser on purpose."""

from datetime import date, timedelta
from decimal import Decimal

from tests.payments.statement_files import ACCOUNT, BANK_ACCOUNT, INN, POSTED, WORDING

ONE_DAY = timedelta(days=1)


def tag(name: str, text, **attributes) -> str:
    """An element, or nothing when there is nothing to say."""
    said = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{said}>{text}</{name}>" if text not in (None, "") else ""


def payment(
    *,
    number="104233",
    on=date(2026, 2, 5),
    amount=None,
    inn=INN,
    name="КАРИМОВ ТИМУР РУСТАМОВИЧ",
    account=BANK_ACCOUNT,
    purpose=WORDING,
    uin="",
    accepted="",
    version="08",
    scheme="TXID",
    more_parties="",
    tax="",
) -> str:
    """TxDtls, in the shape of the version."""
    private = tag("Othr", tag("Id", inn) + tag("SchmeNm", tag("Cd", scheme))) if inn else ""
    who = tag("Nm", name) + tag("Id", tag("PrvtId", private))
    who = tag("Pty", who) if version >= "08" else who
    parties = tag("Dbtr", who) + tag("DbtrAcct", tag("Id", tag("Othr", tag("Id", account))))
    document = tag("Nb", number) + tag("RltdDt", on and on.isoformat())
    strd = tag("RfrdDocInf", tag("Tp", tag("CdOrPrtry", tag("Prtry", "POD"))) + document)
    strd += tag("CdtrRefInf", tag("Ref", uin)) + tag("TaxRmt", tax)
    return tag(
        "TxDtls",
        tag("Refs", tag("EndToEndId", "NOTPROVIDED"))
        + tag("Amt", amount, Ccy="RUB")
        + tag("RltdPties", parties + more_parties)
        + tag("RmtInf", tag("Ustrd", purpose) + tag("Strd", strd))
        + tag("RltdDts", tag("AccptncDtTm", accepted)),
    )


def entry(
    *payments: str,
    amount="10000.00",
    posted_on=POSTED,
    direction="CRDT",
    status="BOOK",
    currency="RUB",
    version="08",
    batch="",
    **options,
) -> str:
    """Ntry; without payments it has one by the options of `payment`."""
    inside = "".join(payments) or payment(version=version, **options)
    said = tag("Cd", status) if version >= "08" else status
    return tag(
        "Ntry",
        tag("Amt", amount, Ccy=currency)
        + tag("CdtDbtInd", direction)
        + tag("Sts", said)
        + tag("BookgDt", tag("Dt", posted_on and posted_on.isoformat()))
        + tag("NtryDtls", tag("Btch", tag("NbOfTxs", batch)) + inside),
    )


def balance(kind: str, amount, day: date, direction="CRDT") -> str:
    return tag(
        "Bal",
        tag("Tp", tag("CdOrPrtry", tag("Cd", kind)))
        + tag("Amt", f"{amount:.2f}", Ccy="RUB")
        + tag("CdtDbtInd", direction)
        + tag("Dt", tag("Dt", day.isoformat())),
    )


def stmt(
    *entries: str,
    came=Decimal(0),
    sent=Decimal(0),
    first=POSTED,
    last=None,
    formed="{next}T00:10:00+03:00",
    account=ACCOUNT,
    number="S-17",
    opening=Decimal(1000),
    balances=True,
    days=True,
    page="",
    summary="",
) -> str:
    """Stmt: whole-day unless told otherwise; `came` and `sent` are what the entries make."""
    last = last or first
    formed = formed.format(next=last + ONE_DAY, same=last)
    span = tag("FrDtTm", f"{first}T00:00:00") + tag("ToDtTm", f"{last}T23:59:59")
    owner = tag("Svcr", tag("FinInstnId", tag("Nm", "ПАО БАНК")))
    both = balance("OPBD", opening, first) + balance("CLBD", opening + came - sent, last)
    return tag(
        "Stmt",
        tag("Id", number)
        + page
        + tag("CreDtTm", formed)
        + (tag("FrToDt", span) if days else "")
        + tag("Acct", tag("Id", tag("Othr", tag("Id", account))) + tag("Ccy", "RUB") + owner)
        + (both if balances else "")
        + tag("TxsSummry", summary)
        + "\n".join(("", *entries)),
    )


def message(*statements: str, version="08", head="", encoding="utf-8") -> bytes:
    inside = tag("GrpHdr", tag("MsgId", "M-1") + tag("CreDtTm", "2026-02-12T00:05:00") + head)
    body = tag("BkToCstmrStmt", inside + "\n" + "\n".join(statements))
    names = f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"
    document = tag("Document", body, xmlns=names)
    return f'<?xml version="1.0" encoding="{encoding}"?>\n{document}'.encode(encoding)


def whole(*entries: str, came="10000.00", sent="0", version="08", **options) -> bytes:
    """A message with one statement whose sums agree."""
    one = stmt(*entries, came=Decimal(came), sent=Decimal(sent), **options)
    return message(one, version=version)
