"""SMS operators. Each is pure: a letter becomes a `Request`, an answer becomes `Taken` or an error.

Whoever sends calls `PROVIDERS[name]().request_of(letter)` and `read(status, body)`; the network is
no part of this package (`notifications.wire`). Logs and errors never hold a phone.
"""

from notifications.providers.base import (
    Letter,
    OurAccountRefused,
    Provider,
    Request,
    SmsRejected,
    SmsUnanswered,
    SmsUnavailable,
    SmsUnreachable,
    Taken,
)
from notifications.providers.choosing import (
    PROVIDERS,
    choose,
    failure_of,
    in_use,
    outcome,
    receipts_in,
)

__all__ = [
    "PROVIDERS",
    "Letter",
    "OurAccountRefused",
    "Provider",
    "Request",
    "SmsRejected",
    "SmsUnanswered",
    "SmsUnavailable",
    "SmsUnreachable",
    "Taken",
    "choose",
    "failure_of",
    "in_use",
    "outcome",
    "receipts_in",
]
