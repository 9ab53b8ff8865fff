"""Excel files that leave the portal. No cell of theirs is ever a formula."""

import io
from collections.abc import Iterable
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from common.clock import MOSCOW

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
WIDTH = 24


def workbook(columns: Iterable[str], rows: Iterable[Iterable]) -> bytes:
    """One sheet with bold heads. Texts stay texts, instants are Moscow's, days and sums as such."""
    book = Workbook()
    _fill(book.active, columns, rows)
    return _saved(book)


def workbook_of(sheets: dict[str, tuple[Iterable[str], Iterable[Iterable]]]) -> bytes:
    """As `workbook`, with several sheets by their names."""
    book = Workbook()
    book.remove(book.active)
    for name, (columns, rows) in sheets.items():
        _fill(book.create_sheet(name), columns, rows)
    return _saved(book)


def _fill(sheet, columns: Iterable[str], rows: Iterable[Iterable]) -> None:
    for number, row in enumerate([list(columns), *rows], start=1):
        for place, value in enumerate(row, start=1):
            _write(sheet.cell(number, place), value)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(cell.column)].width = WIDTH
    sheet.freeze_panes = "A2"


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(cell, value) -> None:
    if isinstance(value, datetime):
        value = value.astimezone(MOSCOW).replace(tzinfo=None)
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.data_type = "s"  # openpyxl takes «=1+1» for a formula
    cell.quotePrefix = value.startswith(FORMULA_SIGNS)  # and so Excel keeps it a text when edited
