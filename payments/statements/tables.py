"""Rows of a table, from CSV or Excel, with the lines that a person sees them on."""

import csv
import io
import string
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from django.utils.translation import gettext as _

from patents.lists.errors import ListTooBig, ListUnreadable
from patents.lists.tables import ZIP, lines_of, open_book
from payments.statements.encodings import CANDIDATES, DOS_END, UTF8_BOM, raw_lines_of
from payments.statements.errors import NotAStatement, Refused

DELIMITERS = (";", "\t", ",", "|")
HEADS_WITHIN = 30  # rows of titles that may stand before the heads of the columns
BLANK = f"{string.whitespace}\u00a0{DOS_END}"
MOST_BYTES = 20 * 2**20
MOST_UNPACKED = 300 * 2**20
MOST_ROWS = 30_000
MOST_CELLS = 50 * MOST_ROWS
Row = tuple[int, list[str]]


def is_excel(head: bytes) -> bool:
    return head.startswith(ZIP)


def excel_rows(file: BinaryIO) -> Iterator[Row]:
    """The rows of the first sheet that has any. Excel is read whole: its size has a limit."""
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _too_big()
    try:
        book = open_book(content, most_unpacked=MOST_UNPACKED, most_cells=MOST_CELLS)
        for sheet in range(len(book.sheet_names)):
            rows = lines_of(book, sheet, MOST_ROWS)
            if any(map(any, rows)):
                yield from enumerate(rows, start=1)
                return
    except ListTooBig:
        raise _too_big() from None
    except ListUnreadable:
        raise NotAStatement(_("The Excel file cannot be read. Save it anew as .xlsx.")) from None
    raise NotAStatement(_("The file is empty."))


def _too_big() -> NotAStatement:
    return NotAStatement(
        _("The Excel file is too big: it may have %d rows. Save the register as CSV.") % MOST_ROWS
    )


def csv_rows(file: BinaryIO, encoding: str, delimiter: str) -> Iterator[Row]:
    """One row at a time; a cell within quotes may go over several lines."""
    reader = csv.reader(raw_lines_of(file, encoding), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise Refused(line, _("the row cannot be read. Is a quote left open?")) from None
        if cells is None:
            return
        yield line, [cell.strip(BLANK) for cell in cells]


def first_rows(head: bytes, delimiter: str) -> Iterator[tuple[str, list[str]]]:
    """The first rows of a CSV in every encoding it may be in; nothing of them is believed yet."""
    for encoding in CANDIDATES:
        text = head.removeprefix(UTF8_BOM).decode(encoding, errors="ignore")
        lines = islice(io.StringIO(text, newline="\n"), HEADS_WITHIN)
        try:
            rows = list(csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            continue
        yield from ((encoding, row) for row in rows)
