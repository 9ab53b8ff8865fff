"""What the pages of payments show, read in a few questions whatever the history."""

from payments.pages.certificates import certificate, living
from payments.pages.chosen import chosen
from payments.pages.links import links, pay_link
from payments.pages.lists import payments
from payments.pages.receipts import receipt, takes_earlier, why_closed
from payments.pages.sheet import sheet
from payments.pages.status_codes import status_codes, verified_status
from payments.pages.verification import verification

__all__ = [
    "certificate",
    "chosen",
    "links",
    "living",
    "pay_link",
    "payments",
    "receipt",
    "sheet",
    "status_codes",
    "takes_earlier",
    "verification",
    "verified_status",
    "why_closed",
]
