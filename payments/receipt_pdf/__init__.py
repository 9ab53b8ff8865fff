"""The receipt on paper: form ПД-4сб (налог), two halves on A4, the bank's QR in the first.

The form is a Russian bank's, so its words stay Russian whatever language the person reads.
"""

from payments.receipt_pdf.code import QR_SIDE, code_of, draw_modules
from payments.receipt_pdf.form import ReceiptPrint
from payments.receipt_pdf.sheet import draw, render

__all__ = [
    "QR_SIDE",
    "ReceiptPrint",
    "code_of",
    "draw",
    "draw_modules",
    "render",
]
