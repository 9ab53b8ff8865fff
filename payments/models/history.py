"""Money keeps what its rows were before each change."""

from journal.history import keep_former_states, keep_history
from payments.models.charges import Charge
from payments.models.claims import Claim
from payments.models.codes import SignedCode
from payments.models.methods import MobileOperator, PaymentMethod
from payments.models.opening import OpeningMonths
from payments.models.outgoing import Outgoing
from payments.models.placements import Placement
from payments.models.receipts import Receipt
from payments.models.refunds import Refund
from payments.models.registers import Register
from payments.models.repeats import RepeatDecision
from payments.models.tariffs import Account
from payments.models.tills import Till

# How far statements were known to be complete, and since when.
AccountHistory = keep_history(Account)
ReceiptHistory = keep_former_states(
    Receipt, unread=["person", "application", "patent", "cancelled_by"]
)
RepeatDecisionHistory = keep_former_states(RepeatDecision)
OutgoingHistory = keep_former_states(Outgoing)
# The order holds a name, an INN and a phone until the charge has ended: history would keep them.
# The application is the receipt's.
ChargeHistory = keep_former_states(Charge, exclude=["application", "order"])
# What is only guessed about waiting money is looked for anew each hour.
PlacementHistory = keep_former_states(
    Placement, exclude=["score", "likely", "may_be_of", "urgent_on", "weighed_at"]
)
ClaimHistory = keep_former_states(Claim)
OpeningMonthsHistory = keep_former_states(OpeningMonths)
TillHistory = keep_history(Till)
RefundHistory = keep_former_states(Refund)
PaymentMethodHistory = keep_history(PaymentMethod)
RegisterHistory = keep_history(Register)
MobileOperatorHistory = keep_history(MobileOperator)
SignedCodeHistory = keep_former_states(SignedCode)
