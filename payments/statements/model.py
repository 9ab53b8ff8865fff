"""What a statement says, whichever format it came in."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """Money that came in. Days are Moscow's."""

    account: str
    posted_on: date
    amount: Decimal
    document_number: str = ""
    document_date: date | None = None
    payer_name: str = ""
    payer_account: str = ""
    payer_inn: str = ""
    purpose: str = ""
    paid_on: date | None = None  # None: the order cannot say when this worker paid
    raw: dict = field(default_factory=dict, compare=False)

    @cached_property
    def digest(self) -> str:
        """Equal for lines that are equal in what architecture calls a line's identity."""
        parts = (
            self.account,
            self.posted_on.isoformat(),
            self.document_number,
            self.document_date.isoformat() if self.document_date else "",
            f"{self.amount:.2f}",
            self.payer_account,
            self.payer_inn,
            " ".join(self.purpose.split()),
        )
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@dataclass(frozen=True)
class ParsedStatement:
    account: str
    first_day: date
    last_day: date
    lines: tuple[Line, ...]
    sender: str = ""
    file_number: str = ""
    formed_on: date | None = None
    formed_at: datetime | None = None  # aware; None when the file gives no time
    sums_agree: bool = False  # balances are given, and the lines lead from one to the other

    @property
    def incoming(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal("0.00"))

    @property
    def whole_through(self) -> date | None:
        """The last day that was over when the file was formed; None when it proves no whole day."""
        if not self.sums_agree or self.formed_on is None:
            return None
        through = min(self.last_day, self.formed_on - ONE_DAY)
        return through if through >= self.first_day else None
