"""Whether a whole working day brings far less than such a day usually does.

The balances of a filtered or an empty file may agree with themselves. What the days before it
brought does not: a day that shows next to nothing is looked at before it counts as complete.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from django.conf import settings

from patents.workdays import is_working, subtract_working_days
from payments.models import Account, Said, Statement
from payments.services.importing.staging import ask
from payments.statements.model import ONE_DAY

LOOKED_AT = 20  # working days before the file
DAYS_TOLD = 10  # so many of them, the last whole ones, say what is usual
FEWEST_DAYS = 5
NEW = (Said.NEW.value,)
# Of a file that is staged; and of days that are in the books.
SHOWN = """
SELECT posted_on, count(*), sum(amount) FROM import_line
WHERE account = %s AND said = %s GROUP BY posted_on
"""
KEPT = """
SELECT posted_on, count(*), sum(amount) FROM payments_statementline
WHERE account_id = %s AND said = %s AND posted_on = ANY(%s) GROUP BY posted_on
"""


@dataclass(frozen=True, slots=True)
class Brought:
    """By one day, or usually."""

    lines: float = 0
    amount: Decimal = Decimal("0.00")

    def is_scarce_beside(self, usual: "Brought") -> bool:
        share = settings.SCARCE_SHARE
        few = self.lines < usual.lines * share
        return few or self.amount < usual.amount * Decimal(str(share))


def scarce_day(statement: Statement) -> date | None:
    """The first whole working day of a staged file that shows far too little; None where the days
    before it are too few, or too small themselves, to say so."""
    if statement.whole_through is None:
        return None
    usual = usual_before(statement.account, statement.first_day)
    if usual is None or usual.lines < settings.SCARCE_FROM:
        return None
    shown = _by_day(ask(SHOWN, statement.account.number, *NEW))
    days = _working(statement.first_day, statement.whole_through)
    return next((day for day in days if shown.get(day, Brought()).is_scarce_beside(usual)), None)


def usual_before(account: Account, day: date) -> Brought | None:
    """The median of the last whole working days before a day; None where there are too few."""
    days = _whole_before(account, day)[-DAYS_TOLD:]
    if len(days) < FEWEST_DAYS:
        return None
    kept = _by_day(ask(KEPT, account.pk, *NEW, days))
    brought = [kept.get(day, Brought()) for day in days]
    return Brought(median(it.lines for it in brought), median(it.amount for it in brought))


def _whole_before(account: Account, day: date) -> list[date]:
    first = subtract_working_days(day, LOOKED_AT)
    whole = Statement.objects.finished().filter(account=account).whole_on(first, day - ONE_DAY)
    spans = list(whole.values_list("first_day", "whole_through"))
    return [it for it in _working(first, day - ONE_DAY) if _is_within(it, spans)]


def _is_within(day: date, spans: Iterable[tuple[date, date]]) -> bool:
    return any(first <= day <= last for first, last in spans)


def _working(first: date, last: date) -> Iterator[date]:
    while first <= last:
        if is_working(first):
            yield first
        first += ONE_DAY


def _by_day(rows: list[tuple]) -> dict[date, Brought]:
    return {day: Brought(count, amount) for day, count, amount in rows}
