"""Letters: text and HTML of one template, one click to stop them, sent by the outbox."""

import re
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
import time_machine
from django.conf import settings
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from common import clock
from notifications import services
from notifications.events import Event, known
from notifications.letters import words_of
from notifications.models import Channel, Message, Preference, Topic
from notifications.services import mailing
from tests.factories import PersonFactory
from tests.notifications.conftest import _world

ADDRESS = "karimov@example.org"
ABOUT_MONEY = Event(
    code="tests.letter",
    template="Paid.\n\nCall <b>%(number)s</b>",
    recipient=lambda pk: _world.recipient(pk),
    context=lambda pk: _world.context(pk),
    still_true=lambda pk: _world.still_true(pk),
    topic=Topic.MONEY,
    channel=Channel.EMAIL,
    label="-",
)
LEGAL = Event(
    code="tests.legal_letter",
    template="Lapsed",
    recipient=lambda pk: _world.recipient(pk),
    topic=Topic.MONEY,
    channel=Channel.EMAIL,
    legal=True,
    label="-",
)
LINK = Event(
    code="tests.link",
    template="Open: %(secret)s",
    subject_line="Your e-mail",
    recipient=lambda pk: _world.recipient(pk),
    topic=Topic.ACCESS,
    channel=Channel.EMAIL,
    label="-",
)


@pytest.fixture
def letter(queued):
    def promise(event=ABOUT_MONEY, **more):
        return queued(event, address=ADDRESS, **more)

    return promise


def reread(message):
    message.refresh_from_db()
    return message


def test_letter_goes_as_text_and_as_html_of_the_same_words(letter, mailoutbox):
    message = letter()
    assert mailing.drain_letters() == 1

    [sent] = mailoutbox
    assert sent.to == [ADDRESS]
    assert sent.body.startswith("Paid.\n\nCall <b>7</b>\n")
    [(html, kind)] = sent.alternatives
    assert kind == "text/html"
    assert "<p>Paid.</p>" in html
    assert "Call &lt;b&gt;7&lt;/b&gt;" in html
    assert '<html lang="en">' in html
    assert reread(message).status == "sent"
    assert (message.address, message.segments) == (ADDRESS, None)


def test_subject_says_what_a_letter_is_about(letter, mailoutbox):
    letter()
    mailing.drain_letters()

    assert mailoutbox[0].subject == "Payments for your patent"


@pytest.mark.parametrize("language", settings.TOLD_LANGUAGES)
def test_each_letter_has_a_subject_in_each_language(language):
    """Every message may become a letter, when no number took it."""
    ours = [event for event in known() if not event.code.startswith("tests.")]
    said = {event.code: words_of(event, "-", language, "").subject for event in ours}
    english = {event.code: words_of(event, "-", "en", "").subject for event in ours}

    alike = [code for code in said if said[code] == english[code]]
    assert [code for code, subject in said.items() if not subject] == []
    assert alike == [] or language == "en"


def test_letter_is_sent_once(letter, mailoutbox):
    letter()
    mailing.drain_letters()
    mailing.drain_letters()

    assert len(mailoutbox) == 1


def test_sms_drain_leaves_letters_alone(letter, aero, mailoutbox):
    letter()
    services.drain()

    assert (aero.sent, mailoutbox) == ([], [])


def test_what_is_no_longer_true_is_not_written(letter, world, mailoutbox):
    message = letter()
    world.true = False
    mailing.drain_letters()

    assert (reread(message).status, mailoutbox) == ("dropped", [])


def test_secret_goes_in_the_letter_and_nowhere_else(letter, mailoutbox):
    message = letter(LINK, secret="https://portal.example/email/abc/")
    mailing.drain_letters()

    assert "https://portal.example/email/abc/" in mailoutbox[0].body
    assert '<a href="https://portal.example/email/abc/"' in mailoutbox[0].alternatives[0][0]
    assert (reread(message).secret, "abc" in message.text) == ("", False)
    assert mailoutbox[0].subject == "Your e-mail"


def test_letter_has_one_number_at_every_attempt(letter, mailoutbox):
    message = letter()
    mailing.drain_letters()
    Message.objects.update(status="queued", sent_at=None)
    mailing.drain_letters()

    first, second = (sent.extra_headers["Message-ID"] for sent in mailoutbox)
    assert first == second
    assert str(message.pk) in first


def test_letter_waits_for_no_receipt(letter):
    message = letter()
    mailing.drain_letters()
    with time_machine.travel(clock.now() + timedelta(days=2)):
        services.sweep()

    assert reread(message).status == "sent"


# --- the mail server


@pytest.fixture
def server_says(monkeypatch):
    def say(*errors):
        left = list(errors)

        def send(self, letters):
            if left:
                raise left.pop(0)
            return real(self, letters)

        monkeypatch.setattr(EmailBackend, "send_messages", send)

    real = EmailBackend.send_messages
    return say


