"""What the page «ИНН» shows: the number, how it came, when we sent it; or why it is not there."""

from dataclasses import dataclass
from datetime import date

from accounts import reached
from accounts.models import Person
from notifications.models import Message, Topic
from patents.messages import INN_ASSIGNED
from patents.models import ApplicationStatus, Inn

CHECK_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Awaited:
    """`since` is the day of the earliest application that was not refused; none: do not wait."""

    since: date | None = None
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class InnPage:
    inn: Inn | None
    message: Message | None
    awaited: Awaited
    earlier: list[Inn]
    by_sms: bool  # whether an SMS will tell of the one that is awaited

    @property
    def groups(self) -> list[str]:
        """«7751 0000»: groups that one can dictate; the last one ends with the check digits."""
        return [self.inn.value[:4], self.inn.value[4:8]]

    @property
    def last(self) -> str:
        return self.inn.value[8:-CHECK_DIGITS]

    @property
    def check(self) -> str:
        return self.inn.value[-CHECK_DIGITS:]


def inn_page(person: Person) -> InnPage:
    rows = list(person.inns.order_by("-valid_from", "-pk"))
    current = next((row for row in rows if row.valid_until is None), None)
    earlier = [row for row in rows if row != current and row.valid_until >= row.valid_from]
    return InnPage(
        inn=current,
        message=_message_about(current) if current else None,
        awaited=Awaited() if current else _awaited(person),
        earlier=earlier,
        by_sms=current is None and Topic.PATENT in reached.topics_of(person.pk),
    )


def _message_about(inn: Inn) -> Message | None:
    sent = Message.objects.filter(event=INN_ASSIGNED.code, subject_id=inn.pk)
    return sent.order_by("-pk").first()


def _awaited(person: Person) -> Awaited:
    """The tax office gives the number after an application; a later one does not start anew."""
    rows = list(person.applications.values_list("status", "accepted_on"))
    alive = [on for status, on in rows if status != ApplicationStatus.REFUSED]
    return Awaited(since=min(alive, default=None), is_refused=bool(rows) and not alive)
