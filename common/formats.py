"""How dates, sums and numbers are written for a person, in the language that is active."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache

from django.conf.locale import LANG_INFO
from django.utils import formats
from django.utils.translation import get_language

from common.clock import MOSCOW

NBSP = "\u00a0"


def day(value: date) -> str:
    """«14 февраля», the two parts held together."""
    # Django's own format for Russian reads «14 Февраль»: E is the month after a number.
    format_after_number = formats.get_format("MONTH_DAY_FORMAT").replace("F", "E")
    return formats.date_format(value, format_after_number).replace(" ", NBSP)


def day_year(value: date) -> str:
    """«14 февраля 2026», held together."""
    return _without_year_sign(formats.date_format(value, "DATE_FORMAT")).replace(" ", NBSP)


def _without_year_sign(text: str) -> str:
    return text.removesuffix(".").removesuffix(" г").removesuffix("\u00a0г")


def clock_time(moment: datetime) -> str:
    """«14:05» of Moscow."""
    return f"{moment.astimezone(MOSCOW):%H:%M}"


def short_day(value: date) -> str:
    """«14.02.2026», the same in every language: for tables, SMS and bank papers."""
    return f"{value:%d.%m.%Y}"


def roubles(amount: Decimal, *, space: str = NBSP) -> str:
    """«10 000 ₽», kopecks only when there are any. SMS pass an ordinary space."""
    whole, kopecks = divmod(amount.quantize(Decimal("0.01")), 1)
    text = f"{int(whole):,}".replace(",", space)
    if kopecks:
        text += f",{int(kopecks * 100):02d}"
    return f"{text}{space}₽"


def tiny_day(value: date) -> str:
    """«14 фев», held together: for the boxes. Cut from «февраля», so that May is «мая»."""
    return f"{value.day}{NBSP}{_three_letters(value.month, get_language())}"


@cache  # a page has twelve
def _three_letters(month: int, _language: str) -> str:
    return formats.date_format(date(2000, month, 1), "E")[:3]


def language_name(code: str) -> str:
    """«Русский», as its speakers call it; the code itself where nobody has named it."""
    return LANG_INFO.get(code, {}).get("name_local", code)
