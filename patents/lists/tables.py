"""A file from Excel as rows of texts. Whatever is hostile or unknown is refused as a whole."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

from patents.lists.columns import KEYS, REQUIRED, key_of
from patents.lists.errors import ColumnsMissing, ListEmpty, ListTooBig, ListUnreadable
from patents.lists.hostile import must_be_harmless

MAX_BYTES = 2 * 1024 * 1024
MAX_UNPACKED = 30 * 1024 * 1024  # a list of thousands unpacks to a few megabytes
MAX_CELLS = 1_000_000  # up to the last that says something, the empty ones between included
MAX_WIDTH = 200
LONGEST_CELL = 200
ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Row:
    """A row of the file: its line as Excel counts, and its texts by column."""

    line: int
    cells: dict[str, str]


def read(content: bytes, at_most: int) -> list[Row]:
    """The rows of an .xlsx or .csv (UTF-8 or Windows-1251) file, blank ones left out.

    Raises ListUnreadable, ListTooBig, ColumnsMissing, ListEmpty.
    """
    if len(content) > MAX_BYTES:
        raise ListTooBig
    lines = _of_excel(content, at_most) if content.startswith(ZIP) else _of_csv(content)
    lines = [(n, cells) for n, cells in enumerate(lines, start=1) if any(cells)]
    if not lines:
        raise ListEmpty
    (_head_line, heads), *body = lines
    if len(body) > at_most:
        raise ListTooBig
    keys = _keys(heads)
    if not body:
        raise ListEmpty
    return [Row(n, _by_key(keys, cells)) for n, cells in body]


def _keys(heads: list[str]) -> list[str | None]:
    keys = [key_of(head) for head in heads]
    known = [key for key in keys if key]
    if set(REQUIRED) - set(known) or len(known) != len(set(known)):
        raise ColumnsMissing
    return keys


def _by_key(keys: list[str | None], cells: list[str]) -> dict[str, str]:
    found = {key: cell[:LONGEST_CELL] for key, cell in zip(keys, cells, strict=False) if key}
    return {key: found.get(key, "") for key in KEYS}


def _of_excel(content: bytes, at_most: int) -> list[list[str]]:
    return lines_of(open_book(content), 0, at_most)


def open_book(
    content: bytes, *, most_unpacked: int = MAX_UNPACKED, most_cells: int = MAX_CELLS
) -> CalamineWorkbook:
    """An .xlsx file. Raises ListUnreadable, ListTooBig."""
    must_be_harmless(content, most_unpacked=most_unpacked, most_cells=most_cells)
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, ValueError) as error:
        raise ListUnreadable from error


def lines_of(book: CalamineWorkbook, index: int, at_most: int) -> list[list[str]]:
    """All rows of a sheet as texts, blank ones included: line numbers are those of Excel."""
    try:
        sheet = book.get_sheet_by_index(index)
    except (CalamineError, IndexError, ValueError) as error:
        raise ListUnreadable from error
    height, width = sheet.total_height, sheet.total_width
    if height > at_most * 3 or width > MAX_WIDTH:
        raise ListTooBig
    # skip_empty_area would renumber the lines that people see in Excel
    return [[as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def _of_csv(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ListUnreadable from error
    return [[cell.strip() for cell in row] for row in rows]


def _decoded(content: bytes) -> str:
    if b"\x00" in content:
        raise ListUnreadable
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return content.decode("cp1251")
        except UnicodeDecodeError as error:
            raise ListUnreadable from error


def as_text(cell) -> str:
    """What the cell shows: a number without «.0», a day as 17.05.1990.

    Excel keeps 15 digits of a number. What lies beyond them is noise of sums (8900.000000000002),
    and a number with more, such as an account, is lost: it is told as 4.081781e+19.
    """
    if isinstance(cell, datetime | date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return str(cell).strip()
