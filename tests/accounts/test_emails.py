"""An e-mail: the letter with its link, and the word to the one before."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import override_settings
from django.urls import reverse
from django.utils import translation

from accounts import kinds, services
from accounts.errors import NothingToConfirm
from accounts.services import contacts
from common import clock
from notifications.models import Message
from notifications.services.mailing import drain_letters
from tests.at_once import at_once, meeting


@pytest.fixture
def post(mailoutbox):
    """The letters that have gone, once the worker of letters has worked."""

    def carry():
        drain_letters()
        return mailoutbox

    return carry


@pytest.fixture
def link(inside, post):
    inside.post(reverse("accounts:email_change"), {"email": "karimov@example.org"})
    [letter] = post()
    assert letter.to == ["karimov@example.org"]
    return re.search(r"http://testserver(/email/\S+/)", letter.body)[1]


def test_an_email_counts_once_its_link_was_opened_and_its_button_pressed(client, person, link):
    client.logout()  # the letter may be read on another device
    client.get(link)
    assert not person.emails.current().exists()

    client.post(link)

    assert person.emails.current().get().address == "karimov@example.org"
    assert kinds.EMAIL_CONFIRMED in person.timeline.values_list("kind", flat=True)


def test_a_link_works_once_and_for_three_days(client, person, link):
    with time_machine.travel(clock.now() + timedelta(days=3, seconds=1)):
        client.post(link)
        assert not person.emails.current().exists()
    client.post(link)
    first = person.emails.current().get().confirmed_at

    client.post(link)

    assert person.emails.current().get().confirmed_at == first


def test_a_new_link_kills_the_one_before_and_letters_a_day_are_few(inside, person, link, post):
    for _ in range(6):
        inside.post(reverse("accounts:email_change"), {"email": "karimov@example.org"})
        post()

    inside.post(link)

    assert len(post()) == 5
    assert not person.emails.current().exists()


@pytest.mark.parametrize("host", ["evil.example", "localhost:8000@evil.example"])
def test_the_letter_leads_to_the_portal_whatever_host_was_asked(inside, post, host, settings):
    settings.ALLOWED_HOSTS = ["*"]

    inside.post(
        reverse("accounts:email_change"),
        {"email": "karimov@example.org"},
        headers={"host": host, "x-forwarded-host": host},
    )

    assert all("evil" not in letter.body for letter in post())


def test_while_the_mail_server_is_away_the_letter_waits(inside, post, settings):
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=9,
    ):
        answer = inside.post(reverse("accounts:email_change"), {"email": "karimov@example.org"})
        drain_letters()
    assert answer.status_code == 302

    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        assert [letter.to for letter in post()] == [["karimov@example.org"]]


def test_the_link_stands_in_no_row_once_the_letter_has_gone(link):
    token = link.split("/")[2]

    [message] = Message.objects.all()
    assert token not in str(message.__dict__)


@pytest.fixture
def confirmed(person, post, no_broker):
    """Ask for an e-mail and press the button of its letter; the letters so far go away."""

    def confirm(address):
        services.ask_email(person=person, address=address)
        token = re.search(r"/email/(\S+)/", post()[-1].body)[1]
        post().clear()
        services.confirm_email(token=token)

    return confirm


def test_the_old_email_is_told_once_the_new_one_counts(confirmed, post, mailoutbox):
    confirmed("old@example.org")
    post()
    assert not mailoutbox

    confirmed("new@example.org")
    post()
    post()

    [letter] = mailoutbox
    assert letter.to == ["old@example.org"]
    assert settings.HOTLINE in letter.body
    assert "new@example.org" not in letter.body


def test_an_email_that_is_only_asked_for_tells_the_old_one_nothing(
    person, confirmed, post, mailoutbox
):
    confirmed("old@example.org")
    services.ask_email(person=person, address="new@example.org")
    post()

    assert [letter.to for letter in mailoutbox] == [["new@example.org"]]


def test_the_same_email_confirmed_again_is_no_change(confirmed, post, mailoutbox):
    confirmed("old@example.org")
    confirmed("Old@example.org")
    post()

    assert not mailoutbox


def test_the_letter_to_the_old_email_speaks_the_persons_language(
    person, confirmed, post, mailoutbox
):
    type(person).objects.update(language="en")
    confirmed("old@example.org")
    confirmed("new@example.org")

    with translation.override("ru"):
        post()

    assert "another e-mail now" in mailoutbox[0].body


@pytest.mark.django_db(transaction=True)
def test_a_link_pressed_four_times_at_once_counts_once_and_tells_the_old_email_once(
    person, confirmed, post, mailoutbox
):
    confirmed("old@example.org")
    services.ask_email(person=person, address="new@example.org")
    token = re.search(r"/email/(\S+)/", post().pop().body)[1]

    answers = pressing(token, 4)
    post()

    assert sorted(answers, key=str) == [NothingToConfirm] * 3 + [None]
    assert [letter.to for letter in mailoutbox] == [["old@example.org"]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("unlocked")
def test_without_the_lock_two_presses_both_count(person, confirmed, post, mailoutbox, monkeypatch):
    """The twin: both have found the link unused before either of them writes."""
    confirmed("old@example.org")
    services.ask_email(person=person, address="new@example.org")
    token = re.search(r"/email/(\S+)/", post().pop().body)[1]
    meeting(monkeypatch, contacts, "_replace", 2)

    assert pressing(token, 2) == [None, None]


def pressing(token, count):
    def press():
        try:
            services.confirm_email(token=token)
        except NothingToConfirm as refusal:
            return type(refusal)

    return at_once(*[press] * count)
