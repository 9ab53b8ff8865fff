"""Dates, sums and account numbers as banks write them; what cannot be read is refused by line."""

import re
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from common.clock import MOSCOW
from payments.statements.errors import Refused
from payments.statements.sections import Section

SPACES = re.compile(r"[\s'’]+")
SUM = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,2})?")
YEARS = range(1990, 2100)
ACCOUNT = re.compile(r"[0-9]{20}")
DAY = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})")
TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")


def amount(section: Section, key: str) -> Decimal | None:
    """Roubles with two decimals; None when the key is absent or empty."""
    text = SPACES.sub("", section.fields.get(key, "")).replace(",", ".")
    if not text:
        return None
    if not SUM.fullmatch(text):
        raise Refused(section.line, _("“%(key)s” is not a sum of money.") % {"key": key})
    return Decimal(text).quantize(Decimal("0.01"))


def day(section: Section, key: str) -> date | None:
    text = section.fields.get(key, "")
    if not text:
        return None
    try:
        number, month, year = map(int, DAY.fullmatch(text).groups())
        if year not in YEARS:
            raise ValueError
        return date(year, month, number)
    except (AttributeError, ValueError):
        raise Refused(
            section.line, _("“%(key)s” is not a date like 14.02.2026.") % {"key": key}
        ) from None


def instant(section: Section, day_key: str, time_key: str) -> datetime | None:
    """An aware Moscow instant; None unless both its parts are there."""
    on, found = day(section, day_key), TIME.fullmatch(section.fields.get(time_key, ""))
    if on is None or found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    try:
        return datetime(on.year, on.month, on.day, hours, minutes, seconds, tzinfo=MOSCOW)
    except ValueError:
        raise Refused(section.line, _("“%(key)s” is not a time.") % {"key": time_key}) from None


def account(line: int, text: str) -> str:
    number = SPACES.sub("", text)
    if not ACCOUNT.fullmatch(number):
        raise Refused(line, _("an account number has 20 digits."))
    return number


def first_of(section: Section, *keys: str) -> str:
    return next(filter(None, map(section.fields.get, keys)), "")
