"""How dates, sums and numbers are written for a person, in the language that is active.

The forms are those of CLDR, by Babel: Django has none for some of our languages.
"""

import re
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale, dates, numbers
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language

from common.clock import MOSCOW, moscow_day

NBSP = "\u00a0"
OF_CLDR = {"uz": "uz_Latn", "uz-cyrl": "uz_Cyrl"}
LONG = {"tg": "d MMMM y"}  # that of CLDR writes «03»
SMALL_MONTHS = {"tg"}  # CLDR begins them with a capital, the language does not
DAYS_KEPT = 4096
YEAR = range(1, 13)


def day(value: date) -> str:
    """«14 февраля», the parts held together."""
    return _day(value, _language())


def day_year(value: date) -> str:
    """«14 февраля 2026», held together."""
    return _day_year(value, _language())


@lru_cache(DAYS_KEPT)  # a list says the same days many times
def _day(value: date, language: str) -> str:
    text = dates.format_skeleton("MMMMd", value, locale=_locale(language))
    return _held(text, language)


@lru_cache(DAYS_KEPT)
def _day_year(value: date, language: str) -> str:
    text = dates.format_date(value, LONG.get(language, "long"), locale=_locale(language))
    return _held(re.sub(r"\s[гр]\.$", "", text), language)  # without «г.»


def _held(text: str, language: str) -> str:
    return (text.lower() if language in SMALL_MONTHS else text).replace(" ", NBSP)


def _language() -> str:
    """Where translation is switched off, the code's own."""
    return get_language() or "en"


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(OF_CLDR.get(language, language.replace("-", "_")))


def clock_time(moment: datetime) -> str:
    """«14:05» of Moscow."""
    return f"{moment.astimezone(MOSCOW):%H:%M}"


def moment(value: datetime) -> str:
    """«14 февраля 2026, 14:05» of Moscow."""
    return f"{day_year(moscow_day(value))}, {clock_time(value)}"


def short_day(value: date) -> str:
    """«14.02.2026», the same in every language: for tables, SMS and bank papers."""
    return f"{value:%d.%m.%Y}"


def roubles(amount: Decimal, *, space: str = NBSP) -> str:
    """«10 000 ₽», kopecks only when there are any. SMS pass an ordinary space."""
    pattern = "#,##0.00" if amount % 1 else "#,##0"
    text = numbers.format_decimal(amount, pattern, locale=_locale(_language()))
    if _language() == "en":
        text = text.replace(",", NBSP)  # as ISO 80000-1 does; a comma is taken for kopecks here
    return f"{text}{NBSP}₽".replace(NBSP, space)


def tiny_day(value: date) -> str:
    """«14 фев», held together: for the boxes. Cut from «февраля», so that May is «мая»."""
    return f"{value.day}{NBSP}{_few_letters(_language())[value.month - 1]}"


@cache  # a page has twelve
def _few_letters(language: str) -> list[str]:
    """Of each month three, or four where three would be two months: «iyun», «iyul»."""
    names = [_month(number, "MMMM", language) for number in YEAR]
    begun = Counter(name[:3] for name in names)
    return [name[: 3 if begun[name[:3]] == 1 else 4] for name in names]


def month_name(number: int) -> str:
    """«январь», as it stands alone."""
    return _month(number, "LLLL", _language())


def _month(number: int, form: str, language: str) -> str:
    name = dates.format_date(date(2000, number, 1), form, locale=_locale(language))
    return name.lower() if language in SMALL_MONTHS else name


def language_name(code: str) -> str:
    """«Русский», as its speakers call it; the code itself where nobody has named it."""
    return LANG_INFO.get(code, {}).get("name_local", code)
