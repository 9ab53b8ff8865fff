"""What a person is to hear because a day came, though nothing happened: from a standing alone.

The promise binds here first: nothing is said of a month that is posted or on its way, nor of money
that somebody still has to decide about, nor of what incomplete statements cannot know.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from patents.workdays import reissue_by
from payments.models import NoticeKind
from payments.standing import TRANSIT_DAYS, Standing, State

# Days before the day that a notice names.
REMINDERS = {NoticeKind.REMIND_10: 10, NoticeKind.REMIND_3: 3, NoticeKind.REMIND_1: 1}
REISSUES = {NoticeKind.REISSUE_30: 30, NoticeKind.REISSUE_10: 10, NoticeKind.REISSUE_1: 1}
AHEAD = REMINDERS | REISSUES
# Most money is posted on the second or the third day: whoever paid on the last day hears nothing.
UNSEEN_DAYS = 3
GOES_ON = {State.VALID, State.DUE, State.IN_TRANSIT, State.TRACING}


@dataclass(frozen=True, slots=True)
class Due:
    """`day` is what the words are about: the day to pay by, to apply by, or the last paid one."""

    kind: NoticeKind
    day: date


def due(it: Standing) -> tuple[Due, ...]:
    """What is to be said today, once for each kind and day."""
    return tuple(
        Due(kind, day)
        for kind in NoticeKind
        if (day := day_of(kind, it)) and _is_time(kind, day, it.today)
    )


def _is_time(kind: NoticeKind, day: date, today: date) -> bool:
    return kind not in AHEAD or day - today == timedelta(days=AHEAD[kind])


def holds(kind: NoticeKind, day: date, it: Standing) -> bool:
    """Whether the words are still true of this day."""
    return day_of(kind, it) == day


def day_of(kind: NoticeKind, it: Standing) -> date | None:
    """The day of which these words are true today; None when they are not."""
    if kind in REMINDERS:
        return _to_pay_by(it)
    if kind in REISSUES:
        return _to_apply_by(it)
    return {
        NoticeKind.UNSEEN: _unseen,
        NoticeKind.LAPSED: _lapsed,
        NoticeKind.FIRST_MISSING: _first_missing,
    }[kind](it)


def _to_pay_by(it: Standing) -> date | None:
    """Whatever two decide about money that is held, the month after it is to be paid."""
    if (it.state not in GOES_ON and not it.held) or it.asked or _may_be_a_month(it):
        return None
    day = it.pay_by_after_held if it.held else it.pay_by
    return day if day and it.today <= day else None


def _may_be_a_month(it: Standing) -> bool:
    """Money about which staff decide, enough for a month: asked to pay, they might pay twice."""
    waiting = sum((money.amount for money in it.undecided if money not in it.held), Decimal(0))
    return bool(it.halves) or (waiting > 0 and waiting >= it.monthly)


def _to_apply_by(it: Standing) -> date | None:
    if it.state not in GOES_ON:
        return None
    day = reissue_by(it.year_end)
    return day if it.today <= day else None


def _unseen(it: Standing) -> date | None:
    """By what statements show, not by the clock: while they are silent nobody hears it."""
    if it.state != State.UNSEEN or not it.months or _has_money_of(it):
        return None
    day = it.last_in_time
    return day if _known(it, day + timedelta(days=UNSEEN_DAYS)) else None


def _lapsed(it: Standing) -> date | None:
    return it.last_in_time if it.state == State.LAPSED else None


def _first_missing(it: Standing) -> date | None:
    if it.state != State.UNSEEN or it.months or _has_money_of(it):
        return None
    return it.issued_on if _known(it, it.issued_on + timedelta(days=TRANSIT_DAYS)) else None


def _has_money_of(it: Standing) -> bool:
    """Whose money is here, or may be, is not told that it is not visible."""
    return bool(it.late or it.maybe or it.asked or it.halves)


def _known(it: Standing, day: date) -> bool:
    return it.complete_through is not None and it.complete_through >= day
