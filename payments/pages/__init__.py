"""What the pages of payments show, read in a few questions whatever the history."""

from payments.pages.certificates import certificate, living, shown
from payments.pages.chosen import chosen
from payments.pages.lists import payments
from payments.pages.receipts import receipt, why_closed
from payments.pages.sheet import sheet

__all__ = [
    "certificate",
    "chosen",
    "living",
    "payments",
    "receipt",
    "sheet",
    "shown",
    "why_closed",
]
