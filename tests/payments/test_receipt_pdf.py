from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader
from reportlab.lib.units import mm

from bench.receipt import FIELDS, sample
from payments import gost
from payments.receipt_pdf import QR_SIDE, code_of, render

PAPER = sample()
LONG = replace(
    PAPER,
    payer="Абдурахмонзода-Саидмурадов Мухаммадабдурахмон Бахтиёрович оглы " * 3,
    purpose="Налог на доходы физических лиц " * 6,
    document="Заявление № 1381162, паспорт " + "AZEC01234567" * 12,
)


def page(pdf):
    return pypdfium2.PdfDocument(pdf)[0]


def halves(pdf):
    """The text of the upper and of the lower half, spaces evened out."""
    text_page, sheet = page(pdf).get_textpage(), page(pdf)
    width, height = sheet.get_size()
    upper = text_page.get_text_bounded(0, height / 2, width, height)
    lower = text_page.get_text_bounded(0, 0, width, height / 2)
    return " ".join(upper.split()), " ".join(lower.split())


def codes(pdf):
    return zxingcpp.read_barcodes(page(pdf).render(scale=4).to_pil())


@pytest.mark.parametrize("paper", [PAPER, LONG])
def test_a_bank_reads_from_the_qr_exactly_the_receipt(paper):
    [code] = codes(render(paper))

    assert bytes(code.bytes) == paper.payload
    assert gost.parse(bytes(code.bytes)) == FIELDS


def test_a_long_text_still_decodes_at_the_lower_level():
    payload = gost.payload(FIELDS | {"LastName": "Ə" * 200})

    [code] = codes(render(replace(PAPER, payload=payload)))

    assert bytes(code.bytes) == payload
    assert code.ec_level == "L"


def test_no_time_is_spent_on_comparing_masks():
    """Comparing them costs more than the rest of the sheet (decision 014)."""
    assert {code_of(gost.payload(FIELDS | {"LastName": name})).mask for name in "АБВГД"} == {2}


def test_nothing_is_printed_in_the_white_around_the_qr():
    pdf = render(PAPER)
    [code] = codes(pdf)
    text_page = page(pdf).get_textpage()
    caption = text_page.search("QR-код для банка").get_next()[0]
    modules = len(code_of(PAPER.payload).matrix)
    white = 4 * (code.position.top_right.x - code.position.top_left.x) / 4 / modules

    _left, bottom, _right, _top = text_page.get_charbox(caption)
    top_of_code = page(pdf).get_size()[1] - code.position.top_left.y / 4
    assert bottom - top_of_code >= white


def test_the_qr_is_larger_than_three_centimetres():
    [code] = codes(render(PAPER))
    corners = code.position

    printed = (corners.top_right.x - corners.top_left.x) / 4
    assert printed >= 30 * mm
    assert printed <= QR_SIDE


@pytest.mark.parametrize(
    "text",
    [
        "Форма № ПД-4сб (налог)",
        "Казначейство России (ФНС России)",
        "7727406020",
        "770701001",
        "03100643000000018500",
        "ОТДЕЛЕНИЕ ТУЛА БАНКА РОССИИ//УФК по Тульской области, г Тула",
        "017003983",
        "40102810445370000059",
        "18210102040011000110",
        "45000000",
        "Статус (101)",
        "Основание (106)",
        "Период (107)",
        "№ док. (108)",
        "Дата док. (109)",
        "Тип (110)",
        "MMC-7KQ4MX2P",
        "Мамедов Эльчин Расим оглы",
        "775100004210",
        "Адрес плательщика",
        "Патент 77 № 2600418174",
        "20 000 руб. 00 коп.",
        "7KQ4-MX2P",
        "08.02.2026",
        "Заплатите до 14.02.2026",
        "Подпись плательщика",
        "Кассир",
    ],
)
def test_both_halves_carry_every_field(text):
    upper, lower = halves(render(PAPER))

    assert text in upper
    assert text in lower


def test_each_half_has_its_name():
    upper, lower = halves(render(PAPER))

    assert "Извещение" in upper
    assert "Извещение" not in lower
    assert "Квитанция" in lower.split()
    assert "Сохраните чек и эту квитанцию" in lower


def test_without_a_last_day_none_is_printed():
    upper, _lower = halves(render(replace(PAPER, pay_by=None)))

    assert "Заплатите до" not in upper


def test_long_names_wrap_and_stay_within_their_half():
    pdf = render(LONG)
    text_page = page(pdf).get_textpage()
    width, height = page(pdf).get_size()
    boxes = [text_page.get_charbox(index) for index in range(text_page.count_chars())]
    upper, lower = halves(pdf)

    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert max(right for _left, _bottom, right, _top in boxes) <= width - 9 * mm
    assert min(left for left, *_rest in boxes) >= 9 * mm
    assert min(bottom for _left, bottom, *_rest in boxes) >= 9 * mm
    assert not [box for box in boxes if box[1] < height / 2 < box[3]]
    for half in (upper, lower):
        assert half.count("Мухаммадабдурахмон") == 3
        assert "Подпись плательщика" in half


def test_the_same_receipt_gives_the_same_bytes():
    assert render(PAPER) == render(PAPER)


def test_another_receipt_gives_others():
    assert render(PAPER) != render(replace(PAPER, amount=Decimal(10_000)))


def test_the_document_has_a_title_without_personal_data_and_a_language():
    document = PdfReader(BytesIO(render(PAPER)))

    assert document.metadata.title == "Квитанция 7KQ4-MX2P"
    assert document.root_object["/Lang"] == "ru-RU"


@pytest.mark.parametrize("paper", [PAPER, LONG])
def test_the_page_is_a_sheet_of_a4(paper):
    width, height = page(render(paper)).get_size()

    assert width / mm == pytest.approx(210, abs=0.5)
    assert height / mm == pytest.approx(297, abs=0.5)


def test_it_is_black_and_white():
    image = page(render(PAPER)).render(scale=1).to_pil().convert("RGB")

    assert all(red == green == blue for _count, (red, green, blue) in image.getcolors(1 << 16))


def test_a_fraction_of_a_kopeck_is_not_printed():
    with pytest.raises(ValueError, match="kopeck"):
        render(replace(PAPER, amount=Decimal("10000.001")))
