"""When a message did not arrive: the next number, then the e-mail; the cabinet has it anyway.

Of what nobody knows whether it arrived a letter goes, and no second SMS.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from common import clock
from notifications import events, numbers
from notifications.failures import Failure
from notifications.models import Channel, Message, MessageStatus
from notifications.services.mishaps import log_mishap

AT_LEAST = timedelta(days=1)  # for what stands in for a message whose time was nearly over
NOT_BY_SMS = frozenset({Failure.SWITCHED_OFF, Failure.TOO_LATE})
# Too late for another number; or it may have come, and a second SMS about one thing confuses.
LETTER_ONLY = frozenset({MessageStatus.EXPIRED, MessageStatus.UNKNOWN})


@transaction.atomic
def stand_in(message_ids: Iterable[int]) -> None:
    """Promise a message to the next address of each person, where there is one.

    Called where the first one ends, in the same transaction. Of one message there is one stand-in,
    however often this runs: the constraint holds it. Whether it is still true is asked now and
    when it goes, and whether the person wants it there then; the sweep finds it.
    """
    ended = Message.objects.ended_in_vain().filter(pk__in=list(message_ids))
    found = [one for one in map(_if_it_can, ended.select_related("after__after")) if one]
    Message.objects.bulk_create(found, ignore_conflicts=True)


def _if_it_can(message: Message) -> Message | None:
    """What a message tells of may be gone: no reason to lose what became of the others."""
    try:
        with transaction.atomic():
            return _stand_in(message)
    except Exception as error:
        log_mishap(f"nothing stands in for message {message.pk}", error)
        return None


def _stand_in(message: Message) -> Message | None:
    event = events.find(message.event)
    if event is None or not event.may_fall_back or message.failure == Failure.OUR_ERROR:
        return None
    before = _chain(message)
    if before[-1].fixed_address:  # it was for this number and no other
        return None
    if any(one.taken_back_at for one in before) or not event.still_true(message.subject_id):
        return None
    channel, address = _next_address(message, event, {one.address for one in before})
    return _promised(message, before, channel, address) if address else None


def _chain(message: Message) -> list[Message]:
    """The message, the one it stands in for, and so on to the first."""
    chain = [message]
    while chain[-1].after is not None:
        chain.append(chain[-1].after)
    return chain


def _next_address(message: Message, event: events.Event, tried: set[str]) -> tuple[str, str]:
    """Another number, unless the person wants no SMS or no operator took one; then the e-mail."""
    recipient = event.recipient(message.subject_id)
    if message.status not in LETTER_ONLY and message.failure not in NOT_BY_SMS:
        for phone in recipient.addresses:
            if phone not in tried and not numbers.refusal(phone):
                return Channel.SMS, phone
    return Channel.EMAIL, "" if recipient.email in tried else recipient.email


def _promised(message: Message, before: list[Message], channel: str, address: str) -> Message:
    now = clock.now()
    return Message(
        event=message.event,
        topic=message.topic,
        lane=message.lane,
        channel=channel,
        subject_id=message.subject_id,
        person_id=message.person_id,
        key=f"{before[-1].key[:110]}>{len(before) + 1}",
        after=message,
        fixed_address=address,
        next_try_at=now,
        expires_at=max(message.expires_at, now + AT_LEAST),
    )
