"""«Справка: платёж в пути»: one sheet that a person shows to a policeman or an employer.

They read it, so its words are Russian whatever language the person reads.
"""

from datetime import date
from io import BytesIO

import segno
from django.conf import settings
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from common import signing
from common.formats import roubles, short_day
from payments import codes
from payments.codes import SeenBy
from payments.models import SignedCode
from payments.receipt_pdf import draw_modules
from payments.receipt_pdf.paper import BOLD, PAGE_HEIGHT, PAGE_WIDTH, REGULAR, register_fonts

LEFT = 20 * mm
WIDTH = PAGE_WIDTH - 2 * LEFT
CAPTION = 55 * mm
QR_SIDE = 52 * mm
LETTERS_TOGETHER = 10
BODY, SMALL = 11.5, 9.5

TITLES = {SeenBy.SHOWN_CHEQUE: "Справка: человек показал чек"}
SEEN = {
    SeenBy.ACQUIRER: "онлайн, на портале центра",
    SeenBy.TILL: "в кассе центра",
    SeenBy.CHECKED_CHEQUE: "в банке; центр проверил чек",
    SeenBy.SHOWN_CHEQUE: "в банке; центр ещё не проверил чек",
}
NUMBERS = {SeenBy.ACQUIRER: "Квитанция", SeenBy.TILL: "Квитанция"}
KNOWN = "Человек заплатил. Деньги идут в Казначейство до 7 дней."
SHOWN = "Человек показал чек об оплате. Центр его ещё не проверил. Деньги ещё не видны."


def render(row: SignedCode) -> bytes:
    """The PDF; the same row gives the same bytes."""
    register_fonts()
    said, output = codes.unpack(row.code), BytesIO()
    canvas = Canvas(output, pagesize=A4, invariant=1, lang="ru-RU")
    canvas.setTitle(f"{_title(said)}, {codes.voice_shown(row.serial)}")
    canvas.setSubject("Сведения о платеже, которых ещё нет в выписке Казначейства")
    canvas.setLineWidth(0.5)
    at = _head(canvas, row, said)
    at = _facts(canvas, at, _rows(row, said))
    _proof(canvas, _words(canvas, at, row, said), row)
    canvas.showPage()
    canvas.save()
    return output.getvalue()


def _title(said: codes.Transit) -> str:
    return TITLES.get(said.seen_by, "Справка: платёж в пути")


def _head(canvas: Canvas, row: SignedCode, said: codes.Transit) -> float:
    at = PAGE_HEIGHT - 22 * mm
    at = _line(canvas, at, "МНОГОФУНКЦИОНАЛЬНЫЙ МИГРАЦИОННЫЙ ЦЕНТР ГОРОДА МОСКВЫ", REGULAR, SMALL)
    canvas.line(LEFT, at + 2 * mm, LEFT + WIDTH, at + 2 * mm)
    at = _line(canvas, at - 8 * mm, _title(said), BOLD, 22)
    made = f"Составлена {short_day(said.made_on)}. Код {codes.voice_shown(row.serial)}."
    return _line(canvas, at - 2 * mm, made, REGULAR, BODY) - 3 * mm


def _rows(row: SignedCode, said: codes.Transit) -> list[tuple[str, str]]:
    kind, series, number = row.snapshot["document"]
    document = ("Патент", f"{series} № {number}") if kind == "patent" else ("Заявление", number)
    rows = [
        ("Плательщик налога", row.snapshot["name"]),
        document,
        ("Сумма", roubles(said.amount)),
        ("Месяцев", str(said.months)),
        ("День платежа", short_day(said.paid_on)),
        ("Как заплатили", SEEN[said.seen_by]),
        (NUMBERS.get(said.seen_by, "На чеке"), row.snapshot["papers"]),
        (f"На {short_day(said.made_on)}", _day(row.snapshot)),
    ]
    return [(caption, value) for caption, value in rows if value]


def _day(snapshot: dict) -> str:
    if snapshot["is_searched"]:
        return "прошло больше 7 дней, центр ищет деньги"
    known = snapshot["known_through"]
    reach = f", данные Казначейства до {_date(known)}" if known else ""
    return f"день {snapshot['day_no']} из 7{reach}"


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
    only_shown = said.seen_by == SeenBy.SHOWN_CHEQUE
    expected = _date(row.snapshot["expected_by"])
    lines = [SHOWN if only_shown else KNOWN]
    if not only_shown and not row.snapshot["is_searched"]:
        lines.append(f"Казначейство должно записать платёж до {expected} включительно.")
    lines.append(
        "Справка говорит о платеже. Действует ли патент сегодня, говорит страница по коду."
    )
    at -= 1.5 * mm
    for text in lines:
        at = _line(canvas, at, text, REGULAR, BODY)
    return at - 4 * mm


def _proof(canvas: Canvas, at: float, row: SignedCode) -> None:
    code = segno.make_qr(signing.address(row.code), error="m", boost_error=False)
    canvas.rect(LEFT, at - QR_SIDE, WIDTH, QR_SIDE + 4 * mm)
    draw_modules(canvas, code, LEFT + 2 * mm, at + 2 * mm - QR_SIDE, QR_SIDE)
    beside, top = LEFT + QR_SIDE + 6 * mm, at - 4 * mm
    site = f"{settings.PORTAL_URL}/verify/"
    for font, text in _beside(row, site):
        top = _line(canvas, top, text, font, SMALL, left=beside)
    canvas.setFont(REGULAR, 8)
    for piece in _letters(row.code):
        canvas.drawString(beside, top, piece)
        top -= 3.8 * mm


def _beside(row: SignedCode, site: str) -> list[tuple[str, str]]:
    return [
        (BOLD, "Как проверить"),
        (REGULAR, "Наведите камеру телефона на код. Откроется страница центра."),
        (REGULAR, "Сравните последние 3 цифры номера с документом."),
        (REGULAR, f"Или позвоните: {settings.HOTLINE}. Назовите {codes.voice_shown(row.serial)}."),
        (REGULAR, f"Код действует по {short_day(row.good_through)} включительно."),
        (REGULAR, f"Код буквами, для страницы {site}:"),
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
