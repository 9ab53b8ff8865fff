"""A text that came out longer than anybody foresaw: its SMS says what it is about, and no more."""

import logging

from django.conf import settings
from django.utils.translation import gettext

from notifications.events import Event
from notifications.length import segments
from notifications.letters import subject_of

MOST_PARTS = 2
logger = logging.getLogger(__name__)


def is_too_long(text: str) -> bool:
    return segments(text) > MOST_PARTS


def short_form(event: Event, words: dict) -> str:
    """In the active language: the subject of its letter, whose application, whom to call.

    The whole text stays in the cabinet. The log has the event alone: the text is somebody's.
    """
    logger.error("a text of %s is longer than %s parts", event.code, MOST_PARTS)
    tail = f" (...{words['tail']})" if "tail" in words else ""
    return f"{gettext(subject_of(event))}{tail}. {settings.HOTLINE}"
