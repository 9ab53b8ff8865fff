"""Statement files for tests, written apart from the parser on purpose."""

from datetime import date, timedelta
from decimal import Decimal

ACCOUNT = "03100643000000018500"
BANK_ACCOUNT = "40911810000000000991"
ACQUIRER_ACCOUNT = "40701810300000000992"
TILL_ACCOUNT = "40601810200000000993"
INN = "775100004210"
POSTED = date(2026, 2, 11)
WORDING = "НДФЛ в виде фиксированного авансового платежа"


def day(value: date) -> str:
    return f"{value:%d.%m.%Y}"


def order(
    *,
    number="104233",
    on=date(2026, 2, 5),
    amount="10000.00",
    posted_on=POSTED,
    inn=INN,
    payer="КАРИМОВ ТИМУР РУСТАМОВИЧ",
    payer_account=BANK_ACCOUNT,
    purpose=WORDING,
    **more,
) -> dict[str, str]:
    """An incoming payment order by its Russian keys; None leaves a key out."""
    fields = {
        "Номер": number,
        "Дата": on and day(on),
        "Сумма": str(amount),
        "ПлательщикСчет": payer_account,
        "ПлательщикИНН": inn,
        "Плательщик1": payer,
        "ПолучательСчет": ACCOUNT,
        "ДатаПоступило": posted_on and day(posted_on),
        "ПолучательИНН": "7727406020",
        "НазначениеПлатежа": purpose,
    }
    return {key: value for key, value in (fields | more).items() if value is not None}


def statement(
    *orders: dict,
    first=POSTED,
    last=None,
    formed="{next} 00:10:00",
    number="",
    sender="Казначейство",
    opening="1000000.00",
    totals=True,
    account=ACCOUNT,
) -> str:
    """A file as text: whole-day unless `formed` says otherwise or `totals` is False."""
    last = last or first
    formed_on, _space, formed_time = formed.format(
        next=day(last + timedelta(days=1)), same=day(last)
    ).partition(" ")
    head = {
        "ВерсияФормата": "1.03",
        "Кодировка": "Windows",
        "Отправитель": sender,
        "ДатаСоздания": formed_on,
        "ВремяСоздания": formed_time,
        "НомерФайла": number,
        "ДатаНачала": day(first),
        "ДатаКонца": day(last),
        "РасчСчет": account,
    }
    lines = ["1CClientBankExchange", *(f"{key}={value}" for key, value in head.items() if value)]
    if totals:
        lines += _section(orders, first, last, Decimal(opening), account)
    for one in orders:
        lines += ["СекцияДокумент=Платежное поручение"]
        lines += [*(f"{key}={value}" for key, value in one.items()), "КонецДокумента"]
    return "\r\n".join([*lines, "КонецФайла", ""])


def _section(orders, first, last, opening: Decimal, account: str) -> list[str]:
    came = sum((_sum(one) for one in orders if one["ПолучательСчет"] == account), Decimal(0))
    sent = sum((_sum(one) for one in orders if one["ПолучательСчет"] != account), Decimal(0))
    return [
        "СекцияРасчСчет",
        f"ДатаНачала={day(first)}",
        f"ДатаКонца={day(last)}",
        f"РасчСчет={account}",
        f"НачальныйОстаток={opening}",
        f"ВсегоПоступило={came}",
        f"ВсегоСписано={sent}",
        f"КонечныйОстаток={opening + came - sent}",
        "КонецРасчСчет",
    ]


def _sum(one: dict) -> Decimal:
    return Decimal(one["Сумма"].replace(" ", "").replace(",", "."))


def whole(*orders: dict, **options) -> bytes:
    """A whole-day statement in cp1251."""
    return statement(*orders, **options).encode("cp1251")


def piece(*orders: dict, formed="{same} 12:00:00", **options) -> bytes:
    """A piece of a day: formed while the day was going on."""
    return statement(*orders, formed=formed, **options).encode("cp1251")
