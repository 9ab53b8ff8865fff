"""The receipt in short lines: to type at a terminal, to dictate, to send in a message.

The words are Russian whatever language the person reads: a Russian terminal asks with them.
"""

from textwrap import wrap

from common.formats import short_day
from common.money import to_kopecks
from payments import printing
from payments.models import Receipt
from payments.reference import display

WIDTH = 32  # a terminal's cheque and a small phone have no more


def text(receipt: Receipt) -> str:
    """All that a terminal may ask for, in lines of at most 32 characters."""
    lines = [f"КВИТАНЦИЯ {display(receipt.reference)}", f"от {short_day(receipt.formed_on)}", ""]
    for name, value in _rows(receipt):
        lines += _fitted(name, value)
    return "\r\n".join([*lines, "", "Сохраните чек."]) + "\r\n"


def _rows(receipt: Receipt) -> list[tuple[str, str]]:
    data, payer = receipt.snapshot, receipt.snapshot["payer"]
    return [
        ("Сумма", _roubles(receipt)),
        ("Месяцев", str(receipt.months)),
        ("Плательщик", printing.payer_name(receipt)),
        ("ИНН плат.", payer["inn"]),
        printing.document(receipt),
        ("Получатель", data["payee"]),
        ("ИНН", data["inn"]),
        ("КПП", data["kpp"]),
        ("Счёт", data["account"]),
        ("БИК", data["bic"]),
        ("Банк", data["bank_short"]),
        ("К/с", data["corr_account"]),
        ("КБК", data["kbk"]),
        ("ОКТМО", data["oktmo"]),
        ("Статус", data["drawer_status"]),
        ("Платёж", f"НДФЛ, квитанция MMC-{receipt.reference}"),
    ]


def _fitted(name: str, value: str) -> list[str]:
    """One line where it fits, else the name and the value under it; no number is ever broken."""
    line = f"{name}: {value}"
    if len(line) <= WIDTH:
        return [line]
    return [f"{name}:", *wrap(value, WIDTH, break_on_hyphens=False)]


def _roubles(receipt: Receipt) -> str:
    whole, kopecks = divmod(to_kopecks(receipt.amount), 100)
    return f"{whole}.{kopecks:02d} руб."
