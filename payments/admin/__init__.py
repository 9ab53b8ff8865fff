"""The pages of money at the desk: importing them registers them."""

from payments.admin.accounts import AccountAdmin
from payments.admin.base import PersonalMoneyAdmin
from payments.admin.claims import ClaimAdmin
from payments.admin.codes import SignedCodeAdmin
from payments.admin.links import PayLinkAdmin
from payments.admin.methods import MobileOperatorAdmin, PaymentMethodAdmin
from payments.admin.opening import OpeningMonthsAdmin
from payments.admin.outgoing import OutgoingAdmin
from payments.admin.placements import PlacementAdmin
from payments.admin.receipts import ChargeAdmin, ReceiptAdmin
from payments.admin.refunds import RefundAdmin
from payments.admin.registers import RegisterAdmin
from payments.admin.statements import StatementAdmin, StatementLineAdmin
from payments.admin.tariffs import RequisitesAdmin, TariffAdmin
from payments.admin.tills import TillAdmin, TillPaymentAdmin
from payments.admin.traces import TraceAdmin
from payments.admin.withdrawals import WithdrawalAdmin

__all__ = [
    "AccountAdmin",
    "ChargeAdmin",
    "ClaimAdmin",
    "OpeningMonthsAdmin",
    "MobileOperatorAdmin",
    "OutgoingAdmin",
    "PayLinkAdmin",
    "PaymentMethodAdmin",
    "PersonalMoneyAdmin",
    "PlacementAdmin",
    "ReceiptAdmin",
    "RefundAdmin",
    "RegisterAdmin",
    "RequisitesAdmin",
    "SignedCodeAdmin",
    "StatementAdmin",
    "StatementLineAdmin",
    "TariffAdmin",
    "TillAdmin",
    "TillPaymentAdmin",
    "TraceAdmin",
    "WithdrawalAdmin",
]
