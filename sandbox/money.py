"""Kopecks inside, roubles at the border."""

import re

from sandbox.errors import Refused

ROUBLES = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?")


def kopecks(text: str) -> int:
    """«10000.00» → 1000000; `Refused` for a sum that is no sum, or is zero."""
    match = ROUBLES.fullmatch(text)
    value = int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0")) if match else 0
    if value <= 0:
        raise Refused("Сумма должна быть больше нуля, например 10000.00.")
    return value


def roubles(value: int) -> str:
    """1000000 → «10000.00», as the acquirer and the statements write it."""
    sign = "-" if value < 0 else ""
    return f"{sign}{abs(value) // 100}.{abs(value) % 100:02d}"


def for_people(value: int) -> str:
    """1000000 → «10 000,00 ₽» with no-break spaces."""
    whole, rest = divmod(abs(value), 100)
    sign = "−" if value < 0 else ""
    return f"{sign}{whole:,}".replace(",", "\u00a0") + f",{rest:02d}\u00a0₽"
