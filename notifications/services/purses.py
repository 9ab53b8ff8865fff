"""The money of a batch: reserved before the operators are asked, settled by their answers."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext_noop

from common import clock
from notifications import events
from notifications.models import MessageStatus
from notifications.services import spending
from notifications.services.composing import Composed
from notifications.services.outcomes import Outcome, hold
from notifications.services.spending import Held, Settled, Wanted

NO_MONEY = gettext_noop("waits: the sum or the number of SMS for this time is used up")
TOO_MANY = gettext_noop("too many SMS to this number")


class Purses:
    """One batch's dealings with the purses."""

    def __init__(self):
        self._reserved: dict[int, Wanted] = {}
        self._at = clock.now()  # an hour may end before the operators have answered

    def reserve(self, ready: list[Composed]) -> tuple[list[Composed], list[Outcome]]:
        """Those that may go, and what becomes of those that may not now."""
        wanted = [_wanted(one) for one in ready]
        held = spending.reserve(wanted) if wanted else {}
        goes = [one for one in wanted if one.pk not in held]
        self._reserved = {one.pk: one for one in goes}
        ends = [_held(one, held[one.row.pk]) for one in ready if one.row.pk in held]
        return [one for one in ready if one.row.pk not in held], ends

    def settle(self, outcomes: Iterable[Outcome]) -> None:
        """What was surely not taken costs nothing and is not counted; what was taken costs what the
        operator said."""
        ours = [one for one in outcomes if one.row.pk in self._reserved]
        settled = [_settled(one, self._reserved[one.row.pk]) for one in ours]
        spending.settle(settled, reserved_at=self._at)


def _wanted(one: Composed) -> Wanted:
    row = one.row
    purpose = events.find(row.event).purpose
    return Wanted(
        row.pk, purpose, row.address, row.segments, row.expires_at, paid=row.taken_possible
    )


def _held(one: Composed, held: Held) -> Outcome:
    if held.until is None:
        return Outcome(one.row, MessageStatus.FAILED, TOO_MANY, failure=held.failure)
    return hold(one.row, held.until, NO_MONEY)


def _settled(one: Outcome, wanted: Wanted) -> Settled:
    if one.status == MessageStatus.SENT:
        cost = wanted.sum if one.cost is None else one.cost
        return Settled(wanted, cost - wanted.sum, is_untaken=False)
    maybe = one.taken_possible or one.status == MessageStatus.UNKNOWN
    difference = Decimal(0) if maybe else -wanted.sum
    return Settled(wanted, difference, is_untaken=not maybe and not wanted.paid)
