"""What the page «ИНН» shows: the number, how it came, when we sent it; or why it is not there."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Person
from notifications.models import Message
from patents.messages import INN_ASSIGNED
from patents.models import Inn

CHECK_DIGITS = 2


@dataclass(frozen=True, slots=True)
class InnPage:
    inn: Inn | None
    message: Message | None
    awaited_since: date | None
    earlier: list[Inn]

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
        awaited_since=None if current else _awaited_since(person),
        earlier=earlier,
    )


def _message_about(inn: Inn) -> Message | None:
    sent = Message.objects.filter(event=INN_ASSIGNED.code, subject_id=inn.pk)
    return sent.order_by("-pk").first()


def _awaited_since(person: Person) -> date | None:
    """The tax office gives the number after the application: since the newest one."""
    newest = person.applications.order_by("-accepted_on").values_list("accepted_on", flat=True)
    return newest.first()
