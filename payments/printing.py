"""A receipt as its paper and its QR have it: from the snapshot alone, whatever changed since."""

from dataclasses import replace
from io import BytesIO

from common.money import to_kopecks
from payments import gost, receipt_pdf
from payments.models import Receipt
from payments.receipt_pdf import letters

TAXES = "03"  # the technical code of GOST R 56042 for taxes and duties
LARGEST_VERSION = 25  # denser ones do not scan at 36 mm


def qr_payload(receipt: Receipt) -> bytes:
    """The text of the bank's QR, by GOST R 56042-2014."""
    data, payer = receipt.snapshot, receipt.snapshot["payer"]
    return gost.payload(
        {
            "Name": data["payee"],
            "PersonalAcc": data["account"],
            "BankName": data["bank_short"],
            "BIC": data["bic"],
            "CorrespAcc": data["corr_account"],
            "Sum": str(to_kopecks(receipt.amount)),
            "Purpose": data["purpose"],
            "PayeeINN": data["inn"],
            "PayerINN": payer["inn"],
            "DrawerStatus": data["drawer_status"],
            "KPP": data["kpp"],
            "CBC": data["kbk"],
            "OKTMO": data["oktmo"],
            "PaytReason": data["basis"],
            "TaxPeriod": data["period"],
            "DocNo": data["document_number"],
            "DocDate": data["document_date"],
            "LastName": payer["last_name"],
            "FirstName": payer["first_name"],
            "MiddleName": payer["middle_name"],
            "UIN": "0",
            "TechCode": TAXES,
        }
    )


def pdf(receipt: Receipt) -> bytes:
    """The paper for a bank; the same bytes whenever it is asked for."""
    return receipt_pdf.render(replace(sheet(receipt), payload=qr_payload(receipt)))


def sheet(receipt: Receipt, mark: tuple[str, ...] = ()) -> receipt_pdf.ReceiptPrint:
    """What the paper says, without the QR: nobody pays it a second time."""
    data = receipt.snapshot
    kind, number = document(receipt)
    same = ("payee", "inn", "kpp", "account", "bank", "bic", "corr_account", "kbk", "oktmo")
    fields = ("drawer_status", "basis", "period", "document_number", "document_date", "purpose")
    texts = {name: letters.spelled(data[name]) for name in same + fields}
    return receipt_pdf.ReceiptPrint(
        **texts,
        payer=letters.name(payer_name(receipt), data["payer"].get("latin_name", "")),
        payer_inn=data["payer"]["inn"],
        document=letters.spelled(f"{kind} {number}"),
        amount=receipt.amount,
        reference=receipt.reference,
        formed_on=receipt.formed_on,
        months=receipt.months,
        payload=b"",
        mark=mark,
    )


def qr_svg(receipt: Receipt) -> bytes:
    """The QR as a picture of its own: pages allow no inline one."""
    target = BytesIO()
    code = receipt_pdf.code_of(qr_payload(receipt), LARGEST_VERSION)
    code.save(target, kind="svg", scale=4, border=4, xmldecl=False)
    return target.getvalue()


def slip(receipt: Receipt) -> list[tuple[str, str]]:
    """The rows of both halves of the form. Its words are Russian in every language: the bank's."""
    data, payer = receipt.snapshot, receipt.snapshot["payer"]
    return [
        ("Получатель", data["payee"]),
        ("ИНН / КПП", f"{data['inn']} / {data['kpp']}"),
        ("Счёт", data["account"]),
        ("Банк", data["bank"]),
        ("БИК, кор. счёт", f"{data['bic']}, {data['corr_account']}"),
        ("КБК, ОКТМО", f"{data['kbk']}, {data['oktmo']}"),
        ("Платёж", data["purpose"]),
        ("Плательщик", payer_name(receipt)),
        ("ИНН плательщика", payer["inn"]),
        document(receipt),
        ("Сумма", amount_in_form(receipt)),
    ]


def payer_name(receipt: Receipt) -> str:
    payer = receipt.snapshot["payer"]
    names = (payer["last_name"], payer["first_name"], payer["middle_name"])
    return " ".join(filter(None, names))


def document(receipt: Receipt) -> tuple[str, str]:
    """A word and a number: the patent, or the application and passport before it."""
    data = receipt.snapshot
    if data["patent"]:
        return "Патент", f"{data['patent']['series']} № {data['patent']['number']}"
    parts = [f"№ {data['application']}"]
    if data["payer"]["passport"]:
        parts.append(f"паспорт {data['payer']['passport']}")
    return "Заявление", ", ".join(parts)


def amount_in_form(receipt: Receipt) -> str:
    """«10 000 руб. 00 коп.», as the form has it."""
    whole, kopecks = divmod(to_kopecks(receipt.amount), 100)
    return f"{whole:,}".replace(",", "\u00a0") + f" руб. {kopecks:02d} коп."
