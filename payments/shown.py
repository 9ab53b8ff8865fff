"""Cheques that people showed, and which of them is the money of a statement line; pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from payments.standing import TRANSIT_DAYS, Channel, Money

# A bank writes its order on the day of the cheque or some days later; a month's payment apart is
# another payment, which must not end the search for this one.
ORDER_DAYS = timedelta(days=TRANSIT_DAYS)
POSTING_DAYS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Shown:
    """A living claim. Its day is what staff read on the cheque, or else what the person says."""

    claim_id: int
    application_id: int
    amount: Decimal
    months: int
    day: date
    confirmed: bool = False

    @property
    def money(self) -> Money:
        return Money(
            self.amount, self.months, self.day, channel=Channel.CLAIM, confirmed=self.confirmed
        )

    @property
    def proven_day(self) -> date | None:
        return self.day if self.confirmed else None


def same_money(
    shown: Collection[Shown], *, amount: Decimal, paid_on: date | None, posted_on: date
) -> Shown | None:
    """The cheque of a line: the same sum, and a day near the order's own.

    An order for several people has no day of its own: the first cheque of the month before it.
    """
    same = [one for one in shown if one.amount == amount and one.day <= posted_on]
    if paid_on is None:
        near = [one for one in same if posted_on - one.day <= POSTING_DAYS]
        return min(near, key=lambda one: (not one.confirmed, one.day, one.claim_id), default=None)
    near = [one for one in same if abs(one.day - paid_on) <= ORDER_DAYS]
    return min(near, key=lambda one: (abs(one.day - paid_on), one.claim_id), default=None)
