"""What became of a message, in words for whom it was meant: when, by which way, and why not."""

from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from common import formats
from common.clock import moscow_day
from notifications import failures
from notifications.models import Channel, Lane, Message, MessageStatus
from notifications.quiet import is_quiet

OK, WAY, WAITS, NOT = "ok", "way", "clock", "no"  # signs of the page


class Said(NamedTuple):
    sign: str
    words: str


def said(row: Message, now: datetime, next_one: Message | None = None) -> Said:
    """The state of one way of a message; ``next_one`` is what goes in its place."""
    sign, words = STATES[row.status](row, now)
    return Said(sign, f"{words} {_instead(next_one)}".strip())


def _waiting(row: Message, now: datetime) -> Said:
    what = {"what": _what(row)}
    if row.lane != Lane.AWAITED and is_quiet(now):
        morning = {**what, "time": f"{settings.SMS_QUIET[1]}:00"}
        return Said(WAITS, _("%(what)s waits for the morning: it goes after %(time)s.") % morning)
    if row.attempts:
        return Said(WAITS, _("%(what)s has not gone yet. We try again.") % what)
    return Said(WAITS, _("%(what)s waits for its turn.") % what)


def _sending(row: Message, now: datetime) -> Said:
    return Said(WAITS, _("%(what)s is going out now.") % {"what": _what(row)})


def _sent(row: Message, now: datetime) -> Said:
    if row.channel == Channel.EMAIL:
        return Said(OK, _("%(what)s of %(time)s was sent.") % _when(row))
    return Said(
        WAY, _("%(what)s of %(time)s was sent. We do not know yet whether it came.") % _when(row)
    )


def _delivered(row: Message, now: datetime) -> Said:
    facts = {**_when(row), "came": _time(row.delivered_at, row)}
    return Said(OK, _("%(what)s of %(time)s was delivered at %(came)s.") % facts)


def _failed(row: Message, now: datetime) -> Said:
    why = failures.words(row.failure) or _("we do not know why")
    facts = {**_when(row), "why": why}
    if row.sent_at is None:
        return Said(NOT, _("%(what)s of %(time)s was not sent: %(why)s.") % facts)
    return Said(NOT, _("%(what)s of %(time)s was not delivered: %(why)s.") % facts)


def _dropped(row: Message, now: datetime) -> Said:
    if row.failure:
        return _failed(row, now)
    return Said(OK, _("%(what)s was not sent: it was no longer needed.") % {"what": _what(row)})


def _unknown(row: Message, now: datetime) -> Said:
    return Said(
        WAY,
        _("%(what)s of %(time)s was sent. The operator did not say whether it came.") % _when(row),
    )


STATES = {
    MessageStatus.QUEUED: _waiting,
    MessageStatus.SENDING: _sending,
    MessageStatus.SENT: _sent,
    MessageStatus.DELIVERED: _delivered,
    MessageStatus.FAILED: _failed,
    MessageStatus.EXPIRED: _failed,
    MessageStatus.DROPPED: _dropped,
    MessageStatus.UNKNOWN: _unknown,
}


def _instead(next_one: Message | None) -> str:
    if next_one is None:
        return ""
    if next_one.channel == Channel.EMAIL:
        return _("A letter to your e-mail goes instead.")
    return _("An SMS to your other number goes instead.")


def _what(row: Message) -> str:
    return _("Letter") if row.channel == Channel.EMAIL else _("SMS")


def _when(row: Message) -> dict[str, str]:
    moment = row.sent_at or row.created_at
    return {"what": _what(row), "time": _time(moment, row)}


def _time(moment: datetime, row: Message) -> str:
    """By the clock of Moscow; with its day when that is not the day of the message."""
    time = formats.clock_time(moment)
    day = moscow_day(moment)
    return time if day == moscow_day(row.created_at) else f"{formats.day(day)}, {time}"
