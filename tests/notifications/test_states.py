"""Every state and every reason has words for the person, and none shows a code of ours."""

from datetime import datetime, timedelta
from itertools import product

import pytest
from django.utils.translation import override

from common.clock import MOSCOW
from notifications import states
from notifications.failures import Failure
from notifications.models import Channel, Lane, Message, MessageStatus

NOON = datetime(2026, 2, 17, 12, 3, tzinfo=MOSCOW)
NIGHT = NOON.replace(hour=23)
ENDS = [
    MessageStatus.FAILED,
    MessageStatus.EXPIRED,
    MessageStatus.UNKNOWN,
    MessageStatus.DROPPED,
]


def row(status, **facts):
    return Message(status=status, created_at=NOON, **facts)


def words(status, now=NOON, following=None, **facts):
    with override("ru"):
        return states.said(row(status, **facts), now, following).words


def test_every_state_and_reason_is_said_in_russian():
    for status, failure, channel in product(MessageStatus, ["", *Failure], Channel):
        delivered_at = NOON if status == MessageStatus.DELIVERED else None
        facts = {"failure": failure if status in ENDS else "", "delivered_at": delivered_at}
        with override("ru"):
            said = states.said(row(status, channel=channel, sent_at=NOON, **facts), NOON)
            reason = str(Failure(failure).label) if failure else ""

        assert said.words.startswith("Письмо" if channel == "email" else "SMS")
        assert said.sign in {"ok", "way", "clock", "no"}
        assert "%" not in said.words
        assert not failure or failure not in said.words
        if failure and status in {"failed", "expired", "dropped"}:
            assert reason in said.words
        letters = said.words.replace("SMS", "").replace("e-mail", "")
        assert not any("a" <= sign <= "z" for sign in letters.lower())


@pytest.mark.parametrize(
    ("status", "facts", "said"),
    [
        (
            "delivered",
            {"sent_at": NOON, "delivered_at": NOON + timedelta(minutes=1)},
            "SMS от 12:03 доставлено в 12:04.",
        ),
        (
            "failed",
            {"sent_at": NOON, "failure": "phone-off"},
            "SMS от 12:03 не доставлено: телефон выключен или вне сети.",
        ),
        ("dropped", {}, "SMS не отправлено: оно стало не нужно."),
        ("queued", {}, "SMS ждёт своей очереди."),
        ("queued", {"attempts": 2}, "SMS пока не ушло. Мы пробуем снова."),
    ],
)
def test_the_words_are_plain(status, facts, said):
    assert words(status, **facts) == said


def test_at_night_news_wait_for_the_morning_and_a_password_does_not(settings):
    settings.SMS_QUIET = [21, 9]

    assert words("queued", NIGHT) == "SMS ждёт утра: оно уйдёт после 9:00."
    assert "утра" not in words("queued", NIGHT, lane=Lane.AWAITED)


def test_another_day_is_said_with_its_date():
    later = NOON + timedelta(days=1)

    assert "18\u00a0февраля, 12:03" in words("delivered", sent_at=NOON, delivered_at=later)


def test_what_waited_too_long_accuses_nobody():
    """The limits of an operator may have held it, or those of ours, or the night."""
    assert words("expired", failure="too-late") == "SMS от 12:03 не отправлено: не ушло вовремя."


def test_what_never_left_was_not_sent():
    assert "не отправлено: такого номера нет" in words("failed", failure="no-such-number")


@pytest.mark.parametrize(
    ("channel", "said"), [("sms", "на другой ваш номер"), ("email", "на ваш e-mail")]
)
def test_what_goes_instead_is_said(channel, said):
    following = row("queued", channel=channel)

    assert said in words("failed", following=following, sent_at=NOON, failure="phone-off")
