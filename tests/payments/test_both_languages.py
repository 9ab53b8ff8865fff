"""Papers for others: Russian first, then the same for whoever carries them, in each language."""

from io import BytesIO

import pytest
from django.conf import settings
from django.utils.translation import override
from pypdf import PdfReader

from common.formats import roubles
from payments import certificate_pdf, codes, letter, status_pdf
from payments.codes import Word
from payments.receipt_pdf import letters
from payments.services.online.codes import certify
from payments.services.online.status_codes import certify_status
from tests.payments.certificate_world import charge, claim, covered, day
from tests.payments.test_certificates import only
from tests.payments.test_status_codes import baselines, worded

__all__ = ["charge", "claim", "covered", "day"]

pytestmark = pytest.mark.django_db
OTHERS = [code for code, _name in settings.LANGUAGES if code != "ru"]
CARDS = {"wallet": status_pdf.WALLET, "a6": status_pdf.SHEET}
VALID = {
    "uz": "Patent amal qiladi",
    "uz-cyrl": "Патент амал қилади",
    "tg": "Патент эътибор дорад",
    "az": "Patent qüvvədədir",
    "ro": "Patenta e valabilă",
    "uk": "Патент діє",
    "en": "The patent is valid",
}


def pages_in(language: str, content_of) -> list[str]:
    with override(language):
        found = PdfReader(BytesIO(content_of())).pages
    return [" ".join(page.extract_text().replace("\xa0", " ").split()) for page in found]


@pytest.mark.parametrize("language", OTHERS)
def test_the_back_of_a_card_says_it_to_its_owner(covered, day, language):
    day.move_to("2026-02-08 09:00:00+00:00")
    row = certify_status(covered.person)

    official, mine = pages_in(language, lambda: status_pdf.render(row, status_pdf.WALLET))

    assert "Патент действует" in official
    assert VALID[language] in mine
    assert "14.02.2026" in official
    assert "14.02.2026" in mine


@pytest.mark.parametrize("word", Word)
@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("language", OTHERS)
def test_no_language_hangs_off_the_card_or_lacks_a_letter(covered, day, language, card, word):
    row, size = worded(certify_status(covered.person), word), CARDS[card]
    with override(language):
        content = status_pdf.render(row, size)
        lines = [text for *_font, text in status_pdf.lines(row, size)]
    lowest = min(at for page in PdfReader(BytesIO(content)).pages for at in baselines(page))

    assert lowest > (0 if size.beside else size.qr_side - size.margin / 2)
    assert [text for text in lines if not letters.are_known(text)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_certificate_has_a_sheet_for_the_office_and_one_for_its_owner(charge, language):
    row = certify(only(charge.receipt.person))

    official, mine = pages_in(language, lambda: certificate_pdf.render(row))

    assert "Справка: платёж в пути" in official
    assert "Справка: платёж в пути" not in mine
    for page in (official, mine):
        assert codes.voice_shown(row.serial) in page
        assert row.code in page.replace(" ", "")
        assert "77 № 26•••••174" in page
    with override(language):
        assert roubles(charge.receipt.amount).replace("\xa0", " ") in mine


def test_a_reader_of_russian_prints_no_sheet_twice(charge):
    row = certify(only(charge.receipt.person))

    assert len(pages_in("ru", lambda: certificate_pdf.render(row))) == 1


@pytest.mark.parametrize("language", OTHERS)
def test_a_letter_to_the_office_is_russian_to_the_last_sign(claim, language):
    in_russian = pages_in("ru", lambda: letter.render(claim))

    assert pages_in(language, lambda: letter.render(claim)) == in_russian
