"""The money of a batch: reserved before the operators are asked, settled by their answers."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext_noop

from common import clock
from notifications import events
from notifications.failures import Failure
from notifications.models import MessageStatus
from notifications.services import spending
from notifications.services.composing import Composed
from notifications.services.outcomes import Outcome, hold
from notifications.services.spending import Held, Settled, Wanted

NO_MONEY = gettext_noop("waits: the sum or the number of SMS for this time is used up")
TOO_MANY = gettext_noop("too many SMS to this number")


class Purses:
    """One batch's dealings with the purses. An SMS is paid once, and once more for each operator
    that was silent over it: that one may have sent it too."""

    def __init__(self):
        self._last: dict[int, Wanted] = {}  # by row, what the operator that is asked now may take
        self._silent: dict[int, set[str]] = defaultdict(set)
        self._at = clock.now()  # an hour may end before the operators have answered

    def reserve(self, ready: list[Composed]) -> tuple[list[Composed], list[Outcome]]:
        """Those that may go, and what becomes of those that may not now."""
        wanted = [_wanted(one) for one in ready]
        held = spending.reserve(wanted) if wanted else {}
        goes = [one for one in wanted if one.pk not in held]
        self._last = {one.pk: one for one in goes}
        ends = [_held(one, held[one.row.pk]) for one in ready if one.row.pk in held]
        return [one for one in ready if one.row.pk not in held], ends

    def reserve_again(self, silent: dict[int, str]) -> set[int]:
        """By row, the operator that is silent; returns those rows whose second copy can be paid.
        Another operator may be asked for these; what the silent one may have stays paid."""
        wanted = [self._last[pk]._replace(paid=True, again=True) for pk in silent]
        held = spending.reserve(wanted, at=self._at)
        granted = {one.pk: one for one in wanted if one.pk not in held}
        self._last |= granted
        for pk in granted:
            self._silent[pk].add(silent[pk])
        return set(granted)

    def settle(self, outcomes: Iterable[Outcome]) -> None:
        """What was surely not taken costs nothing and is not counted; what was taken costs what the
        operator said."""
        settled = [self._settled(one) for one in outcomes if one.row.pk in self._last]
        spending.settle(settled, reserved_at=self._at)

    def _settled(self, one: Outcome) -> Settled:
        wanted = self._last[one.row.pk]
        if one.status == MessageStatus.SENT:
            cost = wanted.sum if one.cost is None else one.cost
            return Settled(wanted, cost - wanted.sum, is_untaken=False)
        # Who is remembered may be one that was silent before: then the last one took nothing.
        maybe = _may_be_taken(one) and one.provider not in self._silent[one.row.pk]
        difference = Decimal(0) if maybe else -wanted.sum
        return Settled(wanted, difference, is_untaken=not maybe and wanted.costs)


def _wanted(one: Composed) -> Wanted:
    row = one.row
    purpose = events.find(row.event).purpose
    knows_it = row.provider in settings.SMS_TAKES_REFERENCE
    wanted = Wanted(row.pk, purpose, row.address, row.segments, row.expires_at)
    return wanted._replace(paid=row.taken_possible, again=row.taken_possible and not knows_it)


def _held(one: Composed, held: Held) -> Outcome:
    if held.until is None:
        return Outcome(one.row, MessageStatus.FAILED, TOO_MANY, failure=held.failure)
    return hold(one.row, held.until, NO_MONEY)


def _may_be_taken(one: Outcome) -> bool:
    """Also of an answer that we could not read, however often."""
    unread = one.failure == Failure.OUR_ERROR and bool(one.provider)
    return one.taken_possible or one.status == MessageStatus.UNKNOWN or unread
