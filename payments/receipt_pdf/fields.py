"""Rows of fields: the value stands on a line, its name small under it, as on the bank's form."""

from collections.abc import Iterable

from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from payments.receipt_pdf.form import Cell
from payments.receipt_pdf.paper import (
    BOLD,
    CAPTION_SIZE,
    HALF_HEIGHT,
    MARGIN,
    PADDING,
    PAGE_WIDTH,
    REGULAR,
    STUB,
)

SIZES = (10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6)


def _width_of_fields() -> float:
    return PAGE_WIDTH - 2 * MARGIN - STUB - 2 * PADDING


def _lines(cell: Cell, size: float) -> list[str]:
    width = cell.share * _width_of_fields() - PADDING
    lines = simpleSplit(cell.value, font_of(cell), size, width) or [""]
    if size > SIZES[-1]:
        return lines
    return [piece for line in lines for piece in _cut_to(width, line, font_of(cell), size)]


def _cut_to(width: float, line: str, font: str, size: float) -> list[str]:
    """The last resort, for a word wider than its place."""
    pieces = [""]
    for letter in line:
        if pdfmetrics.stringWidth(pieces[-1] + letter, font, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def font_of(cell: Cell) -> str:
    return BOLD if cell.bold else REGULAR


def row_height(row: Iterable[Cell], size: float) -> float:
    lines = max(len(_lines(cell, size)) for cell in row)
    return lines * size * 1.2 + CAPTION_SIZE + 6


def size_that_fits(rows: list[list[Cell]]) -> float:
    """The largest letters with which every value fits into its half, long names included."""
    room = HALF_HEIGHT - 2 * PADDING
    for size in SIZES:
        if sum(row_height(row, size) for row in rows) <= room and _nothing_wider(rows, size):
            return size
    return SIZES[-1]


def _nothing_wider(rows: list[list[Cell]], size: float) -> bool:
    """A number of 20 digits has no place to break: it must fit its line whole."""
    return all(
        pdfmetrics.stringWidth(line, font_of(cell), size)
        <= cell.share * _width_of_fields() - PADDING + 0.01
        for row in rows
        for cell in row
        for line in _lines(cell, size)
    )


def draw_row(canvas: Canvas, top: float, row: list[Cell], size: float) -> float:
    height = row_height(row, size)
    left = MARGIN + STUB + PADDING
    base = top - height + CAPTION_SIZE + 6
    for cell in row:
        width = cell.share * _width_of_fields()
        _draw_cell(canvas, left, base, width - PADDING, cell, size)
        left += width
    return top - height


def _draw_cell(canvas: Canvas, left: float, base: float, width: float, cell: Cell, size: float):
    lines = _lines(cell, size)
    canvas.setFont(font_of(cell), size)
    for number, line in enumerate(reversed(lines)):
        canvas.drawString(left, base + 2.5 + number * size * 1.2, line)
    if cell.caption:
        canvas.line(left, base - 0.8, left + width, base - 0.8)
        canvas.setFont(REGULAR, CAPTION_SIZE)
        canvas.drawString(left, base - CAPTION_SIZE - 1, cell.caption)
