"""From a claimed row to its words: the truth is read again, or the row comes to its end."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from common import clock
from common.sealing import SealBroken, unseal
from notifications import events, numbers
from notifications.failures import Failure
from notifications.latin import in_letters, language_of
from notifications.length import segments
from notifications.models import Channel, Lane, Message, MessageStatus
from notifications.services.mishaps import log_mishap
from notifications.services.outcomes import MAY_HAVE_COME, Outcome, put_off
from notifications.short import is_too_long, short_form

logger = logging.getLogger(__name__)

DOTS = "••••••"
ATTEMPTS = 25  # more than fit into two days with these pauses
BROKEN_ATTEMPTS = 5  # our own mistake does not mend itself

NO_EVENT = gettext_noop("nobody knows this event any more")
NO_PHONE = gettext_noop("no phone")
NO_SMS_THERE = gettext_noop("no SMS goes to this number")
NOT_THEIRS = gettext_noop("the number is not this person's")
GIVEN_UP = gettext_noop("the number or the e-mail is not this person's any more")
NOT_TRUE = gettext_noop("no longer true")
TOO_LATE = gettext_noop("too late")
TAKEN_BACK = gettext_noop("taken back before it was sent")
NO_SECRET = gettext_noop("the sealed secret cannot be opened")
TOO_OFTEN = gettext_noop("too many attempts")
OUR_ERROR = gettext_noop("an error of the portal")


class Over(Exception):
    """The message's way ends before an operator is asked."""

    def __init__(self, status: MessageStatus, reason: str, failure: str = ""):
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.failure = failure


class Composed(NamedTuple):
    """A row that has its final text; ``text`` is with the secret that the row does not show."""

    row: Message
    text: str


class Batch:
    """The rows of a batch with their words, and those that came to their end. One row that cannot
    be composed harms no other."""

    def __init__(self, rows: Iterable[Message]):
        self.ready: list[Composed] = []
        self.over: list[Outcome] = []
        by_event = defaultdict(list)
        for row in rows:
            by_event[row.event].append(row)
        for code, same in by_event.items():
            self._compose_all(same, events.find(code))
        self.ready.sort(key=lambda one: (one.row.lane, one.row.next_try_at, one.row.pk))

    def _compose_all(self, rows: list[Message], event: events.Event | None) -> None:
        told = _answers_for_many(event, rows)
        for row in rows:
            try:
                self.ready.append(_compose(row, event, told))
            except Over as over:
                self.over.append(_ended(row, over))
            except Exception as error:
                self.over.append(broken(row, error))


def _ended(row: Message, over: Over) -> Outcome:
    asked = row.provider if row.taken_possible else ""
    return Outcome(row, over.status, over.reason, failure=over.failure, provider=asked)


def _answers_for_many(
    event: events.Event | None, rows: list[Message]
) -> dict[int, events.Told] | None:
    """None where each row has to be asked about by itself: then one bad row harms itself only."""
    if event is None or event.many is None:
        return None
    try:
        return event.many({row.subject_id for row in rows})
    except Exception as error:
        log_mishap(f"message {rows[0].pk}", error)
        return None


def _compose(
    row: Message, event: events.Event | None, told: dict[int, events.Told] | None
) -> Composed:
    if event is None:
        logger.error("message %s has an unknown event %s", row.pk, row.event)
        raise Over(MessageStatus.FAILED, NO_EVENT, Failure.OUR_ERROR)
    if _is_taken_back(row):
        raise _taken_back(row)
    is_late = row.expires_at <= clock.now()
    try:
        text = _written(row, event, told)
    except Over:
        raise
    except Exception:
        if not is_late:
            raise
        raise _too_late(row) from None
    if is_late:
        raise _too_late(row)
    _check_that_it_may_go(row)
    return Composed(row, text)


def _is_taken_back(row: Message) -> bool:
    """It, or what it stands in for: an apology went out, the wrong words must not come after it."""
    return row.taken_back_at is not None or (row.after is not None and _is_taken_back(row.after))


def _taken_back(row: Message) -> Over:
    if row.taken_possible:
        return Over(MessageStatus.UNKNOWN, MAY_HAVE_COME)
    return Over(MessageStatus.DROPPED, TAKEN_BACK)


def _too_late(row: Message) -> Over:
    if row.taken_possible:
        return Over(MessageStatus.UNKNOWN, MAY_HAVE_COME)
    return Over(MessageStatus.EXPIRED, TOO_LATE, Failure.TOO_LATE)


def _not_true(row: Message) -> Over:
    """Nobody says "not sent" of what an operator may have."""
    if row.taken_possible:
        return Over(MessageStatus.UNKNOWN, MAY_HAVE_COME)
    return Over(MessageStatus.DROPPED, NOT_TRUE)


