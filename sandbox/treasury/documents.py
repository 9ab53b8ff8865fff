"""Payment orders as the statements carry them; pure. Everything here is invented but the payee."""

import re
from datetime import date

from sandbox import money

ACCOUNT = "03100643000000018500"
PAYEE = {
    "ПолучательСчет": ACCOUNT,
    "Получатель": "ИНН 7727406020 Казначейство России (ФНС России)",
    "ПолучательИНН": "7727406020",
    "Получатель1": "Казначейство России (ФНС России)",
    "ПолучательБанк1": "ОТДЕЛЕНИЕ ТУЛА БАНКА РОССИИ//УФК по Тульской области",
    "ПолучательБИК": "017003983",
    "ПолучательКорсчет": "40102810445370000059",
}
BUDGET = {
    "СтатусСоставителя": "13",
    "ПлательщикКПП": "0",
    "ПолучательКПП": "770701001",
    "ПоказательКБК": "18210102040011000110",
    "ОКАТО": "45000000",
    "ПоказательОснования": "0",
    "ПоказательПериода": "0",
    "ПоказательНомера": "0",
    "ПоказательДаты": "0",
    "Очередность": "5",
}
ACQUIRER_NAME = "ООО НКО «Песочница-Платежи»"
ACQUIRER_INN = "7799123455"
ACQUIRER = {
    "ПлательщикСчет": "40701810300000000992",
    "Плательщик1": ACQUIRER_NAME,
    "ПлательщикБанк1": ACQUIRER_NAME,
    "ПлательщикБИК": "044525992",
    "ПлательщикКорсчет": "30103810100000000992",
}
CENTRE_NAME = "ГБУ «Миграционный центр» (песочница)"
CENTRE = {
    "ПлательщикСчет": "40601810200000000993",
    "Плательщик1": CENTRE_NAME,
    "ПлательщикИНН": "7799654327",
    "ПлательщикБанк1": "ПАО «Синий банк»",
    "ПлательщикБИК": "044525991",
    "ПлательщикКорсчет": "30101810200000000991",
}
USUAL_BANK = "ПАО «Синий банк»"
BANK = {
    "ПлательщикСчет": "40911810000000000991",
    "ПлательщикБИК": "044525991",
    "ПлательщикКорсчет": "30101810200000000991",
}
KIND = "Платежное поручение"
LONGEST_PURPOSE = 210
ORDER_OF_KEYS = (
    *("Номер", "Дата", "Сумма"),
    *("ПлательщикСчет", "ДатаСписано", "Плательщик", "ПлательщикИНН", "Плательщик1"),
    *("ПлательщикБанк1", "ПлательщикБИК", "ПлательщикКорсчет"),
    *("ПолучательСчет", "ДатаПоступило", "Получатель", "ПолучательИНН", "Получатель1"),
    *("ПолучательБанк1", "ПолучательБИК", "ПолучательКорсчет"),
    *("ВидПлатежа", "ВидОплаты", "Код", "СтатусСоставителя", "ПлательщикКПП", "ПолучательКПП"),
    *("ПоказательКБК", "ОКАТО", "ПоказательОснования", "ПоказательПериода", "ПоказательНомера"),
    *("ПоказательДаты", "ПоказательТипа", "Очередность", "НазначениеПлатежа"),
)
COMMON = PAYEE | BUDGET | {"ВидПлатежа": "Электронно", "ВидОплаты": "01", "Код": "0"}


def day(value: date) -> str:
    return f"{value:%d.%m.%Y}"


def of_receipt(qr: dict[str, str], *, paid_on: date, bank: str) -> dict[str, str]:
    """The order of the payer's bank for a printed receipt; every date in it is the paid date."""
    payer = " ".join(filter(None, map(qr.get, ("lastname", "firstname", "middlename")))) or bank
    given = {
        "Дата": day(paid_on),
        "ДатаСписано": day(paid_on),
        "Сумма": money.roubles(int(qr["sum"])),
        "Плательщик1": payer,
        "ПлательщикИНН": qr.get("payerinn") or "0",
        "ПлательщикБанк1": bank,
        "Код": qr.get("uin") or qr.get("docidx") or "0",
        "НазначениеПлатежа": qr.get("purpose", "")[:LONGEST_PURPOSE],
    }
    return COMMON | BANK | _payee(qr) | _budget(qr) | given


