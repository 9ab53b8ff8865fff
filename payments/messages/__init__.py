"""What the payments tell a person. Texts are short: two SMS segments at most, no links."""

from payments.messages.apology import APOLOGY
from payments.messages.by_hand import PAYMENT_GIVEN_BACK, PAYMENT_RETURNED, PAYMENT_UNCOUNTED
from payments.messages.cheques import (
    CHEQUE_ASKED,
    CHEQUE_CONFIRMED,
    CHEQUE_LONG,
    CHEQUE_PART_FOUND,
    CHEQUE_PART_SHOWN,
    CHEQUE_PART_SOUGHT,
    CHEQUE_REJECTED,
    CHEQUE_SHOWN,
)
from payments.messages.days import (
    FIRST_MISSING,
    LAPSED,
    REISSUE,
    REMINDER,
    REMINDER_AHEAD,
    REMINDER_WITHOUT_PRICE,
    UNSEEN,
    event_of,
    has_applied,
)
from payments.messages.moved_days import DAY_CHECKED, DAY_FELL, DAY_MOVED, DAY_STOOD
from payments.messages.online import ONE_PAYMENT, PAID_TWICE, PAYMENT_TAKEN
from payments.messages.papers import RECEIPT_CANCELLED
from payments.messages.posted import (
    DAY_OF_PAYMENT_UNKNOWN,
    FIRST_PAYMENT_POSTED,
    LAPSE_WITHDRAWN,
    PART_POSTED,
    PAYMENT_POSTED,
)
from payments.messages.refunds import PAYMENT_REFUNDED, SECOND_REFUNDED
from payments.messages.second_lines import (
    CASH_TWICE,
    CASH_WAS_ONE,
    SECOND_POSTED,
    SECOND_WAS_ONE,
)
from payments.messages.till import TILL_CORRECTED, TILL_TAKEN
from payments.messages.traces import PAYMENT_TRACED
from payments.messages.waiting import LATE_MONEY

__all__ = [
    "CHEQUE_ASKED",
    "APOLOGY",
    "CASH_TWICE",
    "CASH_WAS_ONE",
    "CHEQUE_CONFIRMED",
    "CHEQUE_LONG",
    "CHEQUE_PART_FOUND",
    "CHEQUE_PART_SHOWN",
    "CHEQUE_PART_SOUGHT",
    "CHEQUE_REJECTED",
    "CHEQUE_SHOWN",
    "DAY_CHECKED",
    "DAY_FELL",
    "DAY_MOVED",
    "DAY_OF_PAYMENT_UNKNOWN",
    "DAY_STOOD",
    "FIRST_MISSING",
    "FIRST_PAYMENT_POSTED",
    "LAPSED",
    "LAPSE_WITHDRAWN",
    "LATE_MONEY",
    "ONE_PAYMENT",
    "PAID_TWICE",
    "PART_POSTED",
    "PAYMENT_POSTED",
    "PAYMENT_GIVEN_BACK",
    "PAYMENT_REFUNDED",
    "PAYMENT_RETURNED",
    "PAYMENT_TAKEN",
    "PAYMENT_TRACED",
    "PAYMENT_UNCOUNTED",
    "RECEIPT_CANCELLED",
    "REISSUE",
    "REMINDER",
    "REMINDER_AHEAD",
    "REMINDER_WITHOUT_PRICE",
    "SECOND_POSTED",
    "SECOND_REFUNDED",
    "SECOND_WAS_ONE",
    "TILL_CORRECTED",
    "TILL_TAKEN",
    "UNSEEN",
    "event_of",
    "has_applied",
]
