"""The money of a batch: reserved before the operators are asked, settled by their answers."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext_noop

from notifications.models import MessageStatus
from notifications.services import spending
from notifications.services.composing import Composed
from notifications.services.outcomes import Outcome, hold
from notifications.services.spending import Held, Wanted

NO_MONEY = gettext_noop("waits: the sum or the number of SMS for this time is used up")
TOO_MANY = gettext_noop("too many SMS to this number")


class Purses:
    """One batch's dealings with the purses."""

    def __init__(self):
        self._reserved: dict[int, Decimal] = {}

    def reserve(self, ready: list[Composed]) -> tuple[list[Composed], list[Outcome]]:
        """Those that may go, and what becomes of those that may not now."""
        wanted = [_wanted(one) for one in ready]
        held = spending.reserve(wanted) if wanted else {}
        self._reserved = {one.pk: one.sum for one in wanted if one.pk not in held}
        goes = [one for one in ready if one.row.pk not in held]
        return goes, [_held(one, held[one.row.pk]) for one in ready if one.row.pk in held]

    def settle(self, outcomes: Iterable[Outcome]) -> None:
        """What was surely not taken costs nothing; what was taken costs what the operator said."""
        differences: dict[int, Decimal] = defaultdict(Decimal)
        for one in outcomes:
            reserved = self._reserved.get(one.row.pk, Decimal(0))
            differences[one.row.lane] += _costs(one, reserved) - reserved
        spending.settle(differences)


def _wanted(one: Composed) -> Wanted:
    row = one.row
    return Wanted(row.pk, row.lane, row.address, row.segments, paid=row.taken_possible)


def _held(one: Composed, held: Held) -> Outcome:
    if held.until is None:
        return Outcome(one.row, MessageStatus.FAILED, TOO_MANY, failure=held.failure)
    return hold(one.row, held.until, NO_MONEY)


def _costs(one: Outcome, reserved: Decimal) -> Decimal:
    if one.status == MessageStatus.SENT:
        return reserved if one.cost is None else one.cost
    return reserved if one.taken_possible or one.status == MessageStatus.UNKNOWN else Decimal(0)
