"""Dates and sums as a person reads them."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from common import formats, scopes

NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def _russian():
    with translation.override("ru"):
        yield


def test_days_are_held_together():
    assert formats.day(date(2026, 2, 14)) == f"14{NBSP}февраля"
    assert formats.day_year(date(2026, 5, 1)) == f"1{NBSP}мая{NBSP}2026"
    assert formats.short_day(date(2026, 2, 4)) == "04.02.2026"


@pytest.mark.parametrize(
    ("month", "short"), [(1, "янв"), (2, "фев"), (5, "мая"), (6, "июн"), (8, "авг"), (12, "дек")]
)
def test_months_of_the_boxes(month, short):
    assert formats.tiny_day(date(2026, month, 14)) == f"14{NBSP}{short}"


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_no_two_months_of_the_boxes_are_one_word(language):
    with translation.override(language):
        days = {formats.tiny_day(date(2026, month, 1)) for month in range(1, 13)}

    assert len(days) == 12


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("10000", f"10{NBSP}000{NBSP}₽"),
        ("8900.50", f"8{NBSP}900,50{NBSP}₽"),
        ("0.07", f"0,07{NBSP}₽"),
        ("1200000", f"1{NBSP}200{NBSP}000{NBSP}₽"),
    ],
)
def test_sums(amount, text):
    assert formats.roubles(Decimal(amount)) == text


def test_an_sms_has_ordinary_spaces():
    assert formats.roubles(Decimal(10000), space=" ") == "10 000 ₽"


@pytest.mark.parametrize(
    ("language", "day", "day_year", "tiny", "amount"),
    [
        ("ru", "3 мая", "3 мая 2026", "3 мая", "10 000,50 ₽"),
        ("uz", "3-may", "3-may, 2026", "3 may", "10 000,50 ₽"),
        ("uz-cyrl", "3 май", "3 май, 2026", "3 май", "10 000,50 ₽"),
        ("tg", "3 май", "3 май 2026", "3 май", "10 000,50 ₽"),
        ("az", "3 may", "3 may 2026", "3 may", "10.000,50 ₽"),
        ("ro", "3 mai", "3 mai 2026", "3 mai", "10.000,50 ₽"),
        ("uk", "3 травня", "3 травня 2026", "3 тра", "10 000,50 ₽"),
        ("en", "May 3", "May 3, 2026", "3 May", "10 000.50 ₽"),
    ],
)
def test_each_language_writes_days_and_sums_as_it_does(language, day, day_year, tiny, amount):
    value = date(2026, 5, 3)
    with translation.override(language):
        written = [formats.day(value), formats.day_year(value), formats.tiny_day(value)]
        written.append(formats.roubles(Decimal("10000.50")))

    assert [text.replace(NBSP, " ") for text in written] == [day, day_year, tiny, amount]


def test_a_moment_is_said_by_the_clock_and_the_day_of_moscow():
    late = datetime(2026, 2, 13, 22, 5, tzinfo=UTC)

    with translation.override("ru"):
        assert formats.moment(late).replace(NBSP, " ") == "14 февраля 2026, 01:05"
        said = Template("{{ at|day }}, {{ at|day_year }}").render(Context({"at": late}))
    assert said.replace(NBSP, " ") == "14 февраля, 14 февраля 2026"


def test_no_page_of_people_writes_months_by_djangos_words():
    """Django has none for Uzbek in Cyrillic, and capitals amid a sentence for others."""
    pages = [path for path in scopes.shown() if path.suffix in {".html", ".txt"}]

    assert [path.name for path in pages if re.search(r'date:"[^"]*[EFMN]', path.read_text())] == []
    assert len(pages) > 50
