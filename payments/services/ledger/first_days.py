"""The day of the first money of an application, said anew when money counts no more.

A refund of the only payment leaves no first day: where a patent is issued, it then stands in the
worklist of missing first payments again.
"""

from datetime import date

from common.clock import moscow_day
from patents.models import Application
from patents.services import restate_first_paid
from payments.facts import opening_money
from payments.models import Charge, Placement, TillPayment


def restate_without(*, application: Application, day: date) -> None:
    """Money of this day counts no more; the caller holds the application."""
    if application.first_paid_on == day:
        restate_first_paid(application=application, paid_on=first_day(application))


def first_day(application: Application) -> date | None:
    """The earliest day of money that still counts."""
    posted = Placement.objects.months().filter(application=application)
    by_card = Charge.objects.unposted().filter(receipt__application=application)
    at_till = TillPayment.objects.unposted().filter(receipt__application=application)
    days = [
        *posted.values_list("paid_on", flat=True),
        *(moscow_day(at) for at in by_card.values_list("captured_at", flat=True)),
        *at_till.values_list("taken_on", flat=True),
        *(money.paid_on for money in opening_money(application)),
    ]
    return min(days, default=None)
