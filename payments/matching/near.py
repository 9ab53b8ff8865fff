"""What a slip of the finger makes of a number: only those that pass their check are believed."""

import re
from collections.abc import Iterator
from itertools import pairwise

from common import identifiers
from common.lookalikes import LOOKALIKES
from payments import reference

DIGITS = "0123456789"
INN_DIGITS = 12
# «77 2600418540» and «77 № 2600418540» are one number of twelve, and a number of ten.
_RUN = re.compile(r"(?<![0-9])[0-9]{5,14}(?![0-9])")
_SERIES = re.compile(r"(?<![0-9])([0-9]{2})[\s№N-]+([0-9]{10})(?![0-9])")
_PASSPORT = re.compile(r"(?<![A-Z0-9])([A-Z]{1,2})\s?№?\s?([0-9]{6,8})(?![0-9])")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
# A payer with one of these is no person.
OF_FIRMS = {"ООО", "ПАО", "ОАО", "ЗАО", "АО", "НКО", "БАНК", "ФИЛИАЛ", "УФК", "ГБУ", "ФГУП"}
_PURPOSES = """
НДФЛ НАЛОГ НАЛОГА ПАТЕНТ ПАТЕНТА ПАТЕНТУ ИНН КПП ФИО ПЛАТЕЛЬЩИК ПЛАТЕЖ ПЛАТЕЖА ПЛАТЕЖИ ОПЛАТА
ОПЛАТЫ ФИКС ФИКСИРОВАННЫЙ ФИКСИРОВАННОГО АВАНС АВАНСОВЫЙ АВАНСОВОГО АВАНСОВОМУ ВИДЕ МЕС МЕСЯЦ
МЕСЯЦА МЕСЯЦЕВ РУБ СУММА БЕЗ НДС ДОХОДЫ ДОХОД ФИЗИЧЕСКИХ ФИЗИЧЕСКОГО ЛИЦ ЛИЦА ИНОСТРАННЫХ
ИНОСТРАННОГО ГРАЖДАН ГРАЖДАНИНА КВИТАНЦИЯ КВИТАНЦИИ ЗАЯВЛЕНИЕ НОМЕР ДЛЯ ЯНВАРЬ ФЕВРАЛЬ МАРТ
АПРЕЛЬ МАЙ ИЮНЬ ИЮЛЬ АВГУСТ СЕНТЯБРЬ ОКТЯБРЬ НОЯБРЬ ДЕКАБРЬ ГОД ГОДА МОСКВА
"""
OF_PURPOSES = set(_PURPOSES.split())
FEWEST_LETTERS = 3
MOST_PAIRS = 6
WHOLE = 3  # last, first and middle name
_CODE = re.compile(r"(?<!\w)([0-9A-Z]{4})[\s-]?([0-9A-Z]{4})(?!\w)")


def digits_in(text: str) -> set[str]:
    """Numbers as written; a series beside its number makes one more; passports have letters."""
    runs = set(_RUN.findall(text))
    runs |= {"".join(pair) for pair in _SERIES.findall(text)}
    return runs | {"".join(pair) for pair in _PASSPORT.findall(text.upper())}


def words_in(text: str, shortest: int = 1) -> list[str]:
    """Words in capitals, each once, in their order."""
    found = dict.fromkeys(word.upper() for word in _WORD.findall(text))
    return [word for word in found if len(word) >= shortest]


def names_said(payer_name: str, purpose: str) -> list[tuple[str, ...]]:
    """What may be somebody's last and first name: pairs of words that stand side by side; where
    the second is an initial, the last name alone."""
    payer = words_in(payer_name)
    texts = [[] if OF_FIRMS & set(payer) else payer, words_in(purpose)]
    pairs = [pair for words in texts for pair in _pairs(words)]
    return list(dict.fromkeys(pairs))[:MOST_PAIRS]


def whole_name(payer_name: str) -> tuple[str, ...]:
    """The payer's first three words: where many have the last and the first name, fewer have all.
    Nothing where there are fewer."""
    words = words_in(payer_name, FEWEST_LETTERS)[:WHOLE]
    return tuple(words) if len(words) == WHOLE and not OF_FIRMS & set(words) else ()


def _pairs(words: list[str]) -> Iterator[tuple[str, ...]]:
    for one, other in pairwise(words):
        if OF_PURPOSES & {one, other} or len(one) < FEWEST_LETTERS:
            continue
        if len(other) >= FEWEST_LETTERS:
            yield one, other
        elif len(other) == 1:
            yield (one,)


def near_inns(number: str) -> set[str]:
    """INNs of people that one wrong, swapped, lost or extra digit would make of this number.

    Of a hundred slips one passes the check digits, so there are a few at most.
    """
    if abs(len(number) - INN_DIGITS) > 1:
        return set()
    found = {slip for slip in _slips(number) if identifiers.is_inn_of_a_person(slip)}
    return found - {number}


def _slips(number: str) -> Iterator[str]:
    size = len(number)
    if size == INN_DIGITS:
        for at in range(size):
            yield from (number[:at] + digit + number[at + 1 :] for digit in DIGITS)
            yield number[:at] + number[at : at + 2][::-1] + number[at + 2 :]
    if size == INN_DIGITS - 1:
        yield from (number[:at] + d + number[at:] for at in range(size + 1) for d in DIGITS)
    if size == INN_DIGITS + 1:
        yield from (number[:at] + number[at + 1 :] for at in range(size))


def near_references(purpose: str) -> tuple[set[str], set[str]]:
    """Numbers of receipts that stand there, and those that one wrong character may have been."""
    named = set(reference.find_in(purpose))
    broken = {"".join(pair) for pair in _CODE.findall(_latin(purpose))}
    slips = {slip for code in broken if _may_be_ours(code) for slip in _one_off(code)}
    return named, slips - named


def _latin(text: str) -> str:
    return text.upper().translate(str.maketrans(*LOOKALIKES))


def _may_be_ours(code: str) -> bool:
    """Neither a word nor a number: and no number of ours."""
    mixed = not code.isdigit() and not code.isalpha()
    return mixed and not reference.is_valid(code)


def _one_off(code: str) -> Iterator[str]:
    for at in range(len(code)):
        for sign in reference.ALPHABET:
            slip = code[:at] + sign + code[at + 1 :]
            if reference.is_valid(slip):
                yield slip
