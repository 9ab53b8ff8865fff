"""Notifications of ГИС ГМП for tests, written apart from the parser on purpose."""

from xml.sax.saxutils import quoteattr

from tests.payments.statement_files import ACCOUNT, INN, WORDING

PAYER = "1010000000008751379232"
BY_INN = f"121{'0' * 7}{INN}"
NUMBER = "10445250001100502202600000104233"
NAMESPACES = ("Common", "Payment", "Organization", "Package", "BudgetIndex")


def _attributes(given: dict) -> str:
    return "".join(f" {key}={quoteattr(str(value))}" for key, value in given.items() if value)


def notice(
    *,
    name="ImportedPayment",
    payment_id=NUMBER,
    amount="1000000",
    day="2026-02-05",
    payer=PAYER,
    payer_name="КАРИМОВ ТИМУР РУСТАМОВИЧ",
    account=ACCOUNT,
    uin="0",
    meaning="1",
    number="104233",
    purpose=WORDING,
    status="",
    more="",
    **attributes,
) -> str:
    """One notification by the names of the format; an empty text leaves an attribute out."""
    own = {
        "Id": "I_0CA4A062-EC7E-4466-8C07-4F7620274E4D",
        "paymentId": payment_id,
        "purpose": purpose,
        "kbk": "18210102040011000110",
        "oktmo": "45000000",
        "supplierBillID": uin,
        "amount": amount,
        "paymentDate": day,
        "transKind": "01",
    }
    kept = f'<com:OrgAccount accountNumber="{account}"><com:Bank bik="017003983"/></com:OrgAccount>'
    payer_is = {"payerIdentifier": payer, "payerName": payer_name}
    changed = f'<com:ChangeStatus meaning="{meaning}"/>' if meaning and not status else status
    return f"""
    <pkg:{name}{_attributes(own | attributes)}>
      <pmnt:PaymentOrg><org:Bank bik="044525225" name="ПАО БАНК"/></pmnt:PaymentOrg>
      <pmnt:Payer{_attributes(payer_is)}/>
      <org:Payee name="Казначейство России (ФНС России)" inn="7727406020" kpp="770701001">
        {kept if account else ""}</org:Payee>
      <pmnt:BudgetIndex status="13" paytReason="0" taxPeriod="0" taxDocNumber="0" taxDocDate="0"/>
      <pmnt:AccDoc accDocDate="2026-02-05"{_attributes({"accDocNo": number})}/>
      {changed}{more}
    </pkg:{name}>"""


def _declared(version: str) -> str:
    return " ".join(
        f'xmlns:{short}="http://roskazna.ru/gisgmp/xsd/{name}/{version}"'
        for name, short in zip(NAMESPACES, ("com", "pmnt", "org", "pkg", "bdi"), strict=True)
    )


def package(
    *notices: str,
    version="2.4.0",
    request_id="PERSONAL_SIGNATURE",
    stamp="2026-02-06T08:56:33.1249556+03:00",
    sender="3637c9",
    encoding="utf-8",
    envelope=True,
) -> bytes:
    """A request to import payments, in the envelope of СМЭВ 3 or bare."""
    about = {"Id": request_id, "senderIdentifier": sender, "timestamp": stamp}
    names = f'xmlns:req="urn://roskazna.ru/gisgmp/xsd/services/import-payments/{version}"'
    body = (
        f"<req:ImportPaymentsRequest {names} {_declared(version)}{_attributes(about)}>"
        f"<pkg:PaymentsPackage>{''.join(notices)}</pkg:PaymentsPackage>"
        "</req:ImportPaymentsRequest>"
    )
    if envelope:
        body = (
            '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>'
            '<x:SendRequestRequest xmlns:x="urn://x-artefacts-smev-gov-ru/services/">'
            f"{body}</x:SendRequestRequest></S:Body></S:Envelope>"
        )
    return f'<?xml version="1.0" encoding="{encoding}"?>\n{body}'.encode(encoding)


def answer(*notices: str, version="2.6.0") -> bytes:
    """An answer to a question for payments: the same notifications by their other name."""
    names = f'xmlns:ns0="urn://roskazna.ru/gisgmp/xsd/services/export-payments/{version}"'
    about = {
        "Id": "G_b8ad2c35-7d1f-4fb0-a0c4-0b2cbf9b6f10",
        "RqId": "I_2",
        "timestamp": "2026-02-06T09:00:00",
        "hasMore": "false",
    }
    body = "".join(notices).replace("pkg:PaymentInfo", "ns0:PaymentInfo")
    return (
        f'<?xml version="1.0" encoding="utf-8"?><ns0:ExportPaymentsResponse {names}'
        f" {_declared(version)}{_attributes(about)}>{body}</ns0:ExportPaymentsResponse>"
    ).encode()
