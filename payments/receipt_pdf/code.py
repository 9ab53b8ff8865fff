"""The bank's QR in the stub of the first half."""

import segno
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from payments.receipt_pdf.paper import HALF_HEIGHT, MARGIN, PADDING, PAGE_HEIGHT, REGULAR, STUB

QR_SIDE = 46 * mm
QUIET = 4  # modules of white the standard asks for around the code
SMALLEST_MODULE = 0.4 * mm


def draw_qr(canvas: Canvas, payload: bytes) -> None:
    """Vector rectangles, a run of dark modules each: sharp on any printer."""
    matrix = _code(payload).matrix
    module = QR_SIDE / (len(matrix) + 2 * QUIET)
    left = MARGIN + (STUB - PADDING - QR_SIDE) / 2 + QUIET * module
    top = PAGE_HEIGHT - MARGIN - HALF_HEIGHT + 14 * mm + QR_SIDE - QUIET * module
    for row, line in enumerate(matrix):
        for start, length in _runs(line):
            x, y = left + start * module, top - (row + 1) * module
            canvas.rect(x, y, length * module, module, stroke=0, fill=1)
    canvas.setFont(REGULAR, 7)
    caption_at = top + QUIET * module + 1 * mm
    canvas.drawString(MARGIN, caption_at, "QR-код для банка: все данные внутри")


def _code(payload: bytes) -> segno.QRCode:
    """Level M where its modules stay large enough for a phone's camera, else L."""
    code = segno.make_qr(payload, error="m", boost_error=False, mode="byte")
    modules = code.symbol_size(border=QUIET)[0]
    if QR_SIDE / modules >= SMALLEST_MODULE:
        return code
    return segno.make_qr(payload, error="l", boost_error=False, mode="byte")


def _runs(line) -> list[tuple[int, int]]:
    runs, start = [], None
    for column, dark in enumerate([*line, 0]):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            runs.append((start, column - start))
            start = None
    return runs
