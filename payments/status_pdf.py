"""The signed status on paper: a card for the wallet (ISO/IEC 7810 ID-1) and a sheet of A6.

Policemen and employers read it, so its words are Russian whatever language the person reads.
"""

from dataclasses import dataclass
from io import BytesIO

import segno
from django.conf import settings
from reportlab.lib.pagesizes import A6
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from common import signing
from common.formats import short_day
from payments import codes
from payments.codes import Word
from payments.models import SignedCode
from payments.receipt_pdf import draw_modules
from payments.receipt_pdf.paper import BOLD, REGULAR, register_fonts

WORDS = {
    Word.VALID: "Патент действует",
    Word.IN_TRANSIT: "Патент действует, платёж в пути",
    Word.CHECKED: "Платёж проверяют",
    Word.ENDED: "Патент не действует",
}
CENTRE = "ММЦ Москвы"


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
    """The PDF, one page; the same row gives the same bytes."""
    register_fonts()
    output = BytesIO()
    canvas = Canvas(output, pagesize=card.size, invariant=1, lang="ru-RU")
    canvas.setTitle(f"{CENTRE}: {codes.voice_shown(row.serial)}")
    _draw(canvas, row, card)
    canvas.showPage()
    canvas.save()
    return output.getvalue()


def _draw(canvas: Canvas, row: SignedCode, card: Card) -> None:
    code = segno.make_qr(signing.address(row.code), error="m", boost_error=False)
    draw_modules(canvas, code, card.margin / 2, card.margin / 2, card.qr_side)
    left = card.margin + card.qr_side if card.beside else card.margin
    top = card.size[1] - card.margin - card.title
    for font, size, text in _lines(row, card):
        top = _line(canvas, card, text, font, size, left, top)


def _lines(row: SignedCode, card: Card) -> list[tuple[str, float, str]]:
    said = codes.unpack(row.code)
    _kind, series, number = row.snapshot["document"]
    through = [f"Оплачен по {short_day(said.through)}"] if said.through else []
    small = [
        f"Патент {series} № {number}",
        *through,
        f"По данным на {short_day(said.made_on)}",
        f"Код до {short_day(said.good_through)}: {codes.voice_shown(row.serial)}",
        f"Проверка: камерой или {settings.HOTLINE}",
    ]
    head = [(REGULAR, card.body, CENTRE), (BOLD, card.title, WORDS[said.word])]
    return head + [(REGULAR, card.body, text) for text in small]


def _line(canvas: Canvas, card: Card, text: str, font: str, size: float, left: float, at: float):
    """A paragraph from here down; returns where the next one begins."""
    canvas.setFont(font, size)
    for piece in simpleSplit(text, font, size, card.size[0] - left - card.margin / 2):
        canvas.drawString(left, at, piece)
        at -= size * 1.35
    return at
