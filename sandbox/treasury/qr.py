"""Reads the text of a receipt's QR (ГОСТ Р 56042-2014): the sandbox's own small reader.

It is written apart from the portal's writer on purpose: an error in one does not hide in the other.
"""

import re

from sandbox.errors import Refused

REQUIRED = ("name", "personalacc", "bankname", "bic", "correspacc", "payeeinn", "sum")
SHAPES = {
    "personalacc": r"[0-9]{20}",
    "bic": r"[0-9]{9}",
    "payeeinn": r"[0-9]{10}|[0-9]{12}",
    "sum": r"0*[1-9][0-9]{0,10}",
    "payerinn": r"|0|[0-9]{10}|[0-9]{12}",
}
# Seen in the wild: the КБК key typed with Cyrillic letters.
LOOK_ALIKE = str.maketrans("АВСЕНКМОРТХУавсенкмортху", "ABCEHKMOPTXYabcehkmoptxy")
NOT_A_RECEIPT = "Это не код банковской квитанции: текст должен начинаться с ST00011 или ST00012."
LONGEST = 4000


def read(text: str) -> dict[str, str]:
    """The values by lower-case key; `Refused` with a sentence in Russian for anything else."""
    text = " ".join(text.split())
    if not text:
        raise Refused("Вставьте текст QR-кода с квитанции.")
    if len(text) > LONGEST:
        raise Refused("Текст слишком длинный для QR-кода квитанции.")
    if not re.match(r"ST0001[123][^0-9A-Za-zА-Яа-яЁё\s]", text):
        raise Refused(NOT_A_RECEIPT)
    values = _pairs(text[8:], text[7])
    _check(values)
    return values


def _pairs(body: str, delimiter: str) -> dict[str, str]:
    pairs = {}
    for part in body.split(delimiter):
        key, equals, value = part.partition("=")
        if not part.strip():
            continue
        if not equals or not key.strip():
            raise Refused(f"Эту часть кода прочитать нельзя: «{part[:40]}».")
        pairs[key.strip().translate(LOOK_ALIKE).lower()] = value.strip()
    return pairs


def _check(values: dict[str, str]) -> None:
    missing = [key for key in REQUIRED if not values.get(key)]
    if missing:
        raise Refused(f"В коде нет обязательных полей: {', '.join(missing)}.")
    for key, shape in SHAPES.items():
        if not re.fullmatch(shape, values.get(key, "")):
            raise Refused(f"Поле {key} в коде заполнено неверно: «{values.get(key, '')[:40]}».")
