"""The fields of the form and what stands in them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from common.money import to_kopecks

FORM_NAME = "Форма № ПД-4сб (налог)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPrint:
    """All that stands on the paper. Numbers of fields are those of a payment order."""

    payee: str
    inn: str
    kpp: str
    account: str
    bank: str
    bic: str
    corr_account: str
    kbk: str  # 104
    oktmo: str  # 105
    drawer_status: str  # 101
    basis: str  # 106
    period: str  # 107
    document_number: str  # 108
    document_date: str  # 109
    purpose: str
    payer: str
    payer_inn: str
    document: str  # the patent, or the application and the passport
    amount: Decimal
    reference: str
    formed_on: date
    months: int
    payload: bytes  # empty: no QR, the paper is not to be paid
    pay_by: date | None = None
    uin: str = "0"
    mark: tuple[str, ...] = ()  # short lines that say what became of the money


@dataclass(frozen=True, slots=True)
class Cell:
    caption: str
    value: str
    share: float = 1.0
    bold: bool = False


def rows_of(data: ReceiptPrint) -> list[list[Cell]]:
    return [
        [
            Cell("Индекс документа (УИН)", data.uin, 0.4),
            Cell("Статус (101)", data.drawer_status, 0.2),
            Cell("", FORM_NAME, 0.4),
        ],
        [
            Cell("Получатель платежа", data.payee, 0.5),
            Cell("ИНН получателя", data.inn, 0.27),
            Cell("КПП", data.kpp, 0.23),
        ],
        [Cell("Банк получателя", data.bank)],
        [
            Cell("Номер счёта получателя", data.account, 0.5),
            Cell("БИК", data.bic, 0.5),
        ],
        [
            Cell("Кор. счёт", data.corr_account, 0.5),
            Cell("КБК (104)", data.kbk, 0.5),
        ],
        [Cell("Наименование платежа", data.purpose)],
        [
            Cell("ОКТМО (105)", data.oktmo, 0.24),
            Cell("Основание (106)", data.basis, 0.16),
            Cell("Период (107)", data.period, 0.18),
            Cell("№ док. (108)", data.document_number, 0.16),
            Cell("Дата док. (109)", data.document_date, 0.16),
            Cell("Тип (110)", "0", 0.1),
        ],
        [
            Cell("Плательщик (Ф. И. О.)", data.payer, 0.65, bold=True),
            Cell("ИНН плательщика", data.payer_inn, 0.35, bold=True),
        ],
        [
            Cell("Адрес плательщика", "", 0.65),
            Cell("№ л/с плательщика", "", 0.35),
        ],
        [Cell("Документ плательщика", data.document)],
        [
            Cell("Сумма", _in_words_of_the_form(data.amount), 0.4, bold=True),
            Cell("Итого", _in_words_of_the_form(data.amount), 0.4),
            Cell("Месяцев", str(data.months), 0.2),
        ],
        [
            Cell("Дата платежа", "", 0.4),
            Cell("Подпись плательщика", "", 0.6),
        ],
    ]


def _in_words_of_the_form(amount: Decimal) -> str:
    roubles, kopecks = divmod(to_kopecks(amount), 100)
    return f"{roubles:,}".replace(",", "\u00a0") + f"\u00a0руб. {kopecks:02d}\u00a0коп."
