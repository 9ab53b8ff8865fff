"""An opening file to look at and to fill in: one person in the middle of their twelve months."""

from datetime import date, timedelta

from common.clock import today
from common.formats import short_day
from common.sheets import workbook_of
from payments.models import Account
from payments.opening.columns import ACCOUNTS, SHEETS, Sheet
from payments.opening.known import accounts_to_name

ONE_DAY = timedelta(days=1)


def example() -> bytes:
    """Every cell a text. The accounts are ours; where an account is opened, its day stands."""
    return workbook_of({sheet.name: (_heads(sheet), _rows(sheet)) for sheet in SHEETS})


def _heads(sheet: Sheet) -> list[str]:
    return [f"{column.head}{' *' if column.required else ''}" for column in sheet.columns]


def _rows(sheet: Sheet) -> list[list[str]]:
    opened = {number: _opened(number) for number in sorted(accounts_to_name())}
    if sheet is ACCOUNTS:
        return [[number, short_day(day)] for number, day in opened.items()]
    days = _days(min(opened.values(), default=today() - ONE_DAY))
    return [[days.get(column.key, column.example) for column in sheet.columns]]


def _opened(number: str) -> date:
    known = Account.objects.filter(number=number).values_list("counted_through", flat=True)
    return known.first() or today() - ONE_DAY


def _days(opened: date) -> dict[str, str]:
    """The days of somebody whose three months end soon after the opening."""
    return {key: short_day(opened - timedelta(days=before)) for key, before in BEFORE.items()}


BEFORE = {
    "inn_since": 98,
    "accepted_on": 100,
    "sent_on": 99,
    "ready_on": 86,
    "first_paid_on": 88,
    "issued_on": 84,
}
