"""An opening file as rows of texts; what cannot be read at all is refused here."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.errors import Refusal
from patents.lists.tables import lines_of, open_book
from payments.opening.columns import SHEETS, Sheet

MOST_BYTES = 100 * 1024 * 1024
MOST_UNPACKED = 1024 * 1024 * 1024
MOST_ROWS = 300_000
MOST_CELLS = 20 * MOST_ROWS


class NotAnOpening(Refusal):
    """The file has no such sheets or columns, or is no workbook."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet: its line as Excel counts, and its texts by column."""

    line: int
    cells: dict[str, str]


Book = dict[str, list[Row]]  # sheet key → its rows


def read(content: bytes) -> Book:
    """The rows of every sheet, blank ones left out. Raises Refusal, NotAnOpening among them."""
    if len(content) > MOST_BYTES:
        raise NotAnOpening(_("The file is larger than 100 MB."))
    book = open_book(content, most_unpacked=MOST_UNPACKED, most_cells=MOST_CELLS)
    names = {name.strip().casefold(): number for number, name in enumerate(book.sheet_names)}
    found = {sheet.key: _index(sheet, names) for sheet in SHEETS}
    missing = [sheet.name for sheet in SHEETS if found[sheet.key] is None]
    if missing:
        raise NotAnOpening(_("The file has no sheet %s.") % ", ".join(missing))
    return of_lines({key: lines_of(book, place, MOST_ROWS) for key, place in found.items()})


def of_lines(lines: dict[str, list[list[str]]]) -> Book:
    """By the keys of the sheets, the cells of their lines, heads included. Raises NotAnOpening."""
    return {sheet.key: _rows(sheet, lines[sheet.key]) for sheet in SHEETS}


def _index(sheet: Sheet, names: dict[str, int]) -> int | None:
    return names.get(sheet.name.casefold(), names.get(sheet.key))


def _rows(sheet: Sheet, lines: list[list[str]]) -> list[Row]:
    filled = [(number, cells) for number, cells in enumerate(lines, start=1) if any(cells)]
    if not filled:
        raise NotAnOpening(_("The sheet %s is empty.") % sheet.name)
    (_line, heads), *body = filled
    keys = [sheet.key_of(head) for head in heads]
    _require_columns(sheet, heads, keys)
    return [Row(number, _by_key(sheet, keys, cells)) for number, cells in body]


def _require_columns(sheet: Sheet, heads: list[str], keys: list[str | None]) -> None:
    """A head that nobody knows may hold facts: it is refused, not left out in silence."""
    strange = [head for head, key in zip(heads, keys, strict=True) if head and key is None]
    known = [key for key in keys if key]
    missing = [c.head for c in sheet.columns if c.required and c.key not in known]
    if missing:
        said = _("The sheet %(sheet)s has no column %(columns)s.")
        raise NotAnOpening(said % {"sheet": sheet.name, "columns": ", ".join(missing)})
    if strange or len(known) != len(set(known)):
        said = _("The sheet %(sheet)s has columns nobody knows, or one of them twice: %(columns)s.")
        raise NotAnOpening(said % {"sheet": sheet.name, "columns": ", ".join(strange or heads)})


def _by_key(sheet: Sheet, keys: list[str | None], cells: list[str]) -> dict[str, str]:
    found = {key: cell for key, cell in zip(keys, cells, strict=False) if key}
    return {column.key: found.get(column.key, "") for column in sheet.columns}
