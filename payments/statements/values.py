"""Dates, sums and account numbers as banks write them; what cannot be read is refused by line."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext as _

from common.clock import MOSCOW
from payments.statements.errors import Refused
from payments.statements.sections import Section

SPACES = re.compile(r"[\s'’]+")
SUM = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,2})?")
KOPECK = Decimal("0.01")
LARGEST = Decimal(10**8)
YEARS = range(1990, 2100)
ACCOUNT = re.compile(r"[0-9]{20}")
DAY = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})")
TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
UIN = re.compile(r"[0-9]{20}|[0-9]{25}")


# --- of texts; a file repeats few days and sums, which is why they are remembered


@lru_cache(maxsize=4096)
def sum_of(text: str) -> Decimal:
    """Roubles with two decimals. Raises ValueError."""
    plain = SPACES.sub("", text).replace(",", ".")
    if not SUM.fullmatch(plain):
        raise ValueError(text)
    return Decimal(plain).quantize(KOPECK)


@lru_cache(maxsize=4096)
def day_of(text: str) -> date:
    """Of 14.02.2026. Raises ValueError."""
    found = DAY.fullmatch(text)
    if not found or int(found[3]) not in YEARS:
        raise ValueError(text)
    return date(int(found[3]), int(found[2]), int(found[1]))


def digits(text: str) -> str:
    """An account as somebody may have written it in groups."""
    return text if text.isdigit() else SPACES.sub("", text)


def uin(text: str) -> str:
    """Field 22; empty for «0» and for whatever else is not a number of a charge."""
    return text if UIN.fullmatch(text) else ""


def payment(line: int, amount: Decimal | None) -> Decimal:
    """The sum of a payment, or a refusal."""
    if why := _no_payment(amount):
        raise Refused(line, why)
    return amount


def _no_payment(amount: Decimal | None) -> str:
    if amount is None or amount <= 0:
        return _("the sum of the payment must be more than zero.")
    return _("the sum of the payment is too large.") if amount > LARGEST else ""


def account(line: int, text: str) -> str:
    number = digits(text)
    if not ACCOUNT.fullmatch(number):
        raise Refused(line, _("an account number has 20 digits."))
    return number


# --- of the sections of 1C


def amount(section: Section, key: str) -> Decimal | None:
    """None when the key is absent or empty."""
    text = section.fields.get(key, "")
    if not text:
        return None
    try:
        return sum_of(text)
    except ValueError:
        words = _("“%(key)s” is not a sum of money.") % {"key": key}
        raise section.refused(key, words) from None


def payment_of(section: Section, key: str) -> Decimal:
    found = amount(section, key)
    if why := _no_payment(found):
        raise section.refused(key, why)
    return found


def account_of(section: Section, key: str) -> str:
    try:
        return account(section.line, section.fields.get(key, ""))
    except Refused as refused:
        raise section.refused(key, refused.why) from None


def day(section: Section, key: str) -> date | None:
    text = section.fields.get(key, "")
    if not text:
        return None
    try:
        return day_of(text)
    except ValueError:
        words = _("“%(key)s” is not a date like 14.02.2026.") % {"key": key}
        raise section.refused(key, words) from None


def instant(section: Section, day_key: str, time_key: str) -> datetime | None:
    """An aware Moscow instant; None unless both its parts are there."""
    on, found = day(section, day_key), TIME.fullmatch(section.fields.get(time_key, ""))
    if on is None or found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    try:
        return datetime(on.year, on.month, on.day, hours, minutes, seconds, tzinfo=MOSCOW)
    except ValueError:
        raise section.refused(time_key, _("“%(key)s” is not a time.") % {"key": time_key}) from None


def first_of(section: Section, *keys: str) -> str:
    return next(filter(None, map(section.fields.get, keys)), "")
