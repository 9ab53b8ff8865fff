"""«Справка: платёж в пути»: one sheet that a person shows to a policeman or an employer.

They read it, so its words are Russian; a second sheet says the same in the language of whoever
carries it.
"""

from datetime import date
from io import BytesIO

import segno
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from common import signing
from common.formats import roubles, short_day
from payments import codes
from payments.both_languages import OFFICIAL, russian_and_readers
from payments.codes import SeenBy
from payments.models import SignedCode
from payments.receipt_pdf import draw_modules
from payments.receipt_pdf.paper import BOLD, PAGE_HEIGHT, PAGE_WIDTH, REGULAR, register_fonts
from payments.sentence import seen_by_words

LEFT = 20 * mm
WIDTH = PAGE_WIDTH - 2 * LEFT
CAPTION = 55 * mm
QR_SIDE = 52 * mm
LETTERS_TOGETHER = 10
BODY, SMALL = 11.5, 9.5


def render(row: SignedCode) -> bytes:
    """The PDF, a sheet in each language; the same row and reader give the same bytes."""
    register_fonts()
    said, output = codes.unpack(row.code), BytesIO()
    canvas = Canvas(output, pagesize=A4, invariant=1, lang="ru-RU")
    for language in russian_and_readers():
        if language == OFFICIAL:
            canvas.setTitle(f"{_title(said)}, {codes.voice_shown(row.serial)}")
            canvas.setSubject(_("A payment that no statement of the Treasury shows yet"))
        _sheet(canvas, row, said)
    canvas.save()
    return output.getvalue()


def _sheet(canvas: Canvas, row: SignedCode, said: codes.Transit) -> None:
    canvas.setLineWidth(0.5)
    at = _head(canvas, row, said)
    at = _facts(canvas, at, _rows(row, said))
    _proof(canvas, _words(canvas, at, row, said), row)
    canvas.showPage()


def _title(said: codes.Transit) -> str:
    if said.seen_by == SeenBy.SHOWN_CHEQUE:
        return _("Certificate: the person showed a cheque")
    return _("Certificate: a payment on its way")


def _head(canvas: Canvas, row: SignedCode, said: codes.Transit) -> float:
    at = PAGE_HEIGHT - 22 * mm
    centre = _("MULTIFUNCTIONAL MIGRATION CENTRE OF THE CITY OF MOSCOW")
    at = _line(canvas, at, centre, REGULAR, SMALL)
    canvas.line(LEFT, at + 2 * mm, LEFT + WIDTH, at + 2 * mm)
    at = _line(canvas, at - 8 * mm, _title(said), BOLD, 22)
    made = _("Made on %(day)s. Code %(code)s.") % {
        "day": short_day(said.made_on),
        "code": codes.voice_shown(row.serial),
    }
    return _line(canvas, at - 2 * mm, made, REGULAR, BODY) - 3 * mm


def _rows(row: SignedCode, said: codes.Transit) -> list[tuple[str, str]]:
    rows = [
        (_("Payer of the tax"), row.snapshot["name"]),
        _document(*row.snapshot["document"]),
        (pgettext("facts", "Sum"), roubles(said.amount)),
        (pgettext("facts", "Months"), str(said.months)),
        (_("Day of the payment"), short_day(said.paid_on)),
        (_("How it was paid"), seen_by_words(said.seen_by)),
        (_papers(said.seen_by), row.snapshot["papers"]),
        (_("On %(day)s") % {"day": short_day(said.made_on)}, _day(row.snapshot)),
    ]
    return [(caption, value) for caption, value in rows if value]


def _document(kind: str, series: str, number: str) -> tuple[str, str]:
    if kind == "patent":
        return pgettext("facts", "Patent"), f"{series} № {number}"
    return pgettext("facts", "Application"), number


def _papers(by: SeenBy) -> str:
    is_ours = by in {SeenBy.ACQUIRER, SeenBy.TILL}
    return _("Receipt") if is_ours else _("On the cheque")


