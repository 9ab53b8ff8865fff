"""The outbox: a row is written with its cause, delivered after commit, and always comes to an end.

Celery only carries hints. Whatever it loses, doubles or delays, `deliver` does nothing a second
time and `sweep` finds what nobody works on.
"""

import logging
import traceback
from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from common import clock
from common.batches import batches
from common.sealing import SealBroken, seal, unseal
from notifications import events, providers
from notifications.models import EarlyReceipt, Message, MessageStatus

logger = logging.getLogger(__name__)

DOTS = "••••••"
LEASE = timedelta(minutes=2)  # longer than every operator's timeout together
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=3)
ATTEMPTS = 25  # more than fit into two days with these pauses
BROKEN_ATTEMPTS = 5  # our own mistake does not mend itself
RECEIPT_WITHIN = timedelta(hours=24)
SWEEP_AT_ONCE = 500
AT_ONCE = 2000

NO_EVENT = gettext_noop("nobody knows this event any more")
NO_PHONE = gettext_noop("no phone")
NOT_TRUE = gettext_noop("no longer true")
TOO_LATE = gettext_noop("too late")
NO_SECRET = gettext_noop("the sealed secret cannot be opened")
TOO_OFTEN = gettext_noop("too many attempts")
OUR_ERROR = gettext_noop("an error of the portal")
SENT_AGAIN = gettext_noop("sent again after no answer: may have come twice")
NO_RECEIPT = gettext_noop("no receipt within a day")
BAD_RECEIPT = gettext_noop("unknown code of a receipt")


class Over(Exception):
    """The message's way ends before an operator is asked."""

    def __init__(self, status: MessageStatus, reason: str):
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Letter(NamedTuple):
    phone: str
    text: str


# --- promising


def queue(
    event: events.Event, subject_id: int, *, key: str, address: str = "", secret: str = ""
) -> Message:
    """Promise a message once the surrounding transaction commits; one key is one message.

    ``address`` only where it must be a certain one (the old number). ``secret`` is sealed in the
    row and erased when the message is handed over or ends.
    """
    now = clock.now()
    message, created = Message.objects.get_or_create(
        key=key,
        defaults={
            "event": event.code,
            "subject_id": subject_id,
            "person_id": lambda: event.recipient(subject_id).person_id,
            "fixed_address": address,
            "secret": seal(secret) if secret else "",
            "next_try_at": now,
            "expires_at": now + event.lifetime,
        },
    )
    if created:
        transaction.on_commit(lambda: _dispatch(message.pk), robust=True)
    return message


def queue_many(event: events.Event, subjects: Iterable[tuple[int, int, str]]) -> None:
    """As `queue`, for a batch of (subject's id, person's id, key): two questions, whatever many.

    Of a key that was promised before nothing is written.
    """
    now = clock.now()
    told = {"event": event.code, "next_try_at": now, "expires_at": now + event.lifetime}
    rows = [
        Message(subject_id=subject_id, person_id=person_id, key=key, **told)
        for subject_id, person_id, key in subjects
    ]
    Message.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)
    keys = [row.key for row in rows]
    if keys:
        transaction.on_commit(lambda: _dispatch_many(keys), robust=True)


def hand_over(*, from_person_id: int, to_person_id: int) -> None:
    """Two records are one person: what was told to either stands in one list."""
    Message.objects.of(from_person_id).update(person_id=to_person_id)


def _dispatch(message_id: int) -> None:
    from notifications.tasks import deliver

    deliver.delay(message_id)


def _dispatch_many(keys: list[str]) -> None:
    from notifications.tasks import send_on

    rows = Message.objects.filter(key__in=keys, status=MessageStatus.QUEUED).order_by("pk")
    for some in batches(list(rows.values_list("pk", flat=True)), SWEEP_AT_ONCE):
        send_on.delay(list(some))


def send_on(message_ids: Iterable[int]) -> None:
    """A hint for each message: an importer of many does not wait until all are given."""
    for message_id in message_ids:
        _dispatch(message_id)


# --- delivering


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
    language = recipient.language or settings.LANGUAGE_CODE
    with translation.override(language):
        words = {**event.context(message.subject_id), "secret": DOTS if secret else ""}
        shown = gettext(event.template) % words
        text = gettext(event.template) % {**words, "secret": secret}
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
    _meet_early_receipts(taken)


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


# --- receipts


def receive_receipt(provider: str, reference: str, code: str) -> None:
    """Take an operator's word about a message; early, late, doubled or unknown are all fine.

    A receipt can overtake our own commit. It is then kept, and looked for again by both sides
    after each has written its own row, so one of the two always sees the other.
    """
    if _apply(provider, reference, code):
        return
    if Message.objects.filter(provider=provider, provider_reference=reference).exists():
        return
    EarlyReceipt.objects.get_or_create(provider=provider, reference=reference, code=code)
    _apply(provider, reference, code)


def _meet_early_receipts(taken: providers.Taken) -> None:
    if not taken.reference:
        return
    early = EarlyReceipt.objects.filter(provider=taken.provider, reference=taken.reference)
    for receipt in early.order_by("pk"):
        _apply(receipt.provider, receipt.reference, receipt.code)
    early.delete()


def _apply(provider: str, reference: str, code: str) -> bool:
    """True when a message waited for this; nothing moves back from delivered or failed."""
    waiting = Message.objects.awaiting_receipt(provider, reference)
    try:
        status = providers.outcome(provider, code)
    except KeyError:
        logger.error("unknown receipt code %r of %s", code, provider)
        return bool(waiting.update(status=MessageStatus.FAILED, reason=BAD_RECEIPT))
    if status is None:
        return waiting.exists()
    if status == MessageStatus.DELIVERED:
        return bool(waiting.update(status=status, delivered_at=clock.now()))
    return bool(waiting.update(status=status, reason=f"{provider}: {code}"))


# --- finding the lost


def sweep() -> int:
    """Send on their way the messages nobody works on, close those whose receipt never came.

    Returns how many were sent on. Two sweeps at once take different rows.
    """
    now = clock.now()
    Message.objects.unconfirmed_since(now - RECEIPT_WITHIN).update(
        status=MessageStatus.UNKNOWN, reason=NO_RECEIPT
    )
    EarlyReceipt.objects.filter(received_at__lt=now - RECEIPT_WITHIN).delete()
    found = _take_lost(now)
    send_on(found)
    return len(found)


@transaction.atomic
def _take_lost(now) -> list[int]:
    """The next sweep leaves these alone for a lease, so that a queue that is slow stays short."""
    lost = Message.objects.lost(now).order_by("next_try_at", "pk")
    rows = lost.select_for_update(skip_locked=True).values_list("pk", "status")
    found = list(rows[:SWEEP_AT_ONCE])
    abandoned = [pk for pk, status in found if status == MessageStatus.SENDING]
    Message.objects.filter(pk__in=abandoned).update(
        status=MessageStatus.QUEUED, lease_until=None, reason=SENT_AGAIN
    )
    Message.objects.filter(pk__in=[pk for pk, _ in found]).update(next_try_at=now + LEASE)
    return [pk for pk, _ in found]
