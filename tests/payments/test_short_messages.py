"""What is sent to everybody each month is one part of an SMS in Russian, the longest sums too."""

from decimal import Decimal

import pytest
from django.utils.translation import gettext, override

from notifications.length import segments
from payments import messages
from payments.messages.about import money

ONE_PART = [
    messages.PAYMENT_POSTED,
    messages.FIRST_PAYMENT_POSTED,
    messages.DAY_OF_PAYMENT_UNKNOWN,
]
TWO_PARTS = [
    messages.CHEQUE_SHOWN,
    messages.CHEQUE_ASKED,
    messages.CHEQUE_LONG,
    messages.CHEQUE_PART_FOUND,
    messages.CHEQUE_PART_SHOWN,
    messages.CHEQUE_PART_SOUGHT,
    messages.LATE_MONEY,
    messages.PAYMENT_RETURNED,
]
SAMPLE = {
    "tail": "163",
    "day": "14.02.2026",
    "by": "24.02.2026",
    "number": 1_234_567,
}


def said(event, language: str) -> str:
    with override(language):
        return gettext(event.template) % {**SAMPLE, "amount": money(Decimal(118_800))}


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("event", ONE_PART, ids=lambda event: event.code)
def test_one_part(event, language):
    assert segments(said(event, language)) == 1


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("event", TWO_PARTS, ids=lambda event: event.code)
def test_two_parts_at_most(event, language):
    assert segments(said(event, language)) <= 2


def test_the_sign_of_the_rouble_stands_where_the_letters_are_cyrillic_anyway():
    with override("ru"):
        assert money(Decimal(10_000)) == "10 000 ₽"
    with override("en"):
        assert segments(money(Decimal(10_000)) * 14) == 1
