"""Every message with the longest words that it may hold: for the staff's look, and for a test."""

from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext, override

from notifications.events import Event
from notifications.latin import in_letters, language_of
from notifications.length import segments
from notifications.letters import Words, may_be_stopped, words_of
from notifications.models import Channel

DAY = "28.02.2026"
STOP = "https://…/unsubscribe/…"
LONGEST = {
    "amount": "120 000,50 ₽",
    "by": DAY,
    "day": DAY,
    "end": DAY,
    "inn": "770000000156",
    "issued": DAY,
    "number": "1234567",
    "numbers": "1381161, 1282059, 1190418",
    "paid": DAY,
    "receipt": "ABCD-EFGH",
    "secret": "dhk4-mw7x-r3tv",
    "sum": "120 000",
    "tail": "161",
    "until": DAY,
    "when": "28.02 12:03",
}


class Longest(dict):
    """A placeholder that nobody has a sample for shows its name: a look must not break."""

    def __missing__(self, name: str) -> str:
        return f"<{name}>"


class Sample(NamedTuple):
    """How a message reads in one language, and how many SMS it is."""

    language: str
    latin: bool
    text: str
    segments: int | None  # None: it is a letter
    letter: Words | None = None


def sample(event: Event, language: str, *, latin: bool = False) -> Sample:
    spoken = language_of(language, latin=latin)
    with override(spoken):
        words = Longest(LONGEST | {"hotline": settings.HOTLINE} | event.sample())
        text = gettext(event.template) % words
    if event.channel == Channel.SMS:
        text = in_letters(text, spoken, latin=latin)
        return Sample(language, latin, text, segments(text))
    link = STOP if may_be_stopped(event) else ""
    return Sample(language, latin, text, None, words_of(event, text, spoken, link))
