"""The bank's QR in the stub of the first half."""

import re

import segno
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from payments.receipt_pdf.paper import HALF_HEIGHT, MARGIN, PADDING, PAGE_HEIGHT, REGULAR, STUB

QR_SIDE = 46 * mm
QUIET = 4  # modules of white the standard asks for around the code
LARGEST_VERSION = 22  # its modules are 0.4 mm here: a phone's camera needs that much
# Comparing all eight masks costs more than the rest of the page; readers take any (decision 014).
MASK = 2
CAPTION = "QR-код для банка: все данные внутри"
DARK = re.compile(b"\x01+")


def code_of(payload: bytes, largest: int = LARGEST_VERSION) -> segno.QRCode:
    """Level M while the code is no denser than the largest version, else L."""
    code = _encoded(payload, "m")
    return code if code.version <= largest else _encoded(payload, "l")


def _encoded(payload: bytes, level: str) -> segno.QRCode:
    return segno.make_qr(payload, error=level, boost_error=False, mode="byte", mask=MASK)


def draw_qr(canvas: Canvas, payload: bytes) -> None:
    left, bottom = MARGIN + (STUB - PADDING - QR_SIDE) / 2, PAGE_HEIGHT - MARGIN - HALF_HEIGHT
    draw_modules(canvas, code_of(payload), left, bottom + 14 * mm, QR_SIDE)
    canvas.setFont(REGULAR, 7)
    canvas.drawString(MARGIN, bottom + 14 * mm + QR_SIDE + 1 * mm, CAPTION)


def draw_modules(canvas: Canvas, code: segno.QRCode, left: float, bottom: float, side: float):
    """Vector rectangles, a run of dark modules each: sharp on any printer. The side has the quiet
    zone in it; returns the side of a module."""
    module = side / (len(code.matrix) + 2 * QUIET)
    canvas.saveState()
    canvas.translate(left + QUIET * module, bottom + QUIET * module)
    canvas.scale(module, module)
    canvas.drawPath(PDFPathObject(list(_runs(code.matrix))), stroke=0, fill=1)
    canvas.restoreState()
    return module


def _runs(matrix):
    """Operators of PDF in units of a module: whole numbers cost reportlab no formatting."""
    for height, line in enumerate(reversed(matrix)):
        for run in DARK.finditer(line):
            yield f"{run.start()} {height} {run.end() - run.start()} 1 re"
