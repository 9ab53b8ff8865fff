"""The page of living examples shows every part that pages are built from."""

from pathlib import Path

import pytest
from django.template.loader import get_template
from django.urls import reverse

from payments.standing import State
from tests.factories import PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("cabinet:examples")
# Of the page itself, or drawn by a tag of its own.
ELSEWHERE = {"language.html": "base.html", "year.html": "{% year standing %}"}


@pytest.fixture
def page(client):
    client.force_login(StaffFactory())
    return client.get(PAGE, headers={"accept-language": "en"}).content.decode()


def test_each_state_stands_there_once(page):
    for state in State:
        assert page.count(f'id="{state.value}-title"') == 1, state


def test_no_component_is_forgotten(settings):
    source = Path(get_template("cabinet/examples.html").origin.name).read_text()
    folder = settings.BASE_DIR / "templates" / "components"
    names = {path.name for path in folder.glob("*.html")}

    included = {name for name in names if f'include "components/{name}"' in source}
    assert included | ELSEWHERE.keys() == names
    assert all(said in source for said in ELSEWHERE.values())


def test_the_form_shows_its_mistakes_and_the_notes_their_words(page):
    for words in ("There is a problem", "The centre is closed", "Done.", "press “Sign out”"):
        assert words in page


def test_a_person_finds_nothing_and_nobody_is_asked_who_they_are(client):
    assert client.get(PAGE).status_code == 302
    client.force_login(PersonFactory().user)

    assert client.get(PAGE).status_code == 404
