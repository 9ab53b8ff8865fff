"""Papers about a whole year: all receipts and cheques in one document, and the tax that was paid.

Employers and the Ministry read them, so their words are Russian whatever language the person reads.
"""

from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfgen.canvas import Canvas

from accounts.models import Person
from common.clock import today
from common.formats import roubles, short_day
from patents.inns import current_inn
from payments import archive, binding, printing, receipt_pdf
from payments.receipt_pdf import letters
from payments.receipt_pdf.paper import (
    BOLD,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    REGULAR,
    register_fonts,
)
from payments.reference import display

LINE = 5.2 * mm
WIDTH = PAGE_WIDTH - 4 * MARGIN
IN_MEMORY = 2 * 1024 * 1024
MONTHS = (
    *("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август"),
    *("сентябрь", "октябрь", "ноябрь", "декабрь"),
)


def write_year(target: BinaryIO, person: Person, year: archive.Year) -> None:
    """A list first, then each paid receipt with its days, each picture of a cheque, each PDF."""
    bound = binding.opened(one.cheque for one in _cheques(year))
    pages = [page for one in bound for page in one.pages]
    if not pages:
        _draw_year(target, person, year, bound)
        return
    with SpooledTemporaryFile(max_size=IN_MEMORY) as book:
        _draw_year(book, person, year, bound)
        binding.bind(book, pages, target)


def _draw_year(target: BinaryIO, person: Person, year: archive.Year, bound: list) -> None:
    canvas = _canvas(target, f"Квитанции и чеки за {year.number} год")
    _text(canvas, _list_of(person, year, bound))
    for paper in year.paid:
        receipt_pdf.draw(canvas, printing.sheet(paper.receipt, _mark(paper)))
    for one in bound:
        if one.picture:
            _draw_picture(canvas, one.picture)
    canvas.save()


def write_tax(target: BinaryIO, person: Person, year: archive.Year) -> None:
    """Sums by the month of payment, of money that the Treasury received, nothing else."""
    canvas = _canvas(target, f"Налог, уплаченный в {year.number} году")
    _text(canvas, _tax_lines(person, year))
    canvas.save()


def _canvas(target: BinaryIO, title: str) -> Canvas:
    register_fonts()
    canvas = Canvas(target, pagesize=A4, lang="ru-RU")
    canvas.setTitle(title)
    return canvas


def _who(person: Person) -> list[tuple[str, str]]:
    inn = current_inn(person)
    full = " ".join(filter(None, person.name_parts))
    lines = [(BOLD, letters.name(full, person.latin_name))]
    return [*lines, (REGULAR, f"ИНН {inn}")] if inn else lines


def _list_of(person: Person, year: archive.Year, bound: list) -> list[tuple[str, str]]:
    lines = [(BOLD, f"Квитанции и чеки за {year.number} год"), *_who(person), (REGULAR, "")]
    for paper in year.paid:
        receipt = paper.receipt
        row = f"Квитанция {display(receipt.reference)}, {roubles(receipt.amount)}: "
        lines.append((REGULAR, row + ", ".join(_mark(paper)).lower()))
    for one, cheque in zip(_cheques(year), bound, strict=True):
        row = f"Чек от {short_day(_day_of(one))}, {roubles(one.amount)}"
        lines.append((REGULAR, row if cheque.is_inside else f"{row} (отдельным файлом)"))
    return [*lines, *_formed()]


def _tax_lines(person: Person, year: archive.Year) -> list[tuple[str, str]]:
    title = f"Налог (НДФЛ) по патенту, уплаченный в {year.number} году"
    lines = [(BOLD, title), *_who(person), (REGULAR, "")]
    for month, rows, total in archive.by_month(year):
        lines.append((BOLD, f"{MONTHS[month - 1]}: {roubles(total)}"))
        lines += [(REGULAR, _payment(row)) for row in rows]
    lines += [_counted_before(one) for one in year.before]
    lines += [(REGULAR, ""), (BOLD, f"Всего за {year.number} год: {roubles(year.total)}")]
    lines.append((REGULAR, "Здесь платежи, которые получило Казначейство."))
    return [*lines, *_formed()]


def _payment(row) -> str:
    word = "не позже" if row.is_by_posting else "уплачено"
    days = f"{word} {short_day(row.paid_on)}, получено {short_day(row.line.posted_on)}"
    return f"    {roubles(row.amount)}: {days}, заявление {row.application.number}"


def _counted_before(one: archive.Before) -> tuple[str, str]:
    row = f"Учтено при открытии кабинета {short_day(one.last)}: {roubles(one.row.amount)}, "
    row += f"заявление {one.row.application.number}. "
    if one.is_of_one_year:
        return (REGULAR, row + "Дни платежей кабинет не знает.")
    years = f"с {one.first.year} по {one.last.year} год"
    return (REGULAR, row + f"Уплачено {years}; в сумму этого года не входит.")


def _formed() -> list[tuple[str, str]]:
    return [(REGULAR, ""), (REGULAR, f"Составлено {short_day(today())} в личном кабинете.")]


def _mark(paper: archive.PaidPaper) -> tuple[str, ...]:
    lines = []
    if paper.paid_on:
        lines.append(f"Оплачено {short_day(paper.paid_on)}")
    if paper.posted_on:
        lines.append(f"Получено {short_day(paper.posted_on)}")
    else:
        lines.append("В пути в Казначейство")
    return tuple(lines)


def _text(canvas: Canvas, lines: list[tuple[str, str]]) -> None:
    at = PAGE_HEIGHT - 2 * MARGIN
    for font, line in lines:
        for piece in simpleSplit(line, font, 10.5, WIDTH) or [""]:
            if at < 2 * MARGIN:
                canvas.showPage()
                at = PAGE_HEIGHT - 2 * MARGIN
            canvas.setFont(font, 10.5)
            canvas.drawString(2 * MARGIN, at, piece)
            at -= LINE
    canvas.showPage()


# --- pictures of cheques


def _cheques(year: archive.Year) -> list:
    return sorted([*year.claims, *year.kept], key=lambda one: (_day_of(one), one.pk))


def _day_of(cheque):
    """A claim's day may be one that staff read on it."""
    return getattr(cheque, "day", cheque.paid_on)


def _draw_picture(canvas: Canvas, picture: BytesIO) -> None:
    room = (PAGE_WIDTH - 2 * MARGIN, PAGE_HEIGHT - 2 * MARGIN)
    canvas.drawImage(
        ImageReader(picture), MARGIN, MARGIN, *room, preserveAspectRatio=True, anchor="c"
    )
    canvas.showPage()
