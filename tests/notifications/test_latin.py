"""The letters in which an SMS goes."""

import string

import pytest

from notifications.latin import in_letters, language_of
from notifications.length import fits_gsm, segments


@pytest.mark.parametrize(
    ("language", "text", "spelled"),
    [
        ("ru", "Платёж получен: 10 000 ₽ (…163)", "Platezh poluchen: 10 000 rub (...163)"),
        ("ru", "Объявление: день «№ 5» — ЩУКА", 'Obyavlenie: den "No 5" - ShchUKA'),
        ("uk", "Її гроші й чек", "Yiyi hroshi y chek"),
        ("tg", "Ҳуҷҷатҳо ё маълумот, қоғаз", "Hujjatho yo malumot, qoghaz"),
        ("az", "Ərizə …163: ödəniş", "Erize ...163: ödenis"),
        ("ro", "Plată și ședință", "Plata si sedinta"),
        ("uz", "Toʻlov, maʼlumot", "To'lov, ma'lumot"),
        ("en", "10 000 ₽", "10 000 rub"),
    ],
)
def test_every_language_can_be_written_in_the_alphabet_of_phones(language, text, spelled):
    assert in_letters(text, language, latin=True) == spelled
    assert fits_gsm(spelled)


@pytest.mark.parametrize("language", ["ru", "uk", "tg", "uz-cyrl"])
def test_cyrillic_stays_until_the_person_asks_for_latin(language):
    assert in_letters("Тўлов «ҳа» — 10 ₽", language, latin=False) == "Тўлов «ҳа» — 10 ₽"


@pytest.mark.parametrize("language", ["az", "ro", "uz", "en"])
def test_latin_languages_never_pay_for_a_sign_outside_the_alphabet(language):
    text = in_letters("ə" * 100 + "…" + "₽" * 10, language, latin=False)

    assert segments(text) == 1


@pytest.mark.parametrize("language", ["ru", "uk", "az"])
def test_a_password_goes_as_it_is(language):
    signs = string.ascii_letters + string.digits + string.punctuation

    assert in_letters(signs, language, latin=True) == signs


def test_uzbek_has_its_own_latin_and_no_letter_of_it_is_guessed():
    assert language_of("uz-cyrl", latin=True) == "uz"
    assert language_of("uz-cyrl", latin=False) == "uz-cyrl"
    assert language_of("tg", latin=True) == "tg"
