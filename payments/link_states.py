"""What a payer may be told of a link."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from payments.models import Charge, PayLink


class LinkState(StrEnum):
    OPEN = "open"
    ASKED = "asked"  # its own page is open: it may be paid this very moment
    BUSY = "busy"  # another page of the same person is open
    PAID = "paid"
    RETURNED = "returned"  # the centre gave the money back to the card
    NOT_NEEDED = "not-needed"  # the months were paid another way


@dataclass(frozen=True, slots=True)
class PublicLink:
    """`page` is the payment page that is open, of this link or of another way to pay."""

    link: PayLink
    state: LinkState
    amount: Decimal | None = None
    payee: str = ""
    page: Charge | None = None

    @property
    def takes_money(self) -> bool:
        return self.amount is not None
