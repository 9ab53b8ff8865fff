"""The menu at the end of every page: the same everywhere, each entry by its name, none leads away.

A test that fails names the entry that was lost or renamed.
"""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from tests.factories import InnFactory, NewsFactory, PatentFactory, PlacementFactory

pytestmark = pytest.mark.django_db
ENTRIES = {
    "payments:pay": "Оплатить онлайн",
    "payments:receipt_new": "Новая квитанция",
    "payments:claims": "Показать чек",
    "cabinet:tariffs": "Тарифные планы",
    "cabinet:documents": "Документы",
    "cabinet:inn": "ИНН",
    "cabinet:obligations": "Обязанности",
    "cabinet:messages": "Сообщения",
    "cabinet:news": "Новости МВД",
    "cabinet:history": "История",
    "cabinet:help": "Помощь",
    "accounts:contacts": "Контакты",
    "accounts:settings": "Настройки",
    "accounts:password_change": "Сменить пароль",
    "accounts:sessions": "Где открыт кабинет",
    "cabinet:access_log": "Кто смотрел мои данные",
}
PLACE = {"/help/#visit": "Адрес и часы работы"}
TABS = {
    "cabinet:home": "Главная",
    "cabinet:patent": "Патент",
    "payments:list": "Платежи",
}
PAGES = [name for name in [*ENTRIES, *TABS] if name != "accounts:password_change"]


@pytest.fixture
def person(client):
    patent = PatentFactory()
    PlacementFactory(application=patent.application)
    InnFactory(person=patent.application.person)
    client.force_login(patent.application.person.user)
    return patent.application.person


def nav(page: str, mark: str) -> dict[str, str]:
    """Addresses of one menu, each with its words."""
    [inside] = re.findall(rf"<nav[^>]*{mark}.*?</nav>", page, re.DOTALL)
    links = re.findall(r'<a href="([^"]+)"[^>]*>(.*?)</a>', inside, re.DOTALL)
    return {
        unescape(address): " ".join(unescape(strip_tags(words)).split()) for address, words in links
    }


def named(entries: dict[str, str]) -> dict[str, str]:
    return {reverse(name): words for name, words in entries.items()}


def text_of(client, name: str) -> str:
    return client.get(reverse(name), follow=True).content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_ends_with_the_whole_menu(client, person, name):
    assert nav(text_of(client, name), 'id="sections"') == named(ENTRIES) | PLACE


@pytest.mark.parametrize("name", ENTRIES)
def test_every_entry_opens_a_page(client, person, name):
    answer = client.get(reverse(name), follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain == []


def test_the_entry_of_the_address_leads_to_its_place_on_the_page(client, person):
    [(address, _words)] = PLACE.items()
    page, anchor = address.split("#")

    assert f'id="{anchor}"' in client.get(page).content.decode()


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith("accounts")])
def test_the_tabs_lead_to_three_pages_and_to_the_menu(client, person, name):
    tabs = nav(text_of(client, name), 'class="tabs"')

    assert tabs == named(TABS) | {"#sections": "Разделы"}


@pytest.mark.parametrize("name", TABS)
def test_the_tab_of_the_open_page_says_so(client, person, name):
    current = re.findall(r'<a href="([^"]+)" aria-current="page">', text_of(client, name))

    assert current == [reverse(name)]


@pytest.mark.parametrize(("count", "said"), [(0, "Новости МВД"), (1, "Новости МВД 1 новая")])
def test_unread_news_are_counted_at_their_entry_and_nowhere_after_reading(
    client, person, count, said
):
    for _number in range(count):
        NewsFactory()

    def entry() -> str:
        return nav(text_of(client, "cabinet:patent"), 'id="sections"')[reverse("cabinet:news")]

    assert entry() == said
    client.get(reverse("cabinet:news"))
    assert entry() == "Новости МВД"
