"""«Обновить» beside the picture, without scripts: another picture, nothing typed is lost."""

import re

import pytest
from captcha.models import CaptchaStore
from django.urls import reverse

from accounts.models import DoorRequest, RateCounter
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
TYPED = {
    "login": {"username": "138-11 61", "password": "dalniy-les-42", "borrowed": "on"},
    "password_reset": {"username": "138-11 61", "phone": "8 916 123-45-67"},
    "recover": {"username": "1381161", "code": "7p9y-f8jr-tw4t-hdj6", "phone": "8 916 1234567"},
    "forgot_number": {"phone": "8 916 123-45-67"},
}


def refreshed(client, page, picture):
    typed = {**TYPED[page], **picture(), "refresh": "1"}
    return client.post(reverse(f"accounts:{page}"), typed)


@pytest.mark.parametrize("page", TYPED)
def test_what_was_typed_stays_and_a_password_does_not(client, person, picture, page):
    answer = refreshed(client, page, picture).content.decode()

    kept = [text for name, text in TYPED[page].items() if name not in ("password", "borrowed")]
    assert all(f'value="{text}"' in answer for text in kept)
    assert "dalniy-les-42" not in answer


@pytest.mark.parametrize("page", TYPED)
def test_another_picture_is_drawn_and_nothing_is_done_or_counted(
    client, person, picture, page, hashes
):
    answer = refreshed(client, page, picture)

    assert not answer.context["form"].errors
    key = re.search(r'name="captcha_0" value="(\w+)"', answer.content.decode())[1]
    assert CaptchaStore.objects.filter(hashkey=key).exists()
    assert not RateCounter.objects.exists()
    assert not DoorRequest.objects.exists()
    assert hashes == []


def test_the_tick_of_the_borrowed_phone_stays(client, person, picture):
    assert refreshed(client, "login", picture).context["form"]["borrowed"].value() == "on"


def test_the_page_asked_for_before_stays(client, person, picture):
    typed = {**TYPED["login"], **picture(), "refresh": "1", "next": "/cabinet/patent/"}

    page = client.post(reverse("accounts:login"), typed).content.decode()

    assert '<input type="hidden" name="next" value="/cabinet/patent/">' in page


def test_a_right_password_with_the_button_opens_nothing(client, person, picture):
    typed = {"username": "1381161", "password": PASSWORD, **picture(), "refresh": "1"}

    assert client.post(reverse("accounts:login"), typed).status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("page", TYPED)
def test_enter_on_a_keyboard_sends_the_form_and_does_not_refresh(client, page, picture):
    """Browsers press the first button of the form."""
    form = refreshed(client, page, picture).content.decode().split("<form", 3)
    form = next(part for part in form if "captcha" in part)

    assert 'name="refresh"' not in form.split("<button")[1]