def _payee(qr: dict[str, str]) -> dict[str, str]:
    return {
        "ПолучательСчет": qr["personalacc"],
        "Получатель": f"ИНН {qr['payeeinn']} {qr['name']}",
        "ПолучательИНН": qr["payeeinn"],
        "Получатель1": qr["name"],
        "ПолучательБанк1": qr["bankname"],
        "ПолучательБИК": qr["bic"],
        "ПолучательКорсчет": qr["correspacc"],
    }


def _budget(qr: dict[str, str]) -> dict[str, str]:
    keys = {
        "СтатусСоставителя": "drawerstatus",
        "ПолучательКПП": "kpp",
        "ПоказательКБК": "cbc",
        "ОКАТО": "oktmo",
        "ПоказательОснования": "paytreason",
        "ПоказательПериода": "taxperiod",
        "ПоказательНомера": "docno",
        "ПоказательДаты": "docdate",
        "ПоказательТипа": "taxpaytkind",
    }
    return {field: qr[key] for field, key in keys.items() if qr.get(key)}


def of_card(metadata: dict[str, str], *, kopecks: int, order_day: date, own_inn: bool) -> dict:
    """One worker's part of the acquirer's consolidated order, dated when the order is made.

    Both occur in reality: the worker's INN in ПлательщикИНН, or (`own_inn`) the acquirer's own
    there and the worker's in the purpose only.
    """
    worker_inn = metadata.get("inn", "")
    payer_inn = ACQUIRER_INN if own_inn or not worker_inn else worker_inn
    given = {
        "Дата": day(order_day),
        "ДатаСписано": day(order_day),
        "Сумма": money.roubles(kopecks),
        "Плательщик": f"ИНН {ACQUIRER_INN} {ACQUIRER_NAME}",
        "ПлательщикИНН": payer_inn,
        "НазначениеПлатежа": _card_purpose(metadata),
    }
    return COMMON | ACQUIRER | given


def of_till(worker: dict[str, str], *, order_day: date) -> dict[str, str]:
    """One worker's part of the order by which the centre brings the money of its cash desk."""
    given = {
        "Дата": day(order_day),
        "ДатаСписано": day(order_day),
        "Сумма": worker["sum"],
        "НазначениеПлатежа": _card_purpose(worker),
    }
    return COMMON | CENTRE | given


def _card_purpose(metadata: dict[str, str]) -> str:
    parts = [
        "НДФЛ патент",
        f"квитанция {metadata['receipt']}" if metadata.get("receipt") else "",
        metadata.get("payer", ""),
        f"ИНН {metadata['inn']}" if metadata.get("inn") else "",
    ]
    return ", ".join(filter(None, parts))[:LONGEST_PURPOSE]


def of_line(given: dict[str, str], *, today: date) -> dict[str, str]:
    """Any order at all: what is not given is as in a usual one."""
    usual = {
        "Дата": day(today),
        "ДатаСписано": day(today),
        "Плательщик1": "ТЕСТОВ ТЕСТ",
        "ПлательщикИНН": "0",
        "ПлательщикБанк1": USUAL_BANK,
        "НазначениеПлатежа": "НДФЛ в виде фиксированного авансового платежа",
    }
    return COMMON | BANK | usual | given


def outgoing(fields: dict[str, str]) -> bool:
    """Whether the order takes money from the account: told by the account, not by a sign."""
    return fields.get("ПлательщикСчет") == ACCOUNT


def text(fields: dict[str, str], *, number: str, posted_on: date) -> str:
    """The section of one document, lines ended by CRLF; the Treasury adds number and day."""
    fields = {"Номер": number} | fields
    if not outgoing(fields):
        fields["ДатаПоступило"] = day(posted_on)
    kind = fields.pop("СекцияДокумент", KIND)
    keys = [*ORDER_OF_KEYS, *sorted(set(fields) - set(ORDER_OF_KEYS))]
    lines = [f"{key}={clean(fields[key])}" for key in keys if key in fields]
    return "\r\n".join([f"СекцияДокумент={clean(kind)}", *lines, "КонецДокумента", ""])


def clean(value: str) -> str:
    """One line, no control characters: a value must not be able to end its document."""
    return re.sub(r"[\s\x00-\x1f\x7f\x85\u2028\u2029]+", " ", value).strip()
