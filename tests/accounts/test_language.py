"""The language that stands on every page: chosen by its own name, kept for the person."""

import pytest
from django.conf import settings as portal
from django.urls import reverse

from accounts.models import Person, TimelineEntry
from tests.factories import PASSWORD, ApplicationFactory, PersonFactory

pytestmark = pytest.mark.django_db
CHOOSE, LOGIN, HELP = reverse("set_language"), reverse("accounts:login"), reverse("cabinet:help")


@pytest.fixture(autouse=True)
def _pages_of_two(settings):
    settings.LANGUAGES = [("ru", "Russian"), ("uz", "Uzbek"), ("en", "English")]


def choose(client, language):
    return client.post(CHOOSE, {"language": language, "next": HELP}, follow=True)


def enter(client, language, **more):
    application = ApplicationFactory(person__language=language)
    typed = {"username": application.number, "password": PASSWORD, **more}
    return client.post(LOGIN, typed)


def test_every_page_offers_each_language_by_its_own_name(client):
    page = client.get(LOGIN, headers={"accept-language": "ru"}).content.decode()

    assert all(f'lang="{code}"' in page for code in ("ru", "uz", "en"))
    assert "Русский" in page
    assert "English" in page


def test_a_stranger_chooses_for_this_browser(client):
    page = choose(client, "en").content.decode()

    assert '<html lang="en">' in page


def test_who_has_entered_is_told_things_in_the_language_too(client):
    person = PersonFactory()
    client.force_login(person.user)
    choose(client, "uz")
    choose(client, "uz")

    assert Person.objects.get(pk=person.pk).language == "uz"
    assert TimelineEntry.objects.filter(person=person).count() == 1


@pytest.mark.parametrize("language", ["kk", "", "ru; DROP", "x" * 300])
def test_an_unknown_language_is_said_and_changes_nothing(client, language):
    person = PersonFactory()
    client.force_login(person.user)
    answer = choose(client, language)

    assert "Портал не говорит на этом языке" in answer.content.decode()
    assert Person.objects.get(pk=person.pk).language == "ru"


def test_no_page_elsewhere_is_opened_by_the_choice(client):
    answer = client.post(CHOOSE, {"language": "en", "next": "https://elsewhere.example/"})

    assert answer["location"].startswith("/")


# --- after entering


def test_the_pages_speak_the_language_of_the_person_who_entered(client):
    enter(client, "uz")

    assert client.cookies[portal.LANGUAGE_COOKIE_NAME].value == "uz"
    assert client.cookies[portal.LANGUAGE_COOKIE_NAME]["max-age"]


def test_somebody_elses_phone_forgets_it(client):
    enter(client, "uz", borrowed="on")

    assert client.cookies[portal.LANGUAGE_COOKIE_NAME].value == "uz"
    assert not client.cookies[portal.LANGUAGE_COOKIE_NAME]["max-age"]


def test_what_was_chosen_in_this_browser_stays(client):
    choose(client, "en")
    enter(client, "uz")

    assert client.cookies[portal.LANGUAGE_COOKIE_NAME].value == "en"


@pytest.mark.parametrize("language", ["ru", "tg"])
def test_russian_and_a_language_without_pages_overrule_no_phone(client, language):
    enter(client, language)

    assert portal.LANGUAGE_COOKIE_NAME not in client.cookies
