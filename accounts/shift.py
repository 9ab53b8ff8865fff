"""The end of a shift: what one member of staff handed out today, and what has not arrived."""

from dataclasses import dataclass

from accounts import kinds, messages
from accounts.models import Person, TimelineEntry, User
from common import clock
from notifications.models import Message, MessageStatus

NOT_ARRIVED = [MessageStatus.FAILED, MessageStatus.EXPIRED, MessageStatus.UNKNOWN]
ON_THEIR_WAY = [MessageStatus.QUEUED, MessageStatus.SENDING, MessageStatus.SENT]


@dataclass(frozen=True)
class Shift:
    """`slips` are today's one-time passwords; the two lists of SMS are about their people."""

    slips: list[TimelineEntry]
    undelivered: list[Message]
    to_tell: list[Person]


def of(user: User) -> Shift:
    """The Moscow day of a member of staff."""
    slips = TimelineEntry.objects.filter(
        kind=kinds.PASSWORD_ISSUED, actor=user, happened_at__date=clock.today()
    )
    slips = list(slips.select_related("person__user").prefetch_related("person__user__login_names"))
    sent = _messages([entry.pk for entry in slips])
    undelivered = [message for message in sent if message.status in NOT_ARRIVED]
    return Shift(slips, undelivered, _to_tell(slips, sent))


def _messages(entry_ids: list[int]) -> list[Message]:
    event = messages.PASSWORD_ISSUED.code
    return list(Message.objects.filter(event=event, subject_id__in=entry_ids))


def _to_tell(slips: list[TimelineEntry], sent: list[Message]) -> list[Person]:
    """People who did not sign in yet and whom the last SMS of today has not reached."""
    newest = {}
    for entry in sorted(slips, key=lambda entry: entry.pk):
        newest[entry.person_id] = entry
    reached = {m.subject_id for m in sent if m.status == MessageStatus.DELIVERED}
    return [
        entry.person
        for entry in newest.values()
        if entry.person.user.must_change_password and entry.pk not in reached
    ]
