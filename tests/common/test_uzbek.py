"""Two alphabets of one language: what was written by hand in both agrees."""

import pytest

from common.uzbek import cyrillic


@pytest.mark.parametrize(
    ("latin", "expected"),
    [
        ("Sizda hali patent uchun ariza yo'q.", "Сизда ҳали патент учун ариза йўқ."),
        ("Ekran elementi, poyezd, e'lon", "Экран элементи, поезд, эълон"),
        ("Sog'ligingiz, oʻqing, chap shimol", "Соғлигингиз, ўқинг, чап шимол"),
        ("1-aprelda, 5-iyun, sentabr oyida", "1-апрелда, 5-июнь, сентябрь ойида"),
        ("Migratsiya markazi, kvitansiyani oling", "Миграция маркази, квитанцияни олинг"),
        ("INN, NDFL va MVDdan javob", "ИНН, НДФЛ ва МВДдан жавоб"),
        ("YANGI PAROL", "ЯНГИ ПАРОЛЬ"),
        ("Parolni o'zgartiring...", "Паролни ўзгартиринг…"),
        ("SMSdagi kod, PDFni oling", "SMSдаги код, PDFни олинг"),
    ],
)
def test_words_are_spelled_as_the_older_generation_reads_them(latin, expected):
    assert cyrillic(latin) == expected


@pytest.mark.parametrize(
    "kept",
    [
        "%(day)s",
        '<a href="/help/">',
        "https://portal.example/verify/",
        "SMS",
        "PDF",
        "Caps Lock",
        "(/help/no-sms/)",
        "%d %%",
        "help@example.com",
        "A 123",
    ],
)
def test_what_is_no_uzbek_word_stays(kept):
    assert cyrillic(kept) == kept.replace("A 1", "А 1")
