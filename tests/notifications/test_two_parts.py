"""Which texts cost two SMS, and that none ever costs three. Cyrillic has 70 signs a part.

The lists are frozen: a text that grows beyond one part is a price that somebody agreed to here.
"""

import logging

import pytest
from django.conf import settings
from django.utils import translation

from notifications import services, short
from notifications.events import known
from notifications.latin import CYRILLIC
from notifications.length import segments
from notifications.letters import subject_of
from notifications.models import Channel
from notifications.samples import sample

EVERYWHERE = {
    "accounts.phone_code",
    "accounts.recovery_asked",
    "desk.caller_code",
    "payments.apology",
    "payments.cash_twice",
    "payments.cash_was_one",
    "payments.cheque_asked",
    "payments.cheque_confirmed",
    "payments.cheque_long",
    "payments.cheque_part_found",
    "payments.cheque_part_shown",
    "payments.cheque_part_sought",
    "payments.cheque_rejected",
    "payments.cheque_shown",
    "payments.day_checked",
    "payments.day_fell",
    "payments.day_moved",
    "payments.day_stood",
    "payments.first_missing",
    "payments.given_back",
    "payments.lapse_withdrawn",
    "payments.lapsed",
    "payments.late_money",
    "payments.one_payment",
    "payments.paid_twice",
    "payments.part_posted",
    "payments.receipt_cancelled",
    "payments.refunded",
    "payments.reminder_ahead",
    "payments.returned",
    "payments.second_posted",
    "payments.second_refunded",
    "payments.second_was_one",
    "payments.taken",
    "payments.till_corrected",
    "payments.till_taken",
    "payments.traced",
    "payments.uncounted",
    "payments.unseen",
    "ussd.answer",
}
BESIDES = {
    "ru": {
        "patents.step_taken_back",
        "payments.day_unknown",
        "ussd.help",
        "ussd.stopped",
        "ussd.which",
    },
    "tg": {"ussd.not_me", "ussd.which"},
    "uk": {"patents.inn_assigned", "payments.day_unknown", "ussd.stopped"},
    "uz-cyrl": {
        "patents.patent_restated",
        "payments.day_unknown",
        "payments.reissue",
        "ussd.not_me",
    },
}
OURS = [
    event
    for event in known()
    if event.channel == Channel.SMS and not event.code.startswith("tests.")
]
LONG = "я" * 300


@pytest.mark.parametrize("language", settings.TOLD_LANGUAGES)
def test_only_these_texts_cost_two_parts(language):
    two = {event.code for event in OURS if sample(event, language).segments > 1}

    assert two == (EVERYWHERE | BESIDES[language] if language in CYRILLIC else set())


@pytest.mark.parametrize("language", settings.TOLD_LANGUAGES)
def test_every_short_form_is_one_part_and_says_whose(language):
    with translation.override(language):
        forms = [short.short_form(event, {"tail": "161"}) for event in OURS]

    assert {segments(form) for form in forms} == {1}
    assert all("161" in form and settings.HOTLINE in form for form in forms)


@pytest.fixture
def long(world, monkeypatch):
    world.language = "ru"
    monkeypatch.setattr(world, "context", lambda pk: {"number": LONG, "language": "ru"})


def test_no_sms_is_longer_than_two_parts_whatever_it_says(queued, aero, long, caplog):
    message = queued()

    with caplog.at_level(logging.ERROR):
        services.deliver(message.pk)

    [sms] = aero.sent
    message.refresh_from_db()
    assert LONG not in sms["text"]
    assert settings.HOTLINE in sms["text"]
    assert message.segments == 1
    assert LONG in message.text  # the cabinet has all of it
    assert "tests.news" in caplog.text
    assert "яя" not in caplog.text


def test_a_text_of_two_parts_goes_as_it_is(queued, aero, world, monkeypatch):
    world.language = "ru"
    monkeypatch.setattr(world, "context", lambda pk: {"number": "я" * 90, "language": "ru"})
    services.deliver(queued().pk)

    [sms] = aero.sent
    assert "я" * 90 in sms["text"]


def test_a_secret_is_never_cut(queued, aero, password, world):
    world.language = "ru"
    services.deliver(queued(password, secret=LONG).pk)

    [sms] = aero.sent
    assert LONG in sms["text"]


@pytest.mark.parametrize("language", settings.TOLD_LANGUAGES)
def test_the_subject_of_a_letter_is_read_whole_on_a_phone(language):
    """A mailbox of a phone shows about forty signs of it."""
    with translation.override(language):
        subjects = {translation.gettext(subject_of(event)) for event in known()}

    assert [one for one in subjects if len(one) > 40] == []


def test_no_subject_of_a_letter_is_left_in_english():
    for language in settings.TOLD_LANGUAGES:
        with translation.override(language):
            said = {event.code: translation.gettext(subject_of(event)) for event in OURS}
        same = [event.code for event in OURS if said[event.code] == subject_of(event)]
        assert bool(same) == (language == "en"), language
