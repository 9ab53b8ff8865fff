"""«Заявление об уточнении платежа»: a letter to the tax office about money that went astray.

The tax office reads it, so its words are Russian whatever language the person reads. What we know
is filled in; what only the office or the payer knows is left as a line to write on.
"""

from io import BytesIO

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import override
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from common.clock import today
from common.formats import roubles, short_day
from patents.inns import current_inn
from patents.models import Application
from payments import fiscal_code
from payments.both_languages import OFFICIAL
from payments.models import Claim, Requisites
from payments.receipt_pdf import letters
from payments.receipt_pdf.paper import (
    BOLD,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    REGULAR,
    register_fonts,
)

LEFT, TOP, STEP, SIZE = 20 * mm, 20 * mm, 5.6 * mm, 10.5
WIDTH = PAGE_WIDTH - 2 * LEFT
TO_WRITE = "_" * 42
ATTACHED = (
    "копия чека (квитанции) об оплате;",
    "копия паспорта и его перевода;",
    "копия патента, если он выдан.",
)


def answer(claim: Claim) -> HttpResponse:
    response = HttpResponse(render(claim), "application/pdf")
    response["Content-Disposition"] = f'inline; filename="letter-{claim.pk}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def render(claim: Claim) -> bytes:
    """One page; the same claim gives the same bytes on the same day."""
    register_fonts()
    output = BytesIO()
    canvas = Canvas(output, pagesize=A4, invariant=1, lang="ru-RU")
    canvas.setTitle(f"Заявление об уточнении платежа, чек № {claim.pk}")
    canvas.setSubject("Платёж не найден в выписках Казначейства")
    at = PAGE_HEIGHT - TOP
    with override(OFFICIAL):  # the sums, too
        lines = lines_of(claim)
    for font, text in lines:
        at = _line(canvas, at, font, text)
    canvas.save()
    return output.getvalue()


def lines_of(claim: Claim) -> list[tuple[str, str]]:
    """What the letter says, a font and a paragraph each."""
    person = claim.application.person
    name = letters.name(" ".join(filter(None, person.name_parts)), person.latin_name)
    return [
        (REGULAR, f"В налоговый орган: {TO_WRITE}"),
        (REGULAR, f"От: {name}"),
        (REGULAR, f"ИНН: {current_inn(person) or TO_WRITE}"),
        (REGULAR, _paper(claim.application)),
        (REGULAR, f"Телефон: {TO_WRITE}"),
        (REGULAR, ""),
        (BOLD, "Заявление об уточнении платежа"),
        (REGULAR, ""),
        (
            REGULAR,
            "Я уплатил(а) налог на доходы физических лиц в виде фиксированного авансового платежа. "
            "В выписках Казначейства платёж не найден. Прошу найти платёж, уточнить его реквизиты "
            "и учесть его как мой.",
        ),
        (REGULAR, ""),
        (BOLD, "Платёж"),
        *[(REGULAR, f"{name}: {value}") for name, value in _payment(claim)],
        (REGULAR, ""),
        (BOLD, "Верные реквизиты"),
        *[(REGULAR, f"{name}: {value}") for name, value in _right(claim)],
        (REGULAR, ""),
        (BOLD, "Что указано неверно (если известно)"),
        (REGULAR, f"В платеже указано: {TO_WRITE}"),
        (REGULAR, f"Верно: {TO_WRITE}"),
        (REGULAR, ""),
        (BOLD, "Приложения"),
        *[(REGULAR, f"{number}. {text}") for number, text in enumerate(ATTACHED, 1)],
        (REGULAR, ""),
        (REGULAR, f"Дата: {short_day(today())}        Подпись: {'_' * 24}"),
    ]


def _paper(application: Application) -> str:
    patent = getattr(application, "patent", None)
    if patent is None:
        return f"Заявление о патенте: № {application.number}"
    return f"Патент: {patent.series} № {patent.number}, выдан {short_day(patent.issued_on)}"


def _payment(claim: Claim) -> list[tuple[str, str]]:
    rows = [
        ("День платежа", short_day(claim.day)),
        ("Сумма", roubles(claim.amount)),
        ("Где уплачено", claim.bank or TO_WRITE),
        ("Номер документа", claim.document_number or TO_WRITE),
        ("Кто платил", TO_WRITE),
    ]
    code = fiscal_code.read(claim.fiscal)
    if code:
        rows.append(("Кассовый чек", f"ФН {code.storage}, ФД {code.number}, ФП {code.sign}"))
    return rows


def _right(claim: Claim) -> list[tuple[str, str]]:
    """Requisites of the day of payment: to these the money should have gone."""
    inn = current_inn(claim.application.person) or TO_WRITE
    rows = [("ИНН плательщика", inn)]
    found = Requisites.objects.on(claim.day, settings.REGION).first()
    if found is None:
        return rows
    return [
        *rows,
        ("Получатель", found.payee),
        ("ИНН и КПП получателя", f"{found.inn or '—'} / {found.kpp or '—'}"),
        ("Счёт получателя", found.account),
        ("Банк получателя", f"{found.bank}, БИК {found.bic}"),
        ("КБК", found.kbk),
        ("ОКТМО", found.oktmo),
        ("Назначение", found.purpose),
    ]


def _line(canvas: Canvas, at: float, font: str, text: str) -> float:
    """A paragraph from here down; returns where the next one begins."""
    canvas.setFont(font, SIZE)
    for piece in simpleSplit(text, font, SIZE, WIDTH) or [""]:
        canvas.drawString(LEFT, at, piece)
        at -= STEP
    return at
