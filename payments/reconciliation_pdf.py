"""The reconciliation of a day on paper, in the words of its page."""

from typing import BinaryIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from common.formats import roubles
from payments.receipt_pdf.paper import (
    BOLD,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    REGULAR,
    register_fonts,
)
from payments.reconciliation import Sums

LONGEST = 80  # letters of a file's name that fit the line
LINE, SIZE, EDGE = 6 * mm, 10, 2 * MARGIN
COUNT_AT = PAGE_WIDTH - EDGE - 45 * mm


def write(
    target: BinaryIO,
    title: str,
    tables: dict[str, list[Sums]],
    notes: dict[str, list[tuple[str, str]]],
    remarks: list[str],
) -> None:
    """Tables of counts and sums; then notes, each a name with what is said of it below."""
    register_fonts()
    canvas = Canvas(target, pagesize=A4, lang="ru-RU")
    canvas.setTitle(title)
    y = _text(canvas, PAGE_HEIGHT - EDGE, title, BOLD)
    for heading, rows in tables.items():
        y = _text(canvas, y - LINE, heading, BOLD)
        for row in rows:
            y = _row(canvas, y, row)
    for heading, pairs in notes.items():
        y = _text(canvas, y - LINE, heading, BOLD)
        for name, said in pairs:
            y = _text(canvas, _text(canvas, y, _clipped(name), REGULAR), f"    {said}", REGULAR)
    for remark in remarks:
        y = _text(canvas, y - LINE, remark, BOLD)
    canvas.save()


def _row(canvas: Canvas, y: float, row: Sums) -> float:
    below = _text(canvas, y, str(row.name), REGULAR)
    canvas.drawRightString(COUNT_AT, below + LINE, str(row.count))
    canvas.drawRightString(PAGE_WIDTH - EDGE, below + LINE, roubles(row.amount))
    return below


def _clipped(name: str) -> str:
    return name if len(name) <= LONGEST else f"…{name[1 - LONGEST :]}"


def _text(canvas: Canvas, y: float, text: str, font: str) -> float:
    """Write a line, on a new page where this one is full; returns where the next one goes."""
    if y < EDGE:
        canvas.showPage()
        y = PAGE_HEIGHT - EDGE
    canvas.setFont(font, SIZE)
    canvas.drawString(EDGE, y, text)
    return y - LINE
