"""Every page in every language: it renders, says which language it is, and loses no placeholder."""

import re

import pytest
import time_machine
from django.conf import settings as portal

from payments.services.online.status_codes import certify_status
from tests.cabinet.home import NOON
from tests.e2e.test_pages import CABINET, OPEN_SERVICES, PUBLIC, RESET

pytestmark = pytest.mark.django_db
MOST_SEEN = ["/", "/login/", "/help/", "/services/patent/", "/cabinet/", "/cabinet/payments/"]
PAGES = sorted({*PUBLIC, *OPEN_SERVICES, *RESET, *CABINET, *MOST_SEEN} - {"/no/such/page/"})
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
