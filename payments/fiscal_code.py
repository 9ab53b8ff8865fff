"""The square code of a fiscal cheque (54-FZ): `t=20260214T1210&s=10000.00&fn=…&i=…&fp=…&n=1`."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import parse_qsl

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from common.clock import moscow_day
from payments import scan

INCOME = "1"  # `n`: 1 income, 2 its return, 3 and 4 outgoings
RULES = {
    "t": r"[0-9]{8}(T[0-9]{4}([0-9]{2})?)?",  # as we keep it, it is a day alone
    "s": r"[0-9]{1,8}(\.[0-9]{1,2})?",
    "fn": r"[0-9]{16}",
    "i": r"[0-9]{1,10}",
    "fp": r"[0-9]{1,10}",
    "n": r"[1-4]",
}


@dataclass(frozen=True, slots=True)
class FiscalCheque:
    """What the code says; nobody has asked the tax service whether it is true."""

    at: datetime
    amount: Decimal
    storage: str  # ФН
    number: str  # ФД
    sign: str  # ФП
    kind: str

    @property
    def paid_on(self) -> date:
        return moscow_day(self.at)

    @property
    def is_income(self) -> bool:
        return self.kind == INCOME

    @property
    def fiscal_sign(self) -> str:
        """The three numbers by which the tax service knows a cheque."""
        return f"{self.storage}-{self.number}-{self.sign}"

    @property
    def text(self) -> str:
        """One way to write it, so that the same cheque is found again."""
        return (
            f"t={self.paid_on:%Y%m%d}&s={self.amount}"
            f"&fn={self.storage}&i={self.number}&fp={self.sign}&n={self.kind}"
        )


def read(text: str) -> FiscalCheque | None:
    """The cheque of a scanned or kept code; None when the text is no such code."""
    said = {key.lower(): value.strip() for key, value in parse_qsl(_query(text))}
    if not all(re.fullmatch(rule, said.get(key, "")) for key, rule in RULES.items()):
        return None
    at, amount = _at(said["t"]), Decimal(said["s"]).quantize(Decimal("0.01"))
    if at is None or not amount:
        return None
    return FiscalCheque(at, amount, said["fn"], said["i"], said["fp"], said["n"])


def find(upload: UploadedFile) -> FiscalCheque | None:
    """The first code of a payment in a photo or a PDF. The file can be read again afterwards.

    None, too, for what is no picture: whoever takes the file in says so.
    """
    found = None
    with suppress(ValidationError):
        codes = (read(one.decode("ascii", "ignore")) for one in scan.codes_in(upload))
        found = next((code for code in codes if code and code.is_income), None)
    upload.seek(0)
    return found


def _query(text: str) -> str:
    """A scanner may give the address of a page with the code behind its question mark."""
    return "".join(text.split()).rpartition("?")[2]


def _at(text: str) -> datetime | None:
    """Cash registers of the centre keep Moscow's time; the code names no zone."""
    day, _t, time = text.partition("T")
    try:
        return datetime.strptime(f"{day}{time[:4] or '0000'}+0300", "%Y%m%d%H%M%z")
    except ValueError:
        return None
