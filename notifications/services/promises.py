"""A message is promised with its cause and set on its way after commit."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Exists, OuterRef

from common import clock
from common.sealing import seal
from notifications import events
from notifications.models import Channel, Message, MessageStatus, Preference
from notifications.services.hints import wake_after_commit

# By hand, for the objects of many thousand messages cost more than the database does.
PROMISED = """
INSERT INTO notifications_message (
    event, topic, lane, status, subject_id, person_id, key, created_at, next_try_at, expires_at,
    attempts, fixed_address, secret, language, address, text, reason, provider, provider_reference
)
SELECT %s, %s, %s, 'queued', subject_id, person_id, key, %s, %s, %s,
    0, '', '', '', '', '', '', '', ''
FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS one (subject_id, person_id, key)
ON CONFLICT (key) DO NOTHING
"""


def queue(
    event: events.Event,
    subject_id: int,
    *,
    key: str,
    address: str = "",
    secret: str = "",
    channel: Channel | None = None,
) -> Message:
    """Promise a message once the surrounding transaction commits; one key is one message.

    ``address`` only where it must be a certain one (the old number). ``secret`` is sealed in the
    row and erased when the message is handed over or ends. ``channel`` is the event's own unless
    the words go another way too.
    """
    now = clock.now()
    channel = channel or event.channel
    message, created = Message.objects.get_or_create(
        key=key,
        defaults={
            "event": event.code,
            "topic": event.topic,
            "lane": event.lane,
            "channel": channel,
            "subject_id": subject_id,
            "person_id": lambda: event.recipient(subject_id).person_id,
            "fixed_address": address,
            "secret": seal(secret) if secret else "",
            "next_try_at": now,
            "expires_at": now + event.lifetime,
        },
    )
    if created:
        wake_after_commit(event.lane, channel)
    return message


def queue_many(event: events.Event, subjects: Iterable[tuple[int, int, str]]) -> None:
    """As `queue`, for a batch of (subject's id, person's id, key): one question, whatever many.

    Of a key that was promised before nothing is written.
    """
    columns = [list(column) for column in zip(*subjects, strict=True)]
    if not columns:
        return
    now = clock.now()
    with connection.cursor() as cursor:
        kind = [event.code, event.topic, event.lane]
        cursor.execute(PROMISED, [*kind, now, now, now + event.lifetime, *columns])
        is_new = cursor.rowcount > 0
    if is_new:
        wake_after_commit(event.lane)


def was_told(person_id: int, codes: Iterable[str], subject_id: int) -> bool:
    """Whether the person may have read one of these events about a subject.

    What only waits is held until the end of the transaction: then its truth is asked anew.
    """
    about = Message.objects.of(person_id).filter(event__in=codes, subject_id=subject_id)
    held = list(about.select_for_update().order_by("pk"))
    return any(row.text or row.status == MessageStatus.SENDING for row in held)


def hand_over(*, from_person_id: int, to_person_id: int) -> None:
    """Two records are one person: what was told to either stands in one list.

    Of what both chose, the choice of the one that stays is kept.
    """
    Message.objects.of(from_person_id).update(person_id=to_person_id)
    same = {"topic": OuterRef("topic"), "channel": OuterRef("channel")}
    moving = Preference.objects.filter(person_id=from_person_id)
    moving.filter(Exists(Preference.objects.filter(person_id=to_person_id, **same))).delete()
    moving.update(person_id=to_person_id)
