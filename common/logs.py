"""Logs carry ids. Should a number of a person slip in all the same, it is masked on its way out."""

import logging
import re

# A phone however it is written; then 7 to 16 digits in a row: application, passport, INN, patent.
PHONE = re.compile(r"(?<![\w.])\+?\d[\s(-]{0,2}\d{3}[\s)-]{0,2}\d{3}[\s-]?\d{2}[\s-]?\d{2}(?!\w)")
DIGITS = re.compile(r"(?<![\w.-])\+?\d{7,16}(?![\w])")
PASSPORT = re.compile(r"\b[A-Z]{1,3}\d{6,9}\b")
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
MASK = "[…]"


def masked(text: str) -> str:
    for pattern in (MAIL, PHONE, DIGITS, PASSPORT):
        text = pattern.sub(MASK, text)
    return text


class MaskingFormatter(logging.Formatter):
    """Masks the message and the traceback; the time and the logger's name stay as they are."""

    def formatMessage(self, record):
        whole = record.message
        record.message = masked(whole)
        try:
            return super().formatMessage(record)
        finally:
            record.message = whole

    def formatException(self, ei):
        return masked(super().formatException(ei))
