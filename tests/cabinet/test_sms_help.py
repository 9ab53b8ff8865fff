"""The public pages about SMS: what to do when none came, and how to tell ours."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from cabinet import sms_help
from notifications.models import Message
from notifications.samples import sample
from tests.cabinet.home import NOON
from tests.factories import PhoneFactory

pytestmark = pytest.mark.django_db
NO_SMS, OUR_SMS = "/help/no-sms/", "/help/our-sms/"


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


def text_of(client, page: str) -> str:
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
        answer = client.get(page)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def came(seconds: int, times: int = sms_help.ENOUGH, **facts) -> None:
    for number in range(times):
        Message.objects.create(
            event="payments.posted",
            subject_id=number,
            key=f"{seconds}-{number}",
            next_try_at=NOON,
            expires_at=NOON,
            **{"status": "delivered", "delivered_at": NOON + timedelta(seconds=seconds)}
            | {"sent_at": NOON, "text": "Слова."}
            | facts,
        )


def test_a_stranger_reads_what_to_do_and_the_short_codes(client, settings):
    settings.USSD_CODE = "*132*007#"
    page = text_of(client, NO_SMS)

    assert "SMS не пришло?" in page
    for code in ("*132*007*1#", "*132*007*2#", "*132*007*3#"):
        assert code in page
    assert settings.HOTLINE in page
    assert "Ваши последние сообщения" not in page


def test_who_is_inside_sees_the_own_messages_and_the_number_masked(mine, patent):
    person = patent.application.person
    PhoneFactory(person=person, number="+79161234567")
    came(60, 1, person_id=person.pk, status="failed", failure="phone-off", delivered_at=None)

    page = text_of(mine, NO_SMS)

    assert "не доставлено: телефон выключен" in page
    assert "45-67" in page
    assert "79161234567" not in page
    assert reverse("accounts:contacts") in page


def test_a_number_that_no_sms_reaches_is_not_named_as_if_it_did(mine, patent):
    """One takes none, of the other its holder says that it is somebody else's."""
    person = patent.application.person
    PhoneFactory(person=person, number="+79161234567")
    PhoneFactory(person=person, kind="own", number="+79160007788", disowned_at=NOON)
    came(60, 1, address="+79161234567", status="failed", failure="blocked", delivered_at=None)

    page = text_of(mine, NO_SMS)

    assert "SMS сюда не приходят: оператор не пропускает SMS на этот номер" in page
    assert "77-88" not in page


def test_before_the_one_time_password_is_changed_the_page_shows_nothing_of_anybody(mine, patent):
    user = patent.application.person.user
    user.must_change_password, user.password_expires_at = True, NOON + timedelta(days=3)
    user.save()
    came(60, 1, person_id=patent.application.person.pk)

    page = text_of(mine, NO_SMS)

    assert "Слова." not in page
    assert "Где мы" not in page


def test_the_page_says_how_long_an_sms_takes_now(client):
    came(181)

    assert "сейчас SMS приходит за 3 минуты" in text_of(client, NO_SMS)


@pytest.mark.parametrize(
    "facts", [{"times": 2}, {"channel": "email"}, {"sent_at": NOON - timedelta(hours=3)}]
)
def test_what_says_nothing_of_now_is_not_counted(client, facts):
    came(181, **facts)

    assert "Подождите пять минут" in text_of(client, NO_SMS)


def test_our_sms_are_told_by_their_sender_and_their_digits(client):
    page = text_of(client, OUR_SMS)

    assert settings.SMS_SIGN in page
    assert "последние три цифры" in page
    assert "<form" not in re.sub(r'<details class="lang">.*?</details>', "", page, flags=re.DOTALL)


def test_the_one_code_that_is_asked_for_is_named_beside_those_that_are_not(client):
    """The hotline asks its caller for the code of `desk.messages.CALLER_CODE`."""
    page = text_of(client, OUR_SMS)

    assert "Мы не звоним, чтобы спросить пароль или код" in page
    assert "только код из SMS, где сказано, что он для горячей линии" in page


@pytest.mark.parametrize("language", settings.TOLD_LANGUAGES)
def test_examples_are_the_templates_that_ship(client, language):
    page = text_of(client, f"{OUR_SMS}?in={language}")

    said = sms_help.examples(language)
    assert len(said) == len(sms_help.EXAMPLES)
    for text in said:
        assert text in page
    assert sample(sms_help.events.find("payments.posted"), language).text in said


def test_no_example_shows_a_password_or_a_link(client):
    for language in settings.TOLD_LANGUAGES:
        for text in sms_help.examples(language):
            assert "dhk4" not in text
            assert "http" not in text
            assert "<" not in text


def test_an_unknown_language_is_russian(client):
    assert sms_help.examples("ru")[0] in text_of(client, f"{OUR_SMS}?in=xx")


@pytest.mark.parametrize("page", ["/login/", "/help/", "/help/no-sms/"])
def test_ways_lead_to_the_page(client, page):
    assert OUR_SMS in text_of(client, page)


def test_the_inbox_leads_to_both_pages_and_to_the_settings(mine):
    page = text_of(mine, "/cabinet/messages/")

    assert NO_SMS in page
    assert OUR_SMS in page
    assert "/cabinet/settings/" in page
