"""What a person hears of money that waits for a decision of the staff."""

from collections.abc import Iterable
from typing import Protocol

from django.db.models import Q

from accounts.models import User
from accounts.services import record_of_many
from notifications.services import queue_many
from payments import timeline
from payments.matching import MoneyIn, Part, Payer
from payments.messages import DAY_OF_PAYMENT_UNKNOWN, LATE_MONEY
from payments.models import Place, Placement, QueueReason


class Waiting(Protocol):
    pk: int
    line_id: int
    money: MoneyIn
    part: Part
    payer: Payer
    told: bool


def tell(moves: Iterable[Waiting], actor: User | None) -> None:
    facts = (
        (one.payer.person_id, {"amount": one.part.amount, "posted_on": one.money.posted_on})
        for one in moves
        if not one.told
    )
    record_of_many(((pk, timeline.WAITS, said) for pk, said in facts), actor=actor)
    asked = [one for one in moves if one.part.queue_reason == QueueReason.DAY_UNKNOWN]
    queue_many(DAY_OF_PAYMENT_UNKNOWN, _subjects(asked, "payment-day-unknown"))
    late = [one for one in moves if one.part.queue_reason == QueueReason.LATE]
    queue_many(LATE_MONEY, _subjects(_without_known(late), "late-money"))


def _without_known(late: list[Waiting]) -> list[Waiting]:
    """Of months that fell the person hears as such, and of money that waited before nothing new."""
    if not late:
        return []
    before = Placement.objects.filter(
        Q(place=Place.MATCHED) | Q(queue_reason=QueueReason.LATE),
        line__in=[one.line_id for one in late],
        closed_at__isnull=False,
    )
    known = set(before.values_list("line_id", "application__person_id"))
    return [one for one in late if (one.line_id, one.payer.person_id) not in known]


def _subjects(moves: Iterable[Waiting], key: str) -> list[tuple[int, int, str]]:
    return [(one.pk, one.payer.person_id, f"{key}:{one.pk}") for one in moves]
