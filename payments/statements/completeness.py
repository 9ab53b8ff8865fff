"""How far the statements of an account are complete; derived, never counted up."""

from collections.abc import Iterable
from datetime import date

from payments.statements.model import ONE_DAY


def complete_through(counted_through: date, whole: Iterable[tuple[date, date]]) -> date:
    """The last day, inclusive, up to which whole-day statements leave no gap.

    `whole` are first days and last whole days, in any order and overlapping as they like.
    """
    through = counted_through
    for first_day, last_day in sorted(whole):
        if first_day > through + ONE_DAY:
            break
        through = max(through, last_day)
    return through
