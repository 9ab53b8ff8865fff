"""Every page in every language: it renders, says which language it is, and loses no placeholder."""

import re

import pytest
import time_machine
from django.conf import settings as portal
from lxml import html

from payments.services.online.status_codes import certify_status
from tests.cabinet.home import NOON
from tests.e2e.test_pages import CABINET, CODES_AND_LINKS, OPEN_SERVICES, PUBLIC, RESET

pytestmark = pytest.mark.django_db
MOST_SEEN = ["/", "/login/", "/help/", "/services/patent/", "/cabinet/", "/cabinet/payments/"]
PAGES = sorted({*PUBLIC, *OPEN_SERVICES, *RESET, *CABINET, *MOST_SEEN} - {"/no/such/page/"})
# Russian that is meant: names of people and languages, the region, and what is quoted in «».
RUSSIAN = re.compile(r"[А-Яа-яЁё]{3,}")
MEANT = re.compile(r"«[^»]*»|Каримов Тимур Рустамович|Ўзбекча|Українська|Русский|Москва")
LATIN = "az"
LOST = re.compile(r"%\(\w+\)|\{\{|\{%|None\b")


@pytest.fixture
def visitor(mine, settings):
    settings.LANGUAGES = [(code, code) for code in portal.TOLD_LANGUAGES]
    return mine


def faults(client, page: str, language: str) -> list[str]:
    client.cookies[portal.LANGUAGE_COOKIE_NAME] = language
    with time_machine.travel(NOON, tick=False):
        answer = client.get(page, follow=True)
    text = answer.content.decode()
    said = re.search(r'<html lang="([\w-]+)"', text)[1]
    found = [] if said == language else [f"{page} says it is {said}"]
    found += [] if answer.status_code == 200 else [f"{page}: {answer.status_code}"]
    return found + [f"{page}: {lost}" for lost in LOST.findall(text)]


@pytest.mark.parametrize("language", portal.TOLD_LANGUAGES)
def test_the_pages_that_most_people_see_render(visitor, language):
    assert [fault for page in MOST_SEEN for fault in faults(visitor, page, language)] == []


@pytest.mark.long
@pytest.mark.parametrize("language", portal.TOLD_LANGUAGES)
def test_every_page_renders(visitor, language):
    assert [fault for page in PAGES for fault in faults(visitor, page, language)] == []


@pytest.mark.parametrize("language", portal.TOLD_LANGUAGES)
def test_a_checker_reads_a_status_in_their_own_language(visitor, patent, language):
    with time_machine.travel(NOON, tick=False):
        code = certify_status(patent.application.person).code

    assert faults(visitor, f"/verify/{code}/", language) == []


def russian_of(answer) -> list[str]:
    """What a reader of Latin letters cannot read."""
    page = html.fromstring(answer.content.decode())
    for part in page.xpath("//script | //style | //body//*[@lang='ru']"):
        part.drop_tree()
    labels = (value for one in page.iter() for value in one.attrib.values())
    texts = (MEANT.sub("", text) for text in (*page.itertext(), *labels))
    return [text.strip() for text in texts if RUSSIAN.search(text)]


@pytest.mark.parametrize("page", sorted({*PAGES, *CODES_AND_LINKS}))
def test_no_russian_is_left_on_a_page_of_another_language(mine, page):
    mine.cookies[portal.LANGUAGE_COOKIE_NAME] = LATIN
    with time_machine.travel(NOON, tick=False):
        assert russian_of(mine.get(page, follow=True)) == []


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("/verify/", {"code": ""}),
        ("/verify/", {"code": "SWPC852DP"}),
        ("/verify/", {"code": "https://example.ru/x"}),
        ("/verify/", {"code": "A" * 500}),
        ("/services/pay/", {"paper": "77260000000"}),
        ("/services/patent/", {"series": "50", "number": "2600000000"}),
        ("/services/inn/", {}),
        ("/login/", {"username": "1381161", "password": "wrong"}),
        ("/cabinet/payments/pay/", {"months": "1"}),
        ("/cabinet/payments/links/", {"months": "99"}),
    ],
)
def test_no_russian_is_left_in_what_a_form_answers(mine, page, typed):
    mine.cookies[portal.LANGUAGE_COOKIE_NAME] = LATIN
    with time_machine.travel(NOON, tick=False):
        assert russian_of(mine.post(page, typed, follow=True)) == []


def test_the_look_for_russian_sees_it(mine):
    mine.cookies[portal.LANGUAGE_COOKIE_NAME] = "ru"

    assert russian_of(mine.get("/help/"))
