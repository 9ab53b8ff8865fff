"""The code of a fiscal cheque: `t=20260214T1210&s=10000.00&fn=…&i=…&fp=…&n=1` (54-FZ); pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from urllib.parse import parse_qsl

from common.clock import moscow_day

INCOME = "1"  # `n`: 1 income, 2 its return, 3 and 4 outgoings
KEYS = {"t", "s", "fn", "i", "fp", "n"}
DIGITS = {"fn": r"[0-9]{1,20}", "i": r"[0-9]{1,15}", "fp": r"[0-9]{1,15}", "n": r"[1-4]"}


@dataclass(frozen=True, slots=True)
class FiscalCheque:
    """What the code says; nobody has asked the tax service whether it is true."""

    at: datetime
    amount: Decimal
    storage: str
    number: str
    sign: str
    kind: str

    @property
    def day(self) -> date:
        return moscow_day(self.at)

    @property
    def is_income(self) -> bool:
        return self.kind == INCOME

    @property
    def fiscal_sign(self) -> str:
        """The three numbers by which the tax service knows a cheque."""
        return f"{self.storage}-{self.number}-{self.sign}"


def parse(text: str) -> FiscalCheque | None:
    """The cheque of a scanned code; None when the text is no such code."""
    pairs = {key.lower(): value.strip() for key, value in parse_qsl(_query(text))}
    at, amount = _at(pairs.get("t", "")), _amount(pairs.get("s", ""))
    whole = pairs.keys() >= KEYS and all(
        re.fullmatch(shape, pairs[key]) for key, shape in DIGITS.items()
    )
    if not whole or at is None or amount is None:
        return None
    return FiscalCheque(at, amount, pairs["fn"], pairs["i"], pairs["fp"], pairs["n"])


def _query(text: str) -> str:
    """A scanner may give the address of a page with the code behind its question mark."""
    return "".join(text.split()).rpartition("?")[2]


def _at(text: str) -> datetime | None:
    """Cash registers of the centre keep Moscow's time; the code names no zone."""
    found = re.fullmatch(r"([0-9]{8}T[0-9]{4})(?:[0-9]{2})?", text)
    try:
        return datetime.strptime(f"{found[1]}+0300", "%Y%m%dT%H%M%z") if found else None
    except ValueError:
        return None


def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    fits = amount.is_finite() and 0 < amount < 10**9 and amount.as_tuple().exponent >= -2
    return amount.quantize(Decimal("0.01")) if fits else None
