"""The receipt on paper: form ПД-4сб (налог), two halves on A4, the bank's QR in the first.

The form is a Russian bank's, so its words stay Russian whatever language the person reads.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from io import BytesIO

import segno
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from common.formats import short_day
from common.money import to_kopecks
from payments.reference import display

REGULAR, BOLD = "FiraSans", "FiraSans-Bold"
FORM_NAME = "Форма № ПД-4сб (налог)"

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 10 * mm
HALF_HEIGHT = (PAGE_HEIGHT - 2 * MARGIN) / 2
STUB = 52 * mm
PADDING = 3 * mm
QR_SIDE = 46 * mm
QUIET = 4  # modules of white the standard asks for around the code
SMALLEST_MODULE = 0.4 * mm
CAPTION_SIZE = 6
SIZES = (10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPrint:
    """All that stands on the paper. Numbers of fields are those of a payment order."""

    payee: str
    inn: str
    kpp: str
    account: str
    bank: str
    bic: str
    corr_account: str
    kbk: str  # 104
    oktmo: str  # 105
    drawer_status: str  # 101
    basis: str  # 106
    period: str  # 107
    document_number: str  # 108
    document_date: str  # 109
    purpose: str
    payer: str
    payer_inn: str
    document: str  # the patent, or the application and the passport
    amount: Decimal
    reference: str
    formed_on: date
    months: int
    payload: bytes
    pay_by: date | None = None
    uin: str = "0"


@dataclass(frozen=True, slots=True)
class Cell:
    caption: str
    value: str
    share: float = 1.0
    bold: bool = False


def render(data: ReceiptPrint) -> bytes:
    """The PDF; the same data give the same bytes."""
    _register_fonts()
    output = BytesIO()
    canvas = Canvas(output, pagesize=A4, invariant=1, lang="ru-RU")
    canvas.setTitle(f"Квитанция {display(data.reference)}")
    canvas.setSubject(FORM_NAME)
    canvas.setLineWidth(0.6)
    rows = _rows(data)
    size = _size_that_fits(rows)
    _half(canvas, PAGE_HEIGHT - MARGIN, "Извещение", data, rows, size)
    _qr(canvas, data.payload)
    _cut_line(canvas)
    _half(canvas, PAGE_HEIGHT - MARGIN - HALF_HEIGHT, "Квитанция", data, rows, size)
    _keep(canvas)
    canvas.showPage()
    canvas.save()
    return output.getvalue()


@cache
def _register_fonts() -> None:
    folder = files("fontpkg_fira_sans") / "files"
    for name, file in ((REGULAR, "FiraSans-Regular.ttf"), (BOLD, "FiraSans-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))


def _rows(data: ReceiptPrint) -> list[list[Cell]]:
    return [
        [
            Cell("Индекс документа (УИН)", data.uin, 0.4),
            Cell("Статус (101)", data.drawer_status, 0.2),
            Cell("", FORM_NAME, 0.4),
        ],
        [
            Cell("Получатель платежа", data.payee, 0.5),
            Cell("ИНН получателя", data.inn, 0.27),
            Cell("КПП", data.kpp, 0.23),
        ],
        [Cell("Банк получателя", data.bank)],
        [
            Cell("Номер счёта получателя", data.account, 0.5),
            Cell("БИК", data.bic, 0.5),
        ],
        [
            Cell("Кор. счёт", data.corr_account, 0.5),
            Cell("КБК (104)", data.kbk, 0.5),
        ],
        [Cell("Наименование платежа", data.purpose)],
        [
            Cell("ОКТМО (105)", data.oktmo, 0.24),
            Cell("Основание (106)", data.basis, 0.16),
            Cell("Период (107)", data.period, 0.18),
            Cell("№ док. (108)", data.document_number, 0.16),
            Cell("Дата док. (109)", data.document_date, 0.16),
            Cell("Тип (110)", "0", 0.1),
        ],
        [
            Cell("Плательщик (Ф. И. О.)", data.payer, 0.65, bold=True),
            Cell("ИНН плательщика", data.payer_inn, 0.35, bold=True),
        ],
        [
            Cell("Адрес плательщика", "", 0.65),
            Cell("№ л/с плательщика", "", 0.35),
        ],
        [Cell("Документ плательщика", data.document)],
        [
            Cell("Сумма", _in_words_of_the_form(data.amount), 0.4, bold=True),
            Cell("Итого", _in_words_of_the_form(data.amount), 0.4),
            Cell("Месяцев", str(data.months), 0.2),
        ],
        [
            Cell("Дата платежа", "", 0.4),
            Cell("Подпись плательщика", "", 0.6),
        ],
    ]


def _in_words_of_the_form(amount: Decimal) -> str:
    roubles, kopecks = divmod(to_kopecks(amount), 100)
    return f"{roubles:,}".replace(",", "\u00a0") + f"\u00a0руб. {kopecks:02d}\u00a0коп."


# Rows of fields: the value stands on a line, its name small under it, as on the bank's form.


def _width_of_fields() -> float:
    return PAGE_WIDTH - 2 * MARGIN - STUB - 2 * PADDING


def _lines(cell: Cell, size: float) -> list[str]:
    width = cell.share * _width_of_fields() - PADDING
    lines = simpleSplit(cell.value, _font(cell), size, width) or [""]
    if size > SIZES[-1]:
        return lines
    return [piece for line in lines for piece in _cut_to(width, line, _font(cell), size)]


def _cut_to(width: float, line: str, font: str, size: float) -> list[str]:
    """The last resort, for a word wider than its place."""
    pieces = [""]
    for letter in line:
        if pdfmetrics.stringWidth(pieces[-1] + letter, font, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _font(cell: Cell) -> str:
    return BOLD if cell.bold else REGULAR


def _row_height(row: Iterable[Cell], size: float) -> float:
    lines = max(len(_lines(cell, size)) for cell in row)
    return lines * size * 1.2 + CAPTION_SIZE + 6


def _size_that_fits(rows: list[list[Cell]]) -> float:
    """The largest letters with which every value fits into its half, long names included."""
    room = HALF_HEIGHT - 2 * PADDING
    for size in SIZES:
        if sum(_row_height(row, size) for row in rows) <= room and _nothing_wider(rows, size):
            return size
    return SIZES[-1]


def _nothing_wider(rows: list[list[Cell]], size: float) -> bool:
    """A number of 20 digits has no place to break: it must fit its line whole."""
    return all(
        pdfmetrics.stringWidth(line, _font(cell), size)
        <= cell.share * _width_of_fields() - PADDING + 0.01
        for row in rows
        for cell in row
        for line in _lines(cell, size)
    )


def _draw_row(canvas: Canvas, top: float, row: list[Cell], size: float) -> float:
    height = _row_height(row, size)
    left = MARGIN + STUB + PADDING
    base = top - height + CAPTION_SIZE + 6
    for cell in row:
        width = cell.share * _width_of_fields()
        _draw_cell(canvas, left, base, width - PADDING, cell, size)
        left += width
    return top - height


def _draw_cell(canvas: Canvas, left: float, base: float, width: float, cell: Cell, size: float):
    lines = _lines(cell, size)
    canvas.setFont(_font(cell), size)
    for number, line in enumerate(reversed(lines)):
        canvas.drawString(left, base + 2.5 + number * size * 1.2, line)
    if cell.caption:
        canvas.line(left, base - 0.8, left + width, base - 0.8)
        canvas.setFont(REGULAR, CAPTION_SIZE)
        canvas.drawString(left, base - CAPTION_SIZE - 1, cell.caption)


def _half(canvas: Canvas, top: float, title: str, data: ReceiptPrint, rows, size: float) -> None:
    bottom = top - HALF_HEIGHT
    canvas.line(MARGIN + STUB, top - PADDING, MARGIN + STUB, bottom + PADDING)
    _stub(canvas, top, bottom, title, data)
    used = sum(_row_height(row, size) for row in rows)
    gap = max(0.0, (HALF_HEIGHT - 2 * PADDING - used) / len(rows))
    at = top - PADDING
    for row in rows:
        at = _draw_row(canvas, at, row, size) - gap


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


def _code(payload: bytes) -> segno.QRCode:
    """Level M where its modules stay large enough for a phone's camera, else L."""
    code = segno.make_qr(payload, error="m", boost_error=False, mode="byte")
    modules = code.symbol_size(border=QUIET)[0]
    if QR_SIDE / modules >= SMALLEST_MODULE:
        return code
    return segno.make_qr(payload, error="l", boost_error=False, mode="byte")


def _qr(canvas: Canvas, payload: bytes) -> None:
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


def _runs(line) -> list[tuple[int, int]]:
    runs, start = [], None
    for column, dark in enumerate([*line, 0]):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            runs.append((start, column - start))
            start = None
    return runs
