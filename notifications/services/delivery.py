"""Handing a message to an operator: one run has it, and it always comes to an end."""

import logging
import traceback
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from common import clock
from common.sealing import SealBroken, unseal
from notifications import events, providers
from notifications.latin import in_letters, language_of
from notifications.models import Message, MessageStatus
from notifications.services.receipts import meet_early_receipts

logger = logging.getLogger(__name__)

DOTS = "••••••"
LEASE = timedelta(minutes=2)  # longer than every operator's timeout together
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=3)
ATTEMPTS = 25  # more than fit into two days with these pauses
BROKEN_ATTEMPTS = 5  # our own mistake does not mend itself

NO_EVENT = gettext_noop("nobody knows this event any more")
NO_PHONE = gettext_noop("no phone")
NOT_TRUE = gettext_noop("no longer true")
TOO_LATE = gettext_noop("too late")
NO_SECRET = gettext_noop("the sealed secret cannot be opened")
TOO_OFTEN = gettext_noop("too many attempts")
OUR_ERROR = gettext_noop("an error of the portal")
SENT_AGAIN = gettext_noop("sent again after no answer: may have come twice")


class Over(Exception):
    """The message's way ends before an operator is asked."""

    def __init__(self, status: MessageStatus, reason: str):
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Letter(NamedTuple):
    phone: str
    text: str


def deliver(message_id: int) -> None:
    """Hand one waiting message to an operator; does nothing when another run has it or had it."""
    message = _claim(message_id)
    if message is None:
        return
    try:
        letter = _compose(message)
        _let_go_of_the_database()
        taken = providers.hand_over(
            phone=letter.phone, text=letter.text, reference=_reference(message)
        )
    except Over as over:
        _end(message, over.status, over.reason)
    except providers.SmsRejected as refusal:
        logger.warning("message %s refused by the operator", message.pk)
        _end(message, MessageStatus.FAILED, str(refusal))
    except providers.SmsUnavailable as trouble:
        _put_off(message, trouble)
    except Exception as error:
        _put_off_broken(message, error)
    else:
        _handed_over(message, taken)


def _claim(message_id: int) -> Message | None:
    """Compare and set: of two runs one gets the row, for as long as its lease lasts."""
    now = clock.now()
    claimed = (
        Message.objects.filter(pk=message_id)
        .claimable(now)
        .update(status=MessageStatus.SENDING, lease_until=now + LEASE, attempts=F("attempts") + 1)
    )
    return Message.objects.get(pk=message_id) if claimed else None


def _compose(message: Message) -> Letter:
    """Read the truth again, keep the final text, give the letter; or raise Over."""
    event = events.find(message.event)
    if event is None:
        logger.error("message %s has an unknown event %s", message.pk, message.event)
        raise Over(MessageStatus.FAILED, NO_EVENT)
    if message.expires_at <= clock.now():
        raise Over(MessageStatus.EXPIRED, TOO_LATE)
    if message.attempts > ATTEMPTS:
        raise Over(MessageStatus.FAILED, TOO_OFTEN)
    if not event.still_true(message.subject_id):
        raise Over(MessageStatus.DROPPED, NOT_TRUE)
    return _write(message, event)


def _write(message: Message, event: events.Event) -> Letter:
    recipient = event.recipient(message.subject_id)
    phone = message.fixed_address or next(iter(recipient.addresses), "")
    secret = _open_secret(message)
    spoken = recipient.language or settings.LANGUAGE_CODE
    language = language_of(spoken, latin=recipient.latin)
    with translation.override(language):
        words = {**event.context(message.subject_id), "secret": DOTS if secret else ""}
        shown = in_letters(gettext(event.template) % words, language, latin=recipient.latin)
        sent = gettext(event.template) % {**words, "secret": secret}
        text = in_letters(sent, language, latin=recipient.latin)
    Message.objects.claimed_until(message).update(
        person_id=recipient.person_id, language=language, address=phone, text=shown
    )
    if not phone:
        raise Over(MessageStatus.FAILED, NO_PHONE)
    return Letter(phone, text)


def _open_secret(message: Message) -> str:
    try:
        return unseal(message.secret) if message.secret else ""
    except SealBroken:
        logger.error("message %s: its secret is sealed with an unknown key", message.pk)
        raise Over(MessageStatus.FAILED, NO_SECRET) from None


def _let_go_of_the_database() -> None:
    """An operator may take seconds to answer: no connection waits with us."""
    if not connection.in_atomic_block:
        connection.close()


def _reference(message: Message) -> str:
    """Ours, the same at every attempt; with the time, as row numbers start anew in a new base."""
    return f"{message.pk}-{message.created_at:%Y%m%d%H%M%S%f}"


def _handed_over(message: Message, taken: providers.Taken) -> None:
    moved = Message.objects.claimed_until(message).update(
        status=MessageStatus.SENT,
        lease_until=None,
        secret="",
        sent_at=clock.now(),
        provider=taken.provider,
        provider_reference=taken.reference,
        reason=message.reason if message.reason == SENT_AGAIN else "",
    )
    if not moved:
        logger.error("message %s was sent after its lease: it may come twice", message.pk)
    meet_early_receipts(taken)


def _end(message: Message, status: MessageStatus, reason: str) -> None:
    Message.objects.claimed_until(message).update(
        status=status, lease_until=None, secret="", reason=reason[:200]
    )


def _put_off(message: Message, trouble: providers.SmsUnavailable) -> None:
    if isinstance(trouble, providers.OurAccountRefused):
        logger.error("the SMS operator refused our account: %s", trouble)
    else:
        logger.warning("message %s waits: %s", message.pk, trouble)
    twice = isinstance(trouble, providers.SmsUnanswered) or message.reason == SENT_AGAIN
    _back_to_the_queue(message, SENT_AGAIN if twice else str(trouble))


def _put_off_broken(message: Message, error: Exception) -> None:
    """Only the type and the place: the words of an error may hold a phone or a text."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    kind = type(error).__name__
    logger.error("message %s: %s at %s:%s", message.pk, kind, where.filename, where.lineno)
    if message.attempts >= BROKEN_ATTEMPTS:
        _end(message, MessageStatus.FAILED, OUR_ERROR)
    else:
        _back_to_the_queue(message, OUR_ERROR)


def _back_to_the_queue(message: Message, reason: str) -> None:
    next_try = clock.now() + min(FIRST_PAUSE * 2 ** (message.attempts - 1), LONGEST_PAUSE)
    Message.objects.claimed_until(message).update(
        status=MessageStatus.QUEUED,
        lease_until=None,
        # Its end is worth a visit too: the secret goes then.
        next_try_at=min(next_try, message.expires_at),
        reason=reason[:200],
    )
