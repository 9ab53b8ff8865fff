"""Small files of every format with invented people, for staff who look what a format is like.

The people do not exist; their INNs have valid check digits, made up as those of the tests.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from lxml import etree
from lxml.builder import ElementMaker
from stdnum.ru import inn as stdnum_inn

ACCOUNT = "03100643000000018500"
DAY = date(2026, 2, 11)
SENDER = "Казначейство (пример)"
OPENING = Decimal("1000000.00")
PURPOSE = "НДФЛ в виде фиксированного авансового платежа"
GIS_GMP = "http://roskazna.ru/gisgmp/xsd/{}/2.4.0"
IMPORT = "urn://roskazna.ru/gisgmp/xsd/services/import-payments/2.4.0"
CAMT = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
REGISTER_HEADS = ("Дата зачисления", "Дата операции", "ФИО", "ИНН", "Сумма", "Назначение")


@dataclass(frozen=True)
class Example:
    number: int
    name: str
    amount: Decimal
    paid_on: date

    @property
    def inn(self) -> str:
        body = f"77000000{self.number:02}"
        return body + stdnum_inn.calc_personal_check_digits(body)

    @property
    def bank_account(self) -> str:
        return f"408178100000000000{self.number:02}"


PEOPLE = (
    Example(11, "ПРИМЕРОВ ТИМУР РУСТАМОВИЧ", Decimal("10000.00"), date(2026, 2, 5)),
    Example(12, "ОБРАЗЦОВА ДИЛНОЗА АЛИШЕРОВНА", Decimal("20000.00"), date(2026, 2, 9)),
    Example(13, "НЕСУЩЕСТВУЮЩИЙ ИОН", Decimal("5000.00"), date(2026, 2, 10)),
)
TOTAL = sum((one.amount for one in PEOPLE), Decimal("0.00"))


def examples() -> dict[str, bytes]:
    """Names of files and their contents."""
    return {
        "1c.txt": one_c().encode("cp1251"),
        "gis-gmp.xml": _xml(gis_gmp()),
        "camt053.xml": _xml(camt()),
        "register.csv": register().encode("cp1251"),
    }


def one_c() -> str:
    head = {
        "ВерсияФормата": "1.03",
        "Кодировка": "Windows",
        "Отправитель": SENDER,
        "ДатаСоздания": _day(DAY + timedelta(days=1)),
        "ВремяСоздания": "00:10:00",
        "ДатаНачала": _day(DAY),
        "ДатаКонца": _day(DAY),
        "РасчСчет": ACCOUNT,
    }
    section = {
        "ДатаНачала": _day(DAY),
        "ДатаКонца": _day(DAY),
        "РасчСчет": ACCOUNT,
        "НачальныйОстаток": OPENING,
        "ВсегоПоступило": TOTAL,
        "ВсегоСписано": "0.00",
        "КонечныйОстаток": OPENING + TOTAL,
    }
    lines = ["1CClientBankExchange", *_keys(head)]
    lines += ["СекцияРасчСчет", *_keys(section), "КонецРасчСчет"]
    for one in PEOPLE:
        lines += ["СекцияДокумент=Платежное поручение", *_keys(_document(one)), "КонецДокумента"]
    return "\r\n".join([*lines, "КонецФайла", ""])


def _document(one: Example) -> dict:
    return {
        "Номер": 100 + one.number,
        "Дата": _day(one.paid_on),
        "Сумма": one.amount,
        "ПлательщикСчет": one.bank_account,
        "ПлательщикИНН": one.inn,
        "Плательщик1": one.name,
        "ПолучательСчет": ACCOUNT,
        "ДатаПоступило": _day(DAY),
        "ПолучательИНН": "7727406020",
        "ПолучательКПП": "770701001",
        "Код": "0",
        "СтатусСоставителя": "13",
        "ПоказательКБК": "18210102040011000110",
        "ОКАТО": "45000000",
        "НазначениеПлатежа": PURPOSE,
    }


def _keys(fields: dict) -> list[str]:
    return [f"{key}={value}" for key, value in fields.items()]


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def gis_gmp() -> etree._Element:
    names = {"com": "Common", "pmnt": "Payment", "org": "Organization", "pkg": "Package"}
    spaces = {short: GIS_GMP.format(name) for short, name in names.items()}
    make = {short: ElementMaker(namespace=space) for short, space in spaces.items()}
    request = ElementMaker(namespace=IMPORT, nsmap={"req": IMPORT, **spaces})
    payments = [_notification(make, one) for one in PEOPLE]
    return request.ImportPaymentsRequest(
        make["pkg"].PaymentsPackage(*payments),
        Id="I_b8ad2c35-7d1f-4fb0-a0c4-0b2cbf9b6f10",
        senderIdentifier="3637c9",
        timestamp="2026-02-11T18:00:00+03:00",
    )


def _notification(make: dict[str, ElementMaker], one: Example) -> etree._Element:
    pkg, pmnt, org, com = (make[short] for short in ("pkg", "pmnt", "org", "com"))
    kept = com.OrgAccount(com.Bank(bik="017003983"), accountNumber=ACCOUNT)
    return pkg.ImportedPayment(
        pmnt.PaymentOrg(org.Bank(bik="044525225", name="ПАО БАНК")),
        pmnt.Payer(payerIdentifier=f"1210000000{one.inn}", payerName=one.name),
        org.Payee(kept, name="Казначейство России (ФНС России)", inn="7727406020"),
        pmnt.BudgetIndex(status="13", paytReason="0", taxPeriod="0", taxDocNumber="0"),
        pmnt.AccDoc(accDocNo=str(100 + one.number), accDocDate=one.paid_on.isoformat()),
        com.ChangeStatus(meaning="1"),
        paymentId=f"104452522500112022026{one.number:011}",
        supplierBillID="0",
        amount=str(int(one.amount * 100)),
        purpose=PURPOSE,
        paymentDate=one.paid_on.isoformat(),
        kbk="18210102040011000110",
        oktmo="45000000",
        transKind="01",
    )


def camt() -> etree._Element:
    e = ElementMaker(namespace=CAMT, nsmap={None: CAMT})
    formed = f"{DAY + timedelta(days=1)}T00:10:00+03:00"
    statement = e.Stmt(
        e.Id("EXAMPLE-1"),
        e.CreDtTm(formed),
        e.FrToDt(e.FrDtTm(f"{DAY}T00:00:00+03:00"), e.ToDtTm(f"{DAY}T23:59:59+03:00")),
        e.Acct(
            e.Id(e.Othr(e.Id(ACCOUNT))),
            e.Ccy("RUB"),
            e.Svcr(e.FinInstnId(e.Nm(SENDER))),
        ),
        _balance(e, "OPBD", OPENING),
        _balance(e, "CLBD", OPENING + TOTAL),
        *(_entry(e, one) for one in PEOPLE),
    )
    head = e.GrpHdr(e.MsgId("EXAMPLE-1"), e.CreDtTm(formed))
    return e.Document(e.BkToCstmrStmt(head, statement))


def _balance(e: ElementMaker, kind: str, amount: Decimal) -> etree._Element:
    return e.Bal(
        e.Tp(e.CdOrPrtry(e.Cd(kind))),
        e.Amt(str(amount), Ccy="RUB"),
        e.CdtDbtInd("CRDT"),
        e.Dt(e.Dt(DAY.isoformat())),
    )


def _entry(e: ElementMaker, one: Example) -> etree._Element:
    inn = e.Othr(e.Id(one.inn), e.SchmeNm(e.Cd("TXID")))
    tax = e.TaxRmt(
        e.AdmstnZone("45000000"),
        e.Rcrd(e.CtgyDtls("18210102040011000110"), e.DbtrSts("13")),
    )
    order = e.RfrdDocInf(e.Nb(str(100 + one.number)), e.RltdDt(one.paid_on.isoformat()))
    return e.Ntry(
        e.Amt(str(one.amount), Ccy="RUB"),
        e.CdtDbtInd("CRDT"),
        e.Sts(e.Cd("BOOK")),
        e.BookgDt(e.Dt(DAY.isoformat())),
        e.NtryDtls(
            e.TxDtls(
                e.RltdPties(
                    e.Dbtr(e.Pty(e.Nm(one.name), e.Id(e.PrvtId(inn)))),
                    e.DbtrAcct(e.Id(e.Othr(e.Id(one.bank_account)))),
                ),
                e.RmtInf(e.Ustrd(PURPOSE), e.Strd(order, tax)),
            )
        ),
    )


def _xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def register() -> str:
    rows = [
        (_day(DAY), _day(one.paid_on), one.name, one.inn, f"{one.amount}", PURPOSE)
        for one in PEOPLE
    ]
    lines = ["Реестр № 17 принятых платежей", ";".join(REGISTER_HEADS)]
    lines += [";".join(row) for row in rows]
    return "\r\n".join([*lines, f";;Итого;;{TOTAL};", ""])
