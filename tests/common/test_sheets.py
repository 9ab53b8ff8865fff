"""Files for Excel carry no formulas, whatever people are called."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from common.sheets import workbook


def sheet(*rows):
    return load_workbook(io.BytesIO(workbook(["Name"], rows))).active


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_looks_like_a_formula_stays_a_text(sign):
    cell = sheet([f"{sign}1+1"])["A2"]

    assert cell.data_type == "s"
    assert cell.value.strip() == f"{sign}1+1".strip()
    assert cell.quotePrefix


def test_signs_that_excel_cannot_keep_are_left_out():
    assert sheet(["a\x00b\x0bc"])["A2"].value == "abc"


def test_days_sums_and_instants_stay_what_they_are():
    late = datetime(2026, 2, 14, 21, 30, tzinfo=UTC)
    row = [cell.value for cell in sheet([date(2026, 2, 14), Decimal("8900.50"), late, None])[2]]

    assert row[1:] == [8900.5, late.replace(day=15, hour=0, tzinfo=None), None]
    assert row[0].date() == date(2026, 2, 14)
