"""Excel files that staff take away: the empty template and the results. No passwords in either."""

import io
from collections.abc import Iterable

from django.utils.translation import gettext as _t
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from patents.lists.columns import COLUMNS
from patents.lists.registering import Outcome

TEXT = "@"  # Excel leaves zeros and long numbers of such cells alone
TEMPLATE_ROWS = 300
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def template() -> bytes:
    """Heads and one example row; every cell a text."""
    book = Workbook()
    sheet = book.active
    sheet.append([column.head for column in COLUMNS])
    sheet.append([column.example for column in COLUMNS])
    for row in sheet.iter_rows(min_row=1, max_row=TEMPLATE_ROWS, max_col=len(COLUMNS)):
        for cell in row:
            cell.number_format = TEXT
    return _saved(book)


def results(outcomes: Iterable[Outcome]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append([_t("Line"), _t("Application number"), _t("Full name"), _t("Result")])
    for outcome in outcomes:
        _append_texts(sheet, [str(outcome.line), outcome.number, outcome.name, outcome.said])
    return _saved(book)


def inert(text: str) -> str:
    """A text that no table program computes, saved as CSV either."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _append_texts(sheet, texts: list[str]) -> None:
    row = sheet.max_row + 1
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column)
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", inert(text))
        cell.data_type = "s"
        cell.number_format = TEXT


def _saved(book: Workbook) -> bytes:
    for cell in book.active[1]:
        cell.font = Font(bold=True)
        book.active.column_dimensions[cell.column_letter].width = 22
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