@pytest.mark.parametrize(
    "error",
    [
        SMTPRecipientsRefused({ADDRESS: (550, b"no such user karimov@example.org")}),
        SMTPDataError(554, b"spam"),
    ],
)
def test_mailbox_that_takes_no_letter_ends_it(letter, server_says, caplog, error):
    message = letter()
    server_says(error)
    mailing.drain_letters()

    assert (reread(message).status, message.failure) == ("failed", "mailbox")
    assert message.provider_code == str(getattr(error, "smtp_code", 550))
    assert ADDRESS not in caplog.text


@pytest.mark.parametrize(
    "error",
    [
        SMTPRecipientsRefused({ADDRESS: (450, b"later")}),
        SMTPServerDisconnected("gone"),
        ConnectionRefusedError(),
        TimeoutError(),
    ],
)
def test_mail_server_in_trouble_gets_the_letter_later(letter, server_says, mailoutbox, error):
    message = letter()
    server_says(error)
    mailing.drain_letters()
    assert reread(message).status == "queued"

    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        mailing.drain_letters()

    assert (reread(message).status, len(mailoutbox)) == ("sent", 1)


@pytest.mark.parametrize("error", [SMTPDataError(554, b"spam"), ValueError("a header")])
def test_one_letter_that_cannot_be_sent_harms_no_other(letter, server_says, mailoutbox, error):
    letter(), letter(subject_id=8)
    server_says(error)
    mailing.drain_letters()

    assert len(mailoutbox) == 1


def test_mail_server_that_is_away_is_asked_once_and_nobody_loses_an_attempt(
    letter, server_says, mailoutbox
):
    letter(), letter(subject_id=8)
    server_says(SMTPServerDisconnected("gone"))
    mailing.drain_letters()

    assert mailoutbox == []
    assert sorted(Message.objects.values_list("attempts", flat=True)) == [0, 1]


def test_a_long_drain_of_letters_goes_on_in_the_next_task(letter, mailoutbox, monkeypatch):
    woken = []
    monkeypatch.setattr(mailing, "AT_ONCE", 1)
    monkeypatch.setattr(mailing, "LONGEST_SECONDS", 0)
    monkeypatch.setattr(mailing, "wake_for_letters", lambda: woken.append(1))
    letter(), letter(subject_id=8)

    assert mailing.drain_letters() == 1
    assert (len(mailoutbox), woken) == (1, [1])


def test_letters_for_which_the_lease_has_no_time_wait_and_lose_no_attempt(letter, settings):
    message = letter()
    settings.SMS_LEASE_SECONDS = 5
    mailing.drain_letters()

    assert (reread(message).status, message.attempts) == ("queued", 0)
    assert message.next_try_at > clock.now()


# --- one click


def link_in(sent):
    [link] = re.findall(r"http://testserver(/unsubscribe/\S+/)", sent.body)
    return link


def test_letter_can_be_stopped_by_one_click_of_the_mail_program(letter, mailoutbox):
    PersonFactory(pk=70)
    letter()
    mailing.drain_letters()
    headers = mailoutbox[0].extra_headers
    address = headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post(address, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    chosen = Preference.objects.values_list("person_id", "topic", "channel", "on")
    assert list(chosen) == [(70, "money", "email", False)]


def test_link_shows_a_button_and_changes_nothing_by_itself(letter, mailoutbox, client):
    PersonFactory(pk=70)
    letter()
    mailing.drain_letters()
    link = link_in(mailoutbox[0])
    assert "stop these letters" in client.get(link, headers={"accept-language": "en"}).text
    assert not Preference.objects.exists()

    assert "no more letters" in client.post(link, headers={"accept-language": "en"}).text
    assert ADDRESS not in link


@pytest.mark.parametrize("event", [LEGAL, LINK])
def test_legal_notice_and_words_about_the_entrance_cannot_be_stopped(letter, mailoutbox, event):
    Preference.objects.create(person_id=70, topic=event.topic, channel="email", on=False)
    letter(event)
    mailing.drain_letters()

    [sent] = mailoutbox
    assert "List-Unsubscribe" not in sent.extra_headers
    assert "unsubscribe" not in sent.body


def test_letter_that_was_switched_off_while_it_waited_is_not_sent(letter, mailoutbox):
    message = letter()
    services.choose_channel(person_id=70, topic=Topic.MONEY, channel=Channel.EMAIL, on=False)
    mailing.drain_letters()

    assert (reread(message).status, message.failure) == ("dropped", "switched-off")
    assert message.text.startswith("Paid.")
    assert mailoutbox == []


@pytest.mark.parametrize("token", ["x", "WzEsMl0:x:y"])
def test_forged_link_stops_nothing(db, client, token):
    answer = client.post(f"/unsubscribe/{token}/", headers={"accept-language": "en"})

    assert "This link is not complete" in answer.text
    assert not Preference.objects.exists()
