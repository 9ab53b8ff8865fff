"""What is true of money: tariffs, receipts, charges, statements, places, claims.

The order of import inside: tariffs, statements, placements, charges and tills, receipts and
claims, traces, codes and links, history.
"""

from payments.models.charges import Charge, ChargeCorrection, ChargeQuerySet, ChargeStatus
from payments.models.claims import CLAIM_DAYS, LIVING_CLAIMS, Claim, ClaimQuerySet, ClaimStatus
from payments.models.codes import SignedCode, SignedCodeQuerySet
from payments.models.history import (
    AccountHistory,
    ChargeHistory,
    ClaimHistory,
    MobileOperatorHistory,
    OpeningMonthsHistory,
    OutgoingHistory,
    PaymentMethodHistory,
    PlacementHistory,
    ReceiptHistory,
    RefundHistory,
    RegisterHistory,
    RepeatDecisionHistory,
    SignedCodeHistory,
    TillHistory,
)
from payments.models.kept import KeptCheque
from payments.models.lines import Said, SharedDay, StatementLine, StatementLineQuerySet
from payments.models.links import PayLink, PayLinkQuerySet
from payments.models.methods import Method, MobileOperator, PaymentMethod
from payments.models.notices import PartOfOrder, SamePayment
from payments.models.opening import Opening, OpeningCorrection, OpeningMonths
from payments.models.outgoing import Outgoing, OutgoingQuerySet
from payments.models.placements import Placement, PlacementQuerySet
from payments.models.places import Place, QueueReason
from payments.models.receipts import Receipt, ReceiptQuerySet, ReceiptStatus
from payments.models.refunds import Refund, RefundQuerySet, RefundStatus
from payments.models.refused import RefusedFile, RefusedFileQuerySet
from payments.models.registers import Register
from payments.models.repeats import RepeatDecision, RepeatDecisionQuerySet, Verdict
from payments.models.statements import Sighting, Statement, StatementQuerySet
from payments.models.tariffs import (
    Account,
    DatedQuerySet,
    DateRange,
    Requisites,
    Tariff,
    one_at_a_time,
)
from payments.models.tills import Till, TillPayment, TillPaymentQuerySet, TillQuerySet
from payments.models.told import Notice, NoticeKind
from payments.models.traces import Trace, TraceQuerySet
from payments.models.uploads import Upload, UploadQuerySet
from payments.models.withdrawals import Withdrawal, WithdrawalQuerySet

__all__ = [
    "AccountHistory",
    "Account",
    "Charge",
    "ChargeCorrection",
    "ChargeHistory",
    "ChargeQuerySet",
    "ChargeStatus",
    "Claim",
    "ClaimHistory",
    "ClaimQuerySet",
    "ClaimStatus",
    "DateRange",
    "DatedQuerySet",
    "KeptCheque",
    "CLAIM_DAYS",
    "LIVING_CLAIMS",
    "Method",
    "MobileOperator",
    "MobileOperatorHistory",
    "Notice",
    "NoticeKind",
    "Opening",
    "OpeningCorrection",
    "OpeningMonths",
    "OpeningMonthsHistory",
    "Outgoing",
    "OutgoingHistory",
    "OutgoingQuerySet",
    "PartOfOrder",
    "PayLink",
    "PayLinkQuerySet",
    "PaymentMethod",
    "PaymentMethodHistory",
    "Place",
    "Placement",
    "PlacementHistory",
    "PlacementQuerySet",
    "QueueReason",
    "Receipt",
    "ReceiptHistory",
    "SignedCodeHistory",
    "ReceiptQuerySet",
    "ReceiptStatus",
    "Refund",
    "RefundHistory",
    "RefusedFile",
    "RefusedFileQuerySet",
    "Register",
    "RepeatDecision",
    "RepeatDecisionHistory",
    "RepeatDecisionQuerySet",
    "RegisterHistory",
    "RefundQuerySet",
    "RefundStatus",
    "Requisites",
    "Said",
    "SamePayment",
    "SharedDay",
    "Sighting",
    "SignedCode",
    "SignedCodeQuerySet",
    "Statement",
    "StatementLine",
    "StatementLineQuerySet",
    "StatementQuerySet",
    "Tariff",
    "Till",
    "TillHistory",
    "TillPayment",
    "TillPaymentQuerySet",
    "TillQuerySet",
    "Trace",
    "TraceQuerySet",
    "Upload",
    "UploadQuerySet",
    "one_at_a_time",
    "Verdict",
    "Withdrawal",
    "WithdrawalQuerySet",
]
