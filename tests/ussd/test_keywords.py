"""A word in an SMS, as people of eight languages type it."""

from collections import defaultdict

import pytest

from ussd.keywords import FORMS, Word, look, read

EACH = [
    (language, word, form)
    for language, words in FORMS.items()
    for word, forms in words.items()
    for form in forms
]


@pytest.mark.parametrize(("language", "word", "form"), EACH)
def test_each_form_is_read_in_any_case_with_signs_and_digits_around(language, word, form):
    for text in (form, form.lower(), f" {form.capitalize()}! ", f"«{form}»."):
        assert read(text).word == word

    assert read(f"{form} 161").tail == "161"
    assert read(f"{form}:1381161").tail == "1381161"


def test_no_two_words_look_alike():
    meant = defaultdict(set)
    for _language, word, form in EACH:
        meant[look(form)].add(word)

    assert [form for form, words in meant.items() if len(words) > 1] == []


def test_every_language_has_every_word():
    shared = {Word.INN, Word.START}  # English and Russian forms of them serve others, too

    for words in FORMS.values():
        assert set(Word) - {Word.NONE} - set(words) <= shared


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("CPOK", Word.TERM),  # Latin letters that look so
        ("СТ0П", Word.STOP),
        ("cтoп", Word.STOP),
        ("HE Я", Word.NOT_ME),
        ("не  я", Word.NOT_ME),
        ("неЯ", Word.NOT_ME),
        ("Готов?", Word.READY),
        ("to‘xtat", Word.STOP),
        ("toʻxtat", Word.STOP),
        ("mən deyiləm", Word.NOT_ME),
        ("MEN DEYILEM", Word.NOT_ME),
        ("опреште", Word.NONE),
        ("ЁРДАМ", Word.HELP),
        ("еРДАМ", Word.HELP),
        ("инн", Word.INN),
        ("ｉｎｎ", Word.INN),
    ],
)
def test_what_looks_like_a_word_is_that_word(text, word):
    assert read(text).word == word


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "161", "!!!", "привет", "Я", "НЕ", "НЕ ГОТОВ", "СТОП КРАН", "\x00", "\ud800"),
        "Абонент временно недоступен. Ваше сообщение СТОП будет доставлено позже.",
        "СТОП " * 40,
    ],
)
def test_what_is_no_word_is_none(text):
    assert read(text) == (Word.NONE, "", "")


def test_an_unknown_person_is_answered_in_the_language_of_the_word():
    assert read("yordam").language == "uz"
    assert read("допомога").language == "uk"
    assert read("стоп").language == "ru"