def _day(snapshot: dict) -> str:
    if snapshot["is_searched"]:
        return _("more than 7 days have passed, the centre is looking for the money")
    number, known = snapshot["day_no"], snapshot["known_through"]
    if not known:
        return _("day %(number)d of 7") % {"number": number}
    told = {"number": number, "known": _date(known)}
    return _("day %(number)d of 7, the Treasury's data through %(known)s") % told


def _facts(canvas: Canvas, at: float, rows: list[tuple[str, str]]) -> float:
    for caption, value in rows:
        pieces = simpleSplit(value, BOLD, BODY, WIDTH - CAPTION)
        canvas.setFont(REGULAR, BODY)
        canvas.drawString(LEFT, at, caption)
        for piece in pieces:
            canvas.setFont(BOLD, BODY)
            canvas.drawString(LEFT + CAPTION, at, piece)
            at -= 6 * mm
        canvas.line(LEFT, at + 3.6 * mm, LEFT + WIDTH, at + 3.6 * mm)
        at -= 2 * mm
    return at


def _words(canvas: Canvas, at: float, row: SignedCode, said: codes.Transit) -> float:
    at -= 1.5 * mm
    for text in _explained(row.snapshot, said.seen_by == SeenBy.SHOWN_CHEQUE):
        at = _line(canvas, at, text, REGULAR, BODY)
    return at - 4 * mm


def _explained(snapshot: dict, only_shown: bool) -> list[str]:
    if only_shown:
        lines = [_("The person showed a cheque. The centre has not checked it yet.")]
        lines.append(_("The money is not to be seen yet."))
    else:
        lines = [_("The person has paid. Money goes to the Treasury for up to 7 days.")]
        lines += _expected(snapshot)
    lines.append(
        _("This paper tells of a payment. The page of the code says if the patent is valid today.")
    )
    return lines


def _expected(snapshot: dict) -> list[str]:
    if snapshot["is_searched"]:
        return []
    day = {"day": _date(snapshot["expected_by"])}
    return [_("The Treasury should write the payment down by %(day)s, that day included.") % day]


def _proof(canvas: Canvas, at: float, row: SignedCode) -> None:
    code = segno.make_qr(signing.address(row.code), error="m", boost_error=False)
    canvas.rect(LEFT, at - QR_SIDE, WIDTH, QR_SIDE + 4 * mm)
    draw_modules(canvas, code, LEFT + 2 * mm, at + 2 * mm - QR_SIDE, QR_SIDE)
    beside, top = LEFT + QR_SIDE + 6 * mm, at - 4 * mm
    for font, text in _beside(row):
        top = _line(canvas, top, text, font, SMALL, left=beside)
    canvas.setFont(REGULAR, 8)
    for piece in _letters(row.code):
        canvas.drawString(beside, top, piece)
        top -= 3.8 * mm


def _beside(row: SignedCode) -> list[tuple[str, str]]:
    voice = {"phone": settings.HOTLINE, "code": codes.voice_shown(row.serial)}
    through, site = short_day(row.good_through), f"{settings.PORTAL_URL}/verify/"
    return [
        (BOLD, _("How to check")),
        (REGULAR, _("Point the camera of a phone at the code. A page of the centre opens.")),
        (REGULAR, _("Compare the last 3 digits of the number with the document.")),
        (REGULAR, _("Or call %(phone)s and say %(code)s.") % voice),
        (REGULAR, _("The code works through %(day)s.") % {"day": through}),
        (REGULAR, _("The code in letters, for the page %(site)s:") % {"site": site}),
    ]


def _letters(code: str) -> list[str]:
    groups = [code[at : at + LETTERS_TOGETHER] for at in range(0, len(code), LETTERS_TOGETHER)]
    return [" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4)]


def _line(canvas: Canvas, at: float, text: str, font: str, size: float, left: float = LEFT):
    """A paragraph from here down; returns where the next one begins."""
    canvas.setFont(font, size)
    for piece in simpleSplit(text, font, size, LEFT + WIDTH - left - 2 * mm):
        canvas.drawString(left, at, piece)
        at -= size * 1.4
    return at


def _date(text: str) -> str:
    return short_day(date.fromisoformat(text))
