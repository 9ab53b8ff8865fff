"""Whether an application takes money, and for how many months more."""

from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _

from patents.models import Application, ApplicationStatus
from payments import coverage
from payments.errors import MonthsBeyondCap, NothingToPay
from payments.models import Charge, Claim, Placement


def months_counted(application: Application) -> int:
    """Months that are spoken for: posted, taken and on their way, or shown by a cheque."""
    posted = Placement.objects.matched().filter(application=application)
    living = Charge.objects.unposted().filter(receipt__application=application)
    shown = Claim.objects.living().filter(application=application)
    return _sum(posted, "months") + _sum(living, "receipt__months") + _sum(shown, "months")


def months_left(application: Application) -> int:
    return max(0, coverage.MONTHS_IN_YEAR - months_counted(application))


def months_being_paid(application: Application) -> int:
    """Months of payment pages that are open now: not living money, but it may come."""
    return _sum(Charge.objects.open().filter(receipt__application=application), "receipt__months")


def require_open(application: Application, on: date) -> None:
    """Refuse money for what can no longer become or prolong a patent (NothingToPay)."""
    if application.status == ApplicationStatus.REFUSED:
        raise NothingToPay(_("This application was refused. Do not pay for it."))
    patent = getattr(application, "patent", None)
    if patent and patent.annulled_on and patent.annulled_on <= on:
        raise NothingToPay(_("This patent is annulled. Do not pay for it."))
    if patent and on > coverage.year_end(patent.issued_on):
        raise NothingToPay(_("The year of this patent is over. You need a new patent."))


def require_room(months: int, left: int) -> None:
    """Refuse more months than the patent's year has left (MonthsBeyondCap)."""
    if not 1 <= months <= left:
        raise MonthsBeyondCap(left)


def _sum(rows, field: str) -> int:
    return rows.aggregate(total=Sum(field))["total"] or 0
