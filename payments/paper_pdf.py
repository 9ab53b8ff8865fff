"""Papers about a whole year: all receipts and cheques in one document, and the tax that was paid.

Employers and the Ministry read them, so their words are Russian; the list and the tax come once
more in the language of whoever carries them.
"""

from collections.abc import Callable, Iterable
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import override
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfgen.canvas import Canvas

from accounts.models import Person
from common.clock import today
from common.formats import month_name, roubles, short_day
from patents.inns import current_inn
from payments import archive, binding, printing, receipt_pdf
from payments.both_languages import OFFICIAL, russian_and_readers
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
Lines = list[tuple[str, str]]  # the font and the text


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
    canvas = _canvas(target)
    inn = current_inn(person)
    _in_both(canvas, lambda: _list_of(_who(person, inn), year, bound))
    with override(OFFICIAL):
        for paper in year.paid:
            receipt_pdf.draw(canvas, printing.sheet(paper.receipt, _mark(paper)))
    for one in bound:
        if one.picture:
            _draw_picture(canvas, one.picture)
    canvas.save()


def write_tax(target: BinaryIO, person: Person, year: archive.Year) -> None:
    """Sums by the month of payment, of money that the Treasury received, nothing else."""
    canvas = _canvas(target)
    inn = current_inn(person)
    _in_both(canvas, lambda: _tax_lines(_who(person, inn), year))
    canvas.save()


def _canvas(target: BinaryIO) -> Canvas:
    register_fonts()
    return Canvas(target, pagesize=A4, lang="ru-RU")


def _in_both(canvas: Canvas, lines_of: Callable[[], Lines]) -> None:
    for language in russian_and_readers():
        lines = lines_of()
        if language == OFFICIAL:
            canvas.setTitle(lines[0][1])
        _text(canvas, lines)


def _who(person: Person, inn: str | None) -> Lines:
    full = " ".join(filter(None, person.name_parts))
    lines = [(BOLD, letters.name(full, person.latin_name))]
    return [*lines, (REGULAR, _("INN %(inn)s") % {"inn": inn})] if inn else lines


def _list_of(who: Lines, year: archive.Year, bound: list) -> Lines:
    title = _("Receipts and cheques of the year %(year)s") % {"year": year.number}
    cheques = zip(_cheques(year), bound, strict=True)
    rows = [_paid(paper) for paper in year.paid]
    rows += [_cheque(one, cheque.is_inside) for one, cheque in cheques]
    return [(BOLD, title), *who, (REGULAR, ""), *_plain(rows), *_formed()]


def _paid(paper: archive.PaidPaper) -> str:
    return _("Receipt %(number)s, %(amount)s: %(days)s") % {
        "number": display(paper.receipt.reference),
        "amount": roubles(paper.receipt.amount),
        "days": ", ".join(_mark(paper)).lower(),
    }


def _cheque(one, is_inside: bool) -> str:
    told = {"day": short_day(_day_of(one)), "amount": roubles(one.amount)}
    if is_inside:
        return _("Cheque of %(day)s, %(amount)s") % told
    return _("Cheque of %(day)s, %(amount)s (in a file of its own)") % told


def _tax_lines(who: Lines, year: archive.Year) -> Lines:
    told = {"year": year.number, "amount": roubles(year.total)}
    lines = [(BOLD, _("The tax (NDFL) for the patent, paid in %(year)s") % told)]
    lines += [*who, (REGULAR, "")]
    for month, rows, total in archive.by_month(year):
        lines.append((BOLD, f"{month_name(month)}: {roubles(total)}"))
        lines += _plain(_payment(row) for row in rows)
    lines += _plain(_counted_before(one) for one in year.before)
    lines += [(REGULAR, ""), (BOLD, _("In all for %(year)s: %(amount)s") % told)]
    lines.append((REGULAR, _("These are the payments that the Treasury received.")))
    return [*lines, *_formed()]


def _payment(row) -> str:
    told = {
        "amount": roubles(row.amount),
        "paid": short_day(row.paid_on),
        "posted": short_day(row.line.posted_on),
        "number": row.application.number,
    }
    if row.is_by_posting:
        text = _("%(amount)s: not later than %(paid)s, received %(posted)s, application %(number)s")
    else:
        text = _("%(amount)s: paid %(paid)s, received %(posted)s, application %(number)s")
    return "    " + text % told


def _counted_before(one: archive.Before) -> str:
    counted = _("Counted when the cabinet opened, %(day)s: %(amount)s, application %(number)s.") % {
        "day": short_day(one.last),
        "amount": roubles(one.row.amount),
        "number": one.row.application.number,
    }
    return f"{counted} {_years(one)}"


def _years(one: archive.Before) -> str:
    if one.is_of_one_year:
        return _("The cabinet does not know the days of the payments.")
    return _("Paid from %(first)s to %(last)s; the sum of this year is without it.") % {
        "first": one.first.year,
        "last": one.last.year,
    }


def _formed() -> Lines:
    made = _("Made on %(day)s in the personal cabinet.") % {"day": short_day(today())}
    return _plain(["", made])


def _plain(texts: Iterable[str]) -> Lines:
    return [(REGULAR, text) for text in texts]


def _mark(paper: archive.PaidPaper) -> tuple[str, ...]:
    lines = []
    if paper.paid_on:
        lines.append(_("Paid on %(day)s") % {"day": short_day(paper.paid_on)})
    if paper.posted_on:
        lines.append(_("Received on %(day)s") % {"day": short_day(paper.posted_on)})
    else:
        lines.append(_("On its way to the Treasury"))
    return tuple(lines)


def _text(canvas: Canvas, lines: Lines) -> None:
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