def _not_theirs(row: Message) -> Over:
    """It may have been promised, or even claimed, before the number's holder said so."""
    if row.taken_possible:
        return Over(MessageStatus.UNKNOWN, MAY_HAVE_COME)
    return Over(MessageStatus.FAILED, NOT_THEIRS, Failure.DISOWNED)


def _given_up(row: Message) -> Over:
    """It was theirs when it was promised; somebody else may have it now."""
    if row.taken_possible or row.expires_at <= clock.now():
        return _too_late(row)
    return Over(MessageStatus.FAILED, GIVEN_UP, Failure.GIVEN_UP)


def _check_that_it_may_go(row: Message) -> None:
    """Where the operator cannot tell a second attempt from a second message, only what somebody
    waits for goes to it again."""
    knows_it = row.provider in settings.SMS_TAKES_REFERENCE or row.lane == Lane.AWAITED
    if row.taken_possible and not knows_it:
        raise Over(MessageStatus.UNKNOWN, MAY_HAVE_COME)
    if row.attempts > ATTEMPTS:
        raise Over(MessageStatus.FAILED, TOO_OFTEN, Failure.TOO_LATE)
    if not row.address:
        raise Over(MessageStatus.FAILED, NO_PHONE, Failure.NO_ADDRESS)
    refusal = numbers.refusal(row.address) if row.channel == Channel.SMS else ""
    if refusal:
        raise Over(MessageStatus.FAILED, NO_SMS_THERE, refusal)


def _written(row: Message, event: events.Event, told: dict[int, events.Told] | None) -> str:
    """Puts address, language and the text to be shown on the row; gives the text to be sent.

    What has come too late is written as well: the person reads it in the cabinet.
    """
    recipient, context = _asked(row, event, told)
    secret = _open_secret(row)
    row.person_id = recipient.person_id
    latin = recipient.latin
    row.language = language_of(recipient.language or settings.LANGUAGE_CODE, latin=latin)
    if not (row.taken_possible and row.address):  # else an operator may have it, for that number
        row.address = row.fixed_address or _address(row, recipient)
    with translation.override(row.language):
        words = context if told is not None else event.context(row.subject_id)
        template = gettext(event.template)
        shown = template % {**words, "secret": DOTS if secret else ""}
        text = template % {**words, "secret": secret}
        short = _short(row, event, words, in_letters(text, row.language, latin=latin))
    if row.channel == Channel.SMS:
        row.text, text = (
            in_letters(one, row.language, latin=latin) for one in (shown, short or text)
        )
        row.segments = segments(text)
    else:
        row.text = shown
    if row.address in recipient.disowned:
        raise _not_theirs(row)
    if row.after_id is not None and row.address not in _addresses(row, recipient):
        raise _given_up(row)
    return text


def _short(row: Message, event: events.Event, words: dict, text: str) -> str:
    """What is sent instead of a text of more parts than any may have; a secret goes as it is."""
    is_long = row.channel == Channel.SMS and not row.secret and is_too_long(text)
    return short_form(event, words) if is_long else ""


def _address(row: Message, recipient: events.Recipient) -> str:
    return next(iter(_addresses(row, recipient)), "")


def _addresses(row: Message, recipient: events.Recipient) -> tuple[str, ...]:
    """Those of the channel that are the person's now, the best first."""
    return (recipient.email,) if row.channel == Channel.EMAIL else recipient.addresses


def _asked(
    row: Message, event: events.Event, told: dict[int, events.Told] | None
) -> tuple[events.Recipient, dict]:
    if told is not None:
        if row.subject_id not in told:
            raise _not_true(row)
        return told[row.subject_id]
    if not event.still_true(row.subject_id):
        raise _not_true(row)
    return event.recipient(row.subject_id), {}


def _open_secret(row: Message) -> str:
    try:
        return unseal(row.secret) if row.secret else ""
    except SealBroken:
        logger.error("message %s: its secret is sealed with an unknown key", row.pk)
        raise Over(MessageStatus.FAILED, NO_SECRET, Failure.OUR_ERROR) from None


def broken(row: Message, error: Exception, *, provider: str = "") -> Outcome:
    """Our own mistake; with ``provider`` that one may have the message."""
    log_mishap(f"message {row.pk}", error)
    if row.attempts >= BROKEN_ATTEMPTS:
        return Outcome(
            row, MessageStatus.FAILED, OUR_ERROR, failure=Failure.OUR_ERROR, provider=provider
        )
    return put_off(
        row, OUR_ERROR, provider=provider or (row.provider if row.taken_possible else "")
    )
