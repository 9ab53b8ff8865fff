"""The door speaks the words of the old cabinet letter by letter, so that people find their way."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts import services

HEADER = "МНОГОФУНКЦИОНАЛЬНЫЙ МИГРАЦИОННЫЙ ЦЕНТР ГОРОДА МОСКВЫ"
FOOT = (
    "При возникновении проблем, связанных с доступом к системе, обращайтесь в ГБУ "
    "«Миграционный центр»"
)
RESET_FOOT = (
    "В случае возникновения проблем, связанных с доступом к Личному кабинету, обращайтесь в "
    "Миграционный центр"
)


@pytest.fixture(autouse=True)
def _russian():
    with translation.override("ru"):
        yield


def page(name, client=None):
    answer = (client or Client()).get(reverse(name), headers={"accept-language": "ru"})
    return answer.content.decode()


def texts(page, tag):
    found = re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", page, re.DOTALL)
    return [_plain(text) for text in found]


def _plain(text):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


def attribute(page, field, name):
    [tag] = re.findall(rf'<input[^>]*name="{field}"[^>]*>', page)
    return html.unescape(re.search(rf'{name}="([^"]*)"', tag)[1])


@pytest.mark.django_db
def test_the_entrance():
    shown = page("accounts:login")

    assert texts(shown, "h1") == ["Вход в личный кабинет иностранного гражданина"]
    assert texts(shown, "title") == ["Вход в личный кабинет иностранного гражданина"]
    labels = ["Логин (№ заявления на патент)", "Пароль", "Это чужой телефон"]
    assert texts(shown, "label") == labels
    main = shown[shown.index("<main") : shown.index("</main>")]
    assert texts(main, "button") == ["войти"]
    assert "не могу войти" in texts(main, "a")
    assert HEADER in _plain(shown)
    assert FOOT in _plain(shown)


@pytest.mark.django_db
def test_the_reset():
    shown = page("accounts:password_reset")
    main = shown[shown.index("<main") : shown.index("</main>")]

    assert texts(shown, "h1") == ["Сброс пароля к личному кабинету иностранного гражданина"]
    assert (
        "Если вы забыли пароль для входа в личный кабинет, укажите следующую информацию и новый "
        "пароль будет выслан на телефон, указанный в заявлении на патент"
    ) in texts(main, "p")
    assert texts(main, "label") == [
        "Логин (№ заявления на патент)",
        "Ваш номер телефона",
        "Код на изображении",
    ]
    assert attribute(shown, "username", "placeholder") == "введите номер заявления на патент"
    assert attribute(shown, "phone", "placeholder") == "+7 (9XX) XXX-XX-XX"
    assert attribute(shown, "captcha_1", "placeholder") == "введите проверочный код"
    assert "Ваш номер телефона Телефон, указанный в заявлении на патент" in texts(main, "div")
    # the first is for the key Enter, and out of sight
    assert texts(main, "button") == ["", "Обновить", "Прислать новый пароль"]
    assert "вернуться на страницу входа" in texts(main, "a")
    assert HEADER in _plain(shown)
    assert RESET_FOOT in _plain(shown)
    assert FOOT not in _plain(shown)


@pytest.mark.django_db
def test_after_the_reset():
    main = page("accounts:password_reset_done")

    assert "на страницу входа" in texts(main, "a")


def test_the_fourth_reset(person, picture):
    for _ in range(3):
        services.ask_reset(number="9999999", phone="+79161234567")
    typed = {"username": "9999999", "phone": "89161234567", **picture()}

    answer = Client().post(reverse("accounts:password_reset"), typed)

    assert "Функция сброса пароля будет доступна на следующий день" in texts(
        answer.content.decode(), "li"
    )


def test_the_change_of_the_password_and_the_first_words_inside(client, person):
    password = services.issue_password(person=person)
    client.post(reverse("accounts:login"), {"username": "1381161", "password": password})
    shown = page("accounts:password_change", client)
    main = shown[shown.index("<main") : shown.index("</main>")]

    assert texts(main, "label") == [
        "Старый пароль",
        "Новый пароль",
        "Повторно введите новый пароль",
    ]
    assert texts(main, "button") == ["сменить пароль"]
    own = "zimniy dalniy les"
    typed = {"old_password": password, "new_password1": own, "new_password2": own}
    client.post(reverse("accounts:password_change"), typed)
    assert "Вход в личный кабинет иностранного гражданина выполнен!" in texts(
        page("cabinet:home", client), "p"
    )


def test_a_wrong_pair(client, person):
    answer = client.post(reverse("accounts:login"), {"username": "1381161", "password": "x"})

    [said] = [
        text
        for text in texts(answer.content.decode(), "li")
        if text.startswith("Неверный пароль или неверно указан номер")
    ]
    assert "Caps Lock" in said
