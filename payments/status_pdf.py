"""The signed status on paper: a card for the wallet (ISO/IEC 7810 ID-1) and a sheet of A6.

Policemen and employers read it, so its words are Russian; its back says the same in the language of
whoever carries it.
"""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

import segno
from django.conf import settings
from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A6
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from common import signing
from common.formats import short_day
from payments import codes
from payments.both_languages import russian_and_readers
from payments.models import SignedCode
from payments.receipt_pdf import draw_modules
from payments.receipt_pdf.paper import BOLD, REGULAR, register_fonts
from payments.sentence import third_party_words


@dataclass(frozen=True, slots=True)
class Card:
    """All in points. The QR stands at the left below, its words beside or above it."""

    size: tuple[float, float]
    margin: float
    qr_side: float
    title: float
    body: float
    beside: bool


WALLET = Card((85.6 * mm, 53.98 * mm), 3 * mm, 40 * mm, 10, 6.5, beside=True)
SHEET = Card(A6, 8 * mm, 70 * mm, 15, 10, beside=False)


def render(row: SignedCode, card: Card) -> bytes:
    """The PDF, a page in each language; the same row and reader give the same bytes."""
    register_fonts()
    output = BytesIO()
    canvas = Canvas(output, pagesize=card.size, invariant=1, lang="ru-RU")
    canvas.setTitle(f"ММЦ Москвы: {codes.voice_shown(row.serial)}")
    for _language in russian_and_readers():
        _draw(canvas, row, card)
        canvas.showPage()
    canvas.save()
    return output.getvalue()


def _draw(canvas: Canvas, row: SignedCode, card: Card) -> None:
    code = segno.make_qr(signing.address(row.code), error="m", boost_error=False)
    draw_modules(canvas, code, card.margin / 2, card.margin / 2, card.qr_side)
    left = card.margin + card.qr_side if card.beside else card.margin
    top = card.size[1] - card.margin - card.title
    for font, size, text in lines(row, card):
        top = _line(canvas, card, text, font, size, left, top)


def lines(row: SignedCode, card: Card) -> list[tuple[str, float, str]]:
    """The font, its size and the text of each, in the language that is active."""
    said = codes.unpack(row.code)
    _kind, series, number = row.snapshot["document"]
    small = [
        _("Patent %(series)s No. %(number)s") % {"series": series, "number": number},
        *_paid(said.through),
        _("As known on %(day)s") % {"day": short_day(said.made_on)},
        _("Code through %(day)s: %(code)s")
        % {"day": short_day(said.good_through), "code": codes.voice_shown(row.serial)},
        _("Check: by a camera or %(phone)s") % {"phone": settings.HOTLINE},
    ]
    word = third_party_words(codes.TOLD[said.word])
    head = [(REGULAR, card.body, _("Migration centre of Moscow")), (BOLD, card.title, word)]
    return head + [(REGULAR, card.body, text) for text in small]


def _paid(through: date | None) -> list[str]:
    return [_("Paid through %(day)s.") % {"day": short_day(through)}] if through else []


def _line(canvas: Canvas, card: Card, text: str, font: str, size: float, left: float, at: float):
    """A paragraph from here down; returns where the next one begins."""
    canvas.setFont(font, size)
    for piece in simpleSplit(text, font, size, card.size[0] - left - card.margin / 2):
        canvas.drawString(left, at, piece)
        at -= size * 1.35
    return at
