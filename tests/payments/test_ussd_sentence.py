"""Each standing on one screen of a phone, in each language that people are told in."""

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest
from django.conf import settings
from django.utils.translation import override

from notifications.latin import CYRILLIC, in_letters, language_of
from notifications.length import fits_gsm
from payments.sentence import ussd
from payments.standing import State
from tests.payments.test_sentence import BLAME, LATE_WORDS, STANDINGS, each_standing
from ussd import words

LANGUAGES = [(language, False) for language in settings.TOLD_LANGUAGES]
SPELLED = [(language, True) for language in sorted(CYRILLIC)]
ANSWERS = [ussd.readiness, ussd.validity]
each_language = pytest.mark.parametrize(("language", "latin"), [*LANGUAGES, *SPELLED])


def on_screen(language, latin, *says):
    spoken = language_of(language, latin=latin)
    with override(spoken):
        return [in_letters(say(), spoken, latin=latin) for say in says]


def too_long(texts):
    room = {True: ussd.GSM_SIGNS, False: ussd.CYRILLIC_SIGNS}
    return [text for text in texts if not 5 < len(text) <= room[fits_gsm(text)]]


def russian(answer, name):
    with override("ru"):
        return answer(STANDINGS[name])


@each_standing
@each_language
def test_every_standing_fits_one_screen_in_every_language(it, language, latin):
    assert too_long(on_screen(language, latin, *(partial(say, it) for say in ANSWERS))) == []


@each_language
def test_a_price_with_kopecks_and_an_inn_fit_too(language, latin):
    dear = replace(STANDINGS["due"], monthly=Decimal("12345.50"))
    numbers = [partial(ussd.inn, "775100004210"), partial(ussd.inn, None)]
    numbers += [partial(ussd.inn, None, by_sms=False)]
    numbers += [partial(ussd.readiness, replace(STANDINGS["preparing"], news_by_sms=False))]
    of_menus = [words.menu, words.unknown, words.which_of_several, words.no_such_digits]
    ends = [words.nobody_is_guessed, words.over, words.too_often, ussd.longest]
    says = [partial(ussd.validity, dear), *numbers, *of_menus, *ends]

    assert too_long(on_screen(language, latin, *says)) == []


def test_a_language_that_is_written_in_latin_has_the_room_of_its_letters():
    for language in set(settings.TOLD_LANGUAGES) - CYRILLIC:
        assert all(map(fits_gsm, on_screen(language, False, ussd.longest, words.unknown)))


@each_standing
def test_a_screen_is_as_careful_as_a_page(it):
    with override("ru"):
        texts = [answer(it) for answer in ANSWERS]

    assert [text for text in texts if BLAME.search(text)] == []
    if it.state == State.UNSEEN:
        assert [text for text in texts if LATE_WORDS.search(text)] == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("valid", "Патент действует. Оплачено по 14.06.2026. Платите до 14.06.2026 включительно."),
        ("due", "Заплатите 10 000 руб. до 14.02.2026 включительно. Уже заплатили? Ждите."),
        (
            "unseen",
            "Платёж пока не виден. Заплатили до 14.02.2026 включительно? Ничего не делайте.",
        ),
        ("in transit", "Ваш платёж от 14.02.2026 в пути: день 3 из 7. Второй раз не платите."),
        (
            "lapsed",
            "Платёж до 14.02.2026 не пришёл в Казначейство к 21.02.2026. Есть чек? Покажите.",
        ),
        (
            "tracing, next month due",
            "Платёж от 14.02.2026 в пути. За следующий месяц - до 14.03.2026 включительно.",
        ),
        (
            "unseen, day of issue",
            "Не видим оплату первого месяца. Ещё не платили? Можно сегодня включительно.",
        ),
        ("ready, price unknown", "Патент готов. Сначала заплатите за первый месяц."),
        ("none", "У вас пока нет заявления на патент."),
    ],
)
def test_what_the_screen_of_validity_says_in_russian(name, said):
    assert russian(ussd.validity, name) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("unseen", "Патент выдан 15.01.2026."),
        ("lapsed", "Патент выдан 15.01.2026."),
        ("ready, paid", "Патент готов. Возьмите паспорт и справку об оплате."),
        ("annulled", "МВД аннулировало патент 03.03.2026. Работать по нему нельзя."),
        ("preparing", "Мы готовим ваш патент. Когда он будет готов, пришлём SMS."),
    ],
)
def test_what_the_screen_of_readiness_says_in_russian(name, said):
    assert russian(ussd.readiness, name) == said


@pytest.mark.parametrize("answer", ANSWERS)
def test_who_has_money_waiting_is_not_asked_to_pay_for_the_first_month_again(answer):
    assert "заплатите" not in russian(answer, "ready, day unknown")


def test_the_inn_is_said_or_promised():
    with override("ru"):
        assert ussd.inn("775100004210") == "ИНН: 775100004210"
        assert ussd.inn(None) == "ИНН пока нет. Когда он появится, пришлём SMS."
