"""The sandbox reads a receipt's QR by itself and explains what it cannot read."""

import pytest

from sandbox.errors import Refused
from sandbox.treasury import qr
from tests.sandbox.helpers import QR


def test_the_values_are_read_whatever_the_case_of_the_keys():
    values = qr.read(QR.replace("LastName", "lastName").replace("Sum=", "SUM="))

    assert values["sum"] == "1000000"
    assert values["lastname"] == "Тестов"
    assert values["personalacc"] == "03100643000000018500"


@pytest.mark.parametrize("delimiter", ["|", "#", ";", "~", "^"])
def test_the_eighth_character_is_the_delimiter(delimiter):
    assert qr.read(QR.replace("|", delimiter))["bic"] == "017003983"


def test_an_equals_sign_inside_a_value_belongs_to_the_value():
    assert qr.read(QR.replace("Тестов", "а=б"))["lastname"] == "а=б"


def test_a_key_typed_with_cyrillic_letters_is_understood():
    assert qr.read(QR.replace("CBC", "СВС"))["cbc"] == "18210102040011000110"


def test_a_delimiter_at_the_end_and_empty_values_are_fine():
    assert qr.read(QR + "|OKATO=|")["okato"] == ""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Вставьте текст QR-кода с квитанции."),
        (" \r\n ", "Вставьте текст QR-кода с квитанции."),
        ("https://example.com/", qr.NOT_A_RECEIPT),
        ("ST00021|Name=…", qr.NOT_A_RECEIPT),
        ("ST00014|Name=…", qr.NOT_A_RECEIPT),
        ("ST00012", qr.NOT_A_RECEIPT),
        ("ST00012XName=…", qr.NOT_A_RECEIPT),
        (QR + "|без знака равенства", "Эту часть кода прочитать нельзя: «без знака равенства»."),
        (QR.replace("|BIC=017003983", ""), "В коде нет обязательных полей: bic."),
        (QR.replace("Sum=1000000", "Sum=0"), "Поле sum в коде заполнено неверно: «0»."),
        (QR.replace("Sum=1000000", "Sum=1e6"), "Поле sum в коде заполнено неверно: «1e6»."),
        (QR.replace("Sum=1000000", "Sum=-5"), "Поле sum в коде заполнено неверно: «-5»."),
        (QR.replace("17003983", "1"), "Поле bic в коде заполнено неверно: «01»."),
        (QR + "|X=" + "я" * 4000, "Текст слишком длинный для QR-кода квитанции."),
    ],
)
def test_what_is_no_receipt_is_told_in_a_sentence(text, sentence):
    with pytest.raises(Refused) as refused:
        qr.read(text)

    assert refused.value.sentence == sentence
