"""The whole sheet: two halves, their stubs and the line to cut along."""

from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from common.formats import short_day
from payments.receipt_pdf.code import draw_qr
from payments.receipt_pdf.fields import draw_row, row_height, size_that_fits
from payments.receipt_pdf.form import FORM_NAME, ReceiptPrint, rows_of
from payments.receipt_pdf.paper import (
    BOLD,
    CAPTION_SIZE,
    HALF_HEIGHT,
    MARGIN,
    PADDING,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    REGULAR,
    STUB,
    register_fonts,
)
from payments.reference import display


def render(data: ReceiptPrint) -> bytes:
    """The PDF; the same data give the same bytes."""
    output = BytesIO()
    canvas = Canvas(output, pagesize=A4, invariant=1, lang="ru-RU")
    canvas.setTitle(f"Квитанция {display(data.reference)}")
    canvas.setSubject(FORM_NAME)
    draw(canvas, data)
    canvas.save()
    return output.getvalue()


def draw(canvas: Canvas, data: ReceiptPrint) -> None:
    """The receipt as the next page of a document. One that is paid bears its mark and no QR."""
    register_fonts()
    canvas.setLineWidth(0.6)
    rows = rows_of(data)
    size = size_that_fits(rows)
    _half(canvas, PAGE_HEIGHT - MARGIN, "Извещение", data, rows, size)
    if data.payload:
        draw_qr(canvas, data.payload)
    _cut_line(canvas)
    _half(canvas, PAGE_HEIGHT - MARGIN - HALF_HEIGHT, "Квитанция", data, rows, size)
    _keep(canvas)
    canvas.showPage()


def _half(canvas: Canvas, top: float, title: str, data: ReceiptPrint, rows, size: float) -> None:
    bottom = top - HALF_HEIGHT
    canvas.line(MARGIN + STUB, top - PADDING, MARGIN + STUB, bottom + PADDING)
    _stub(canvas, top, bottom, title, data)
    used = sum(row_height(row, size) for row in rows)
    gap = max(0.0, (HALF_HEIGHT - 2 * PADDING - used) / len(rows))
    at = top - PADDING
    for row in rows:
        at = draw_row(canvas, at, row, size) - gap


def _stub(canvas: Canvas, top: float, bottom: float, title: str, data: ReceiptPrint) -> None:
    canvas.setFont(BOLD, 13)
    canvas.drawString(MARGIN, top - 8 * mm, title)
    canvas.setFont(REGULAR, 8)
    canvas.drawString(MARGIN, top - 14 * mm, "Номер квитанции")
    canvas.setFont(BOLD, 12)
    canvas.drawString(MARGIN, top - 19 * mm, display(data.reference))
    canvas.setFont(REGULAR, 8)
    canvas.drawString(MARGIN, top - 24.5 * mm, f"Дата квитанции: {short_day(data.formed_on)}")
    if data.pay_by:
        canvas.setFont(BOLD, 8)
        canvas.drawString(MARGIN, top - 29 * mm, f"Заплатите до {short_day(data.pay_by)}")
        canvas.drawString(MARGIN, top - 33 * mm, "включительно")
    for number, line in enumerate(data.mark):
        canvas.setFont(BOLD, 8)
        canvas.drawString(MARGIN, top - 38 * mm - number * 4 * mm, line)
    canvas.setFont(REGULAR, 9)
    canvas.drawString(MARGIN, bottom + 5 * mm, "Кассир")
    canvas.line(MARGIN + 14 * mm, bottom + 4.5 * mm, MARGIN + STUB - PADDING, bottom + 4.5 * mm)


def _keep(canvas: Canvas) -> None:
    bottom = MARGIN
    canvas.setFont(REGULAR, 8)
    for number, line in enumerate(
        ("Сохраните чек и эту квитанцию,", "пока не получите новый патент.")
    ):
        canvas.drawString(MARGIN, bottom + 22 * mm - number * 3.6 * mm, line)


def _cut_line(canvas: Canvas) -> None:
    y = PAGE_HEIGHT / 2
    canvas.saveState()
    canvas.setDash(3, 3)
    canvas.line(MARGIN, y, PAGE_WIDTH - MARGIN, y)
    canvas.restoreState()
    canvas.setFont(REGULAR, CAPTION_SIZE)
    canvas.drawRightString(PAGE_WIDTH - MARGIN, y + 2, "линия отреза")
