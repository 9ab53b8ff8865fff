"""What the public pages about SMS show: examples, short codes, and how long an SMS takes now."""

from datetime import timedelta
from statistics import median
from typing import NamedTuple

from django.conf import settings

from accounts.contacts import told_numbers
from accounts.models import User
from cabinet import inbox
from common import clock
from common.formats import language_name
from common.kept import keep, kept
from notifications import events
from notifications.models import Channel, Message, MessageStatus
from notifications.samples import LONGEST, sample
from notifications.services.composing import DOTS

OWN = 5  # messages of the person's own
LOOKED_AT, ENOUGH = 200, 5
LATELY = timedelta(hours=1)
KEPT_SECONDS = 60
KEY = "sms-minutes"
EXAMPLES = [
    "accounts.password_reset",
    "payments.posted",
    "payments.reminder",
    "patents.ready",
]


class Language(NamedTuple):
    code: str
    name: str


def languages() -> list[Language]:
    return [Language(code, language_name(code)) for code in settings.TOLD_LANGUAGES]


def examples(language: str) -> list[str]:
    """A few of our SMS from the templates that ship, in one language; a password as dots."""
    known = [events.find(code) for code in EXAMPLES]
    return [sample(event, language).text.replace(LONGEST["secret"], DOTS) for event in known]


def minutes_now() -> int:
    """How many minutes an SMS took lately from the operator to the phone; 0 when too few came.

    One question a minute, of the newest rows.
    """
    minutes = kept(KEY)
    if minutes is None:
        minutes = _minutes_of_newest()
        keep(KEY, minutes, KEPT_SECONDS)
    return minutes


def _minutes_of_newest() -> int:
    since = clock.now() - LATELY
    newest = Message.objects.order_by("-created_at", "-pk")[:LOOKED_AT]
    taken = [
        (row.delivered_at - row.sent_at).total_seconds()
        for row in newest.only("channel", "status", "sent_at", "delivered_at")
        if row.channel == Channel.SMS
        and row.status == MessageStatus.DELIVERED
        and row.sent_at
        and row.sent_at >= since
    ]
    return max(1, round(median(taken) / 60)) if len(taken) >= ENOUGH else 0


def own_story(user: User) -> dict:
    """The person's last messages and numbers; nothing before the one-time password is changed."""
    person = getattr(user, "person", None)
    if person is None or user.must_change_password:
        return {}
    return {
        "inside": True,
        "entries": inbox.latest(person.pk, OWN),
        "phones": told_numbers(person),
    }
