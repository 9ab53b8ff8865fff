"""Kopecks at the borders, roubles inside, nothing lost between."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.money import from_kopecks, to_kopecks


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_there_and_back_loses_nothing(kopecks):
    assert to_kopecks(from_kopecks(kopecks)) == kopecks


def test_a_fraction_of_a_kopeck_is_refused():
    with pytest.raises(ValueError, match="fraction"):
        to_kopecks(Decimal("1.005"))


def test_roubles_have_two_decimals():
    assert str(from_kopecks(1000000)) == "10000.00"
