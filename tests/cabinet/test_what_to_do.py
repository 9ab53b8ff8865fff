"""At each step of an application the page «Патент» says what the person has to do now."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from patents.course import what_to_do
from patents.models import ApplicationStatus
from tests.factories import (
    ApplicationFactory,
    PatentFactory,
    PersonFactory,
    PhoneFactory,
    PlacementFactory,
    statements_through,
)

pytestmark = pytest.mark.django_db
PAGE = reverse("cabinet:patent")
NEXT = "1381299"
PREPARE, DECIDES = "Мы готовим документы.", "МВД принимает решение."
WAIT = "Ничего делать не нужно: когда патент будет готов, мы пришлём SMS."
PAY_FIRST = "Первый месяц платят до получения патента."
COME = "Приходите за ним с паспортом."
EVERY = {PREPARE, DECIDES, WAIT, PAY_FIRST, COME}


@pytest.fixture(autouse=True)
def moscow_february():
    with time_machine.travel("2026-02-10 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def read(client):
    def page(person):
        client.force_login(person.user)
        return client.get(PAGE)

    return page


def text_of(page) -> str:
    return page.content.decode().replace("\u00a0", " ")


def shown(page, number: str):
    return next(one for one in page.context["page"].courses if one.application.number == number)


def holder():
    """Somebody whose patent lives."""
    patent = PatentFactory()
    PlacementFactory(application=patent.application, months=12)
    PhoneFactory(person=patent.application.person)
    statements_through(date(2026, 2, 9))
    return patent.application.person


def applies(status: str, **facts):
    """Beside a living patent: the sentence on top speaks of that."""
    ready_on = date(2026, 2, 9) if status == "ready" else None
    made = {"accepted_on": date(2026, 2, 2), "status": status, "ready_on": ready_on}
    return ApplicationFactory(person=holder(), number=NEXT, **made | facts).person


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("accepted", {PREPARE, WAIT}),
        ("in_review", {DECIDES, WAIT}),
        ("ready", {PAY_FIRST, COME}),
    ],
)
def test_beside_a_living_patent_each_step_has_its_words(read, status, said):
    page = read(applies(status))

    text = text_of(page)
    assert {words for words in EVERY if words in text} == said


@pytest.mark.parametrize("status", ["issued", "refused"])
def test_an_ended_application_asks_for_nothing(status):
    assert what_to_do(status) == []


def test_each_state_that_is_still_open_has_words():
    open_now = [status for status in ApplicationStatus if what_to_do(status)]

    assert open_now == ["accepted", "in_review", "ready"]


@pytest.mark.parametrize(
    ("status", "facts"),
    [
        ("accepted", {}),
        ("in_review", {}),
        ("ready", {"ready_on": date(2026, 2, 9)}),
    ],
)
def test_of_the_only_application_the_page_says_what_the_status_says(read, status, facts):
    """One voice: the sentence of home stands at the step, and no second advice beside it."""
    facts = {"accepted_on": date(2026, 2, 2), "status": status} | facts
    application = ApplicationFactory(**facts)

    page = read(application.person)

    to_do = shown(page, application.number).to_do
    sentence = page.context["page"].sentence
    assert sentence.text
    assert to_do[: len(sentence.text)] == list(sentence.text)
    assert all(words.replace("\u00a0", " ") in text_of(page) for words in to_do)
    assert not set(to_do[len(sentence.text) :]) & EVERY


@pytest.mark.parametrize(
    ("status", "expects"), [("accepted", True), ("in_review", True), ("ready", False)]
)
def test_the_expected_day_is_named_only_while_the_ministry_decides(read, status, expects):
    page = read(applies(status))

    assert (shown(page, NEXT).expected_on is not None) == expects
    assert ("От 10 до 15 дней" in text_of(page) or "от 10 до 15 дней" in text_of(page)) == expects


def test_who_has_no_application_is_shown_the_papers_to_bring(read):
    page = read(PersonFactory())

    assert page.context["page"].courses == []
    assert reverse("cabinet:documents") in text_of(page)
