"""Money keeps what its rows were before each change."""

from journal.history import keep_former_states, keep_history
from payments.models.charges import Charge
from payments.models.claims import Claim
from payments.models.opening import OpeningMonths
from payments.models.placements import Placement
from payments.models.receipts import Receipt
from payments.models.tills import Till

ReceiptHistory = keep_former_states(Receipt)
ChargeHistory = keep_former_states(Charge)
PlacementHistory = keep_former_states(Placement)
ClaimHistory = keep_former_states(Claim)
OpeningMonthsHistory = keep_former_states(OpeningMonths)
TillHistory = keep_history(Till)
