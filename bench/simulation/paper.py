"""The files of the feed as 1CClientBankExchange writes them."""

from collections.abc import Iterator
from datetime import date

from bench.simulation.feed import Feed, File
from bench.simulation.names import name_of
from bench.simulation.people import CARD, TILL, Payment
from bench.stage.money_world import ACCOUNT, inn_of, reference_of

ACQUIRER, OF_TILLS = "40701810300000000992", "40601810200000000993"
TAX = "НДФЛ в виде фиксированного авансового платежа по патенту"
BEFORE = 10**9  # roubles on the account before each file
INN_DIGITS = 12
STRANGERS = 90_000_000  # added to the number of a person: an INN that nobody here has


def content_of(feed: Feed, file: File) -> bytes:
    days = list(feed.lines(file))
    returned = [(day, one) for day, _lines in days for one in feed.returned.get(day, ())]
    came = sum(one.amount for _day, lines in days for one in lines)
    sent = sum(one.amount for _day, one in returned) if file.is_whole else 0
    rows = list(_head(file, came, sent))
    for day, lines in days:
        for one in lines:
            rows += _document(one, day)
    for day, one in returned if file.is_whole else ():
        rows += _sent_back(one, day)
    return "\r\n".join([*rows, "КонецФайла", ""]).encode("cp1251")


def reference(payment: Payment) -> str:
    """Of the first of two equal sums: the bank sends one order twice."""
    return reference_of(payment.order * 7919)


def inn(payment: Payment) -> str:
    """Where it is wrong: half of them by one digit, the others are a stranger's."""
    if payment.wrong_inn and payment.order % 2:
        return _slipped(inn_of(payment.person), payment.order % INN_DIGITS)
    return inn_of(payment.person + STRANGERS * payment.wrong_inn)


def _slipped(right: str, at: int) -> str:
    """One digit of it wrong; never the INN of another one of us."""
    wrong = right[:at] + str((int(right[at]) + 3) % 10) + right[at + 1 :]
    return wrong if wrong != inn_of(int(wrong[2:10])) else _slipped(right, INN_DIGITS - 1)


def _head(file: File, came: int, sent: int) -> Iterator[str]:
    span = [f"ДатаНачала={file.first_day:%d.%m.%Y}", f"ДатаКонца={file.last_day:%d.%m.%Y}"]
    yield from ("1CClientBankExchange", "ВерсияФормата=1.03", "Кодировка=Windows")
    yield from ("Отправитель=Казначейство", f"ДатаСоздания={file.formed_at:%d.%m.%Y}")
    yield from (f"ВремяСоздания={file.formed_at:%H:%M:%S}", *span, f"РасчСчет={ACCOUNT}")
    if file.is_whole:
        yield from ("СекцияРасчСчет", *span, f"РасчСчет={ACCOUNT}", f"НачальныйОстаток={BEFORE}.00")
        yield from (f"ВсегоПоступило={came}.00", f"ВсегоСписано={sent}.00")
        yield from (f"КонечныйОстаток={BEFORE + came - sent}.00", "КонецРасчСчет")


def _document(one: Payment, day: date) -> list[str]:
    return [
        "СекцияДокумент=Платежное поручение",
        *_payer(one, day),
        f"Сумма={one.amount}.00",
        f"ПолучательСчет={ACCOUNT}",
        f"ДатаПоступило={day:%d.%m.%Y}",
        "ПолучательИНН=7727406020",
        f"НазначениеПлатежа={purpose(one)}",
        "КонецДокумента",
    ]


def _payer(one: Payment, day: date) -> list[str]:
    """What we took ourselves comes in an order for many, dated by its own day."""
    if one.way in {CARD, TILL}:
        account = ACQUIRER if one.way == CARD else OF_TILLS
        number = f"{one.way[0].upper()}{day:%y%m%d}"
        return [f"Номер={number}", f"Дата={day:%d.%m.%Y}", f"ПлательщикСчет={account}"]
    return [
        f"Номер={one.order}",
        f"Дата={one.on:%d.%m.%Y}",
        f"ДатаСписано={one.on:%d.%m.%Y}",
        f"ПлательщикСчет=408178109{one.person:011d}",
        f"ПлательщикИНН={inn(one)}",
        f"Плательщик1={name_of(one.person)}",
    ]


def purpose(one: Payment) -> str:
    return f"{TAX}, квитанция MMC-{reference(one)}" if one.is_of_a_paper else TAX


def _sent_back(one: Payment, day: date) -> list[str]:
    return [
        "СекцияДокумент=Платежное поручение",
        f"Номер=R{one.number}",
        f"Дата={day:%d.%m.%Y}",
        f"ДатаСписано={day:%d.%m.%Y}",
        f"Сумма={one.amount}.00",
        f"ПлательщикСчет={ACCOUNT}",
        f"ПолучательСчет=408178109{one.person:011d}",
        f"НазначениеПлатежа=Возврат по поручению {one.order}, ИНН не найден",
        "КонецДокумента",
    ]
