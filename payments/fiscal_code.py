"""The square code of a fiscal cheque: when, how much, and the numbers that no other has."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import parse_qsl

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from payments import scan

INCOME = "1"  # money taken; the others are returns and spendings
DRIVE, DOCUMENT, SIGN = r"[0-9]{16}", r"[0-9]{1,10}", r"[0-9]{1,10}"


@dataclass(frozen=True, slots=True)
class FiscalCode:
    paid_on: date
    amount: Decimal
    drive: str  # ФН
    document: str  # ФД
    sign: str  # ФП

    @property
    def text(self) -> str:
        """One way to write it, so that the same cheque is found again."""
        return (
            f"t={self.paid_on:%Y%m%d}&s={self.amount}"
            f"&fn={self.drive}&i={self.document}&fp={self.sign}&n={INCOME}"
        )


def read(text: str) -> FiscalCode | None:
    """What the text of a code says; None when it is no code of a payment."""
    said = dict(parse_qsl(text.strip()))
    numbers = [said.get(name, "") for name in ("fn", "i", "fp")]
    known = zip((DRIVE, DOCUMENT, SIGN), numbers, strict=True)
    if said.get("n") != INCOME or not all(re.fullmatch(rule, one) for rule, one in known):
        return None
    day, amount = _day(said.get("t", "")), _amount(said.get("s", ""))
    return FiscalCode(day, amount, *numbers) if day and amount else None


def find(upload: UploadedFile) -> FiscalCode | None:
    """The first code of a payment in a photo or a PDF. The file can be read again afterwards.

    None, too, for what is no picture: whoever takes the file in says so.
    """
    found = None
    with suppress(ValidationError):
        codes = (read(one.decode("ascii", "ignore")) for one in scan.codes_in(upload))
        found = next((code for code in codes if code), None)
    upload.seek(0)
    return found


def _day(text: str) -> date | None:
    # The till's own clock: the day of the cheque is what it says, in no other zone.
    if not re.fullmatch(r"[0-9]{8}T[0-9]{4}([0-9]{2})?|[0-9]{8}", text):
        return None
    try:
        return datetime.strptime(text[:8], "%Y%m%d").date()  # noqa: DTZ007
    except ValueError:
        return None


def _amount(text: str) -> Decimal | None:
    if not re.fullmatch(r"[0-9]{1,8}(\.[0-9]{1,2})?", text):
        return None
    return Decimal(text).quantize(Decimal("0.01")) or None
