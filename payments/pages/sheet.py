"""All payments of a person as an Excel file: what the page shows, and what is to come."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Person
from common import sheets
from payments import reference, wording
from payments.history import Paid, ToPay
from payments.pages.chosen import Chosen
from payments.pages.lists import payments
from payments.standing import LateMoney


def sheet(person: Person, chosen: Chosen) -> bytes:
    """Days and sums are days and sums; a price that nobody knows yet is a word."""
    found = payments(person, chosen)
    paid = [_waiting(row) for row in found["late"]] + [_paid(row) for row in found["paid"]]
    return sheets.workbook_of(
        {
            _("Already paid"): (_heads_of_paid(), paid),
            _("To be paid"): (_heads_of_coming(), [_coming(row) for row in found["to_pay"]]),
        }
    )


def _heads_of_paid() -> list[str]:
    return [
        *(_("Months"), _("First day"), _("Last day"), _("Sum"), pgettext("date", "Due")),
        *(pgettext("date", "You paid"), pgettext("date", "The Treasury received")),
        *(_("State"), pgettext("column", "Receipt")),
    ]


def _heads_of_coming() -> list[str]:
    return [pgettext("column", "Month"), _("First day"), _("Last day"), _("Pay until"), _("Sum")]


def _paid(row: Paid) -> list:
    months = wording.months_named(row.first_number, row.last_number)
    days = [row.first_day, row.last_day, row.amount, row.deadline]
    if row.is_from_before:
        return [months, *days, None, None, _("Paid before this cabinet existed."), ""]
    receipt = reference.display(row.receipt) if row.receipt else ""
    return [months, *days, row.paid_on, row.posted_on, wording.where(row), receipt]


def _waiting(money: LateMoney) -> list:
    words = _("Waits for a decision of the centre")
    return ["", None, None, money.amount, None, money.paid_on, money.posted_on, words, ""]


def _coming(row: ToPay) -> list:
    amount = pgettext("sum", "not known yet") if row.amount is None else row.amount
    months = wording.months_named(row.number, row.number)
    return [months, row.first_day, row.last_day, row.pay_by, amount]
