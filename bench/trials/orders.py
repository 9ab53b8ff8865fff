"""Money on its way to the Treasury of a trial, and who brings it."""

from dataclasses import dataclass
from decimal import Decimal

BANK, ACQUIRER, TILL = "40817810000000000991", "40701810300000000992", "40601810200000000993"
CONSOLIDATED = [ACQUIRER, TILL]


@dataclass(frozen=True, slots=True)
class Order:
    """Money before the Treasury has it; `paid_on` is known of a bank's orders only."""

    amount: Decimal
    purpose: str
    payer: str = BANK
    inn: str = "0"

    @property
    def may_be_notified(self) -> bool:
        """A notification names the worker and their own account, or no account at all."""
        return self.payer != TILL and self.inn == "0"
