"""What the pages of payments show, read in a few questions whatever the history."""

from payments.pages.certificates import certificate, living, shown
from payments.pages.lists import payments
from payments.pages.receipts import receipt, why_closed

__all__ = ["certificate", "living", "payments", "receipt", "shown", "why_closed"]
