"""What a statement says, whichever format it came in."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property

from payments.models import Said

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """One movement of money on an account. Days are Moscow's.

    `paid_on` is the earliest day that the order proves, the day of posting at the latest; None
    where the format itself says that the order is for many. The import takes it away from
    consolidated orders and from those of the acquirer: a parser need not look for them.
    """

    account: str
    posted_on: date
    amount: Decimal  # roubles with two decimals, always more than zero
    document_number: str = ""
    document_date: date | None = None
    payer_name: str = ""
    payer_account: str = ""
    payer_inn: str = ""
    purpose: str = ""
    paid_on: date | None = None
    raw: dict = field(default_factory=dict, compare=False)  # as sent, for the clerk
    outgoing: bool = False  # left the account: counts for totals, and tells of returned payments
    also_named: tuple[str, ...] = ()  # further INNs of the payer, such as one before the name
    uin: str = ""  # field 22; empty, never "0"
    payer_identifier: str = ""  # ГИС ГМП: 22 or 29 characters
    payment_id: str = ""  # ГИС ГМП: УИП, one for all notifications about one payment
    said: Said = Said.NEW
    own_day: bool = False  # `paid_on` is the payment's own, whatever order carries it

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
            *filter(None, [self.payment_id]),
        )
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@dataclass(frozen=True)
class StatementHead:
    """What a file says of one account, the sums of its lines proven or refused."""

    account: str
    first_day: date
    last_day: date
    line: int = field(default=1, compare=False)  # of the file, where it says its last day
    sender: str = ""
    file_number: str = ""
    formed_on: date | None = None
    formed_at: datetime | None = None  # aware; None when the file gives no time
    before: Decimal | None = None  # the balance before the first day
    after: Decimal | None = None  # after the last
    sums_agree: bool = False  # balances are given, and the lines lead from one to the other

    @property
    def whole_through(self) -> date | None:
        """The last day that was over when the file was formed; None when it proves no whole day."""
        if not self.sums_agree or self.formed_on is None:
            return None
        through = min(self.last_day, self.formed_on - ONE_DAY)
        return through if through >= self.first_day else None
