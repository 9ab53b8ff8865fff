"""Short words of rows of payments, the same on pages and in files."""

from django.utils.translation import gettext as _

from payments.history import Paid
from payments.standing import BoxState


def months_named(first: int, last: int) -> str:
    """«2-й месяц», or «6–12-й месяцы»."""
    if first == last:
        return _("Month %(number)d") % {"number": first}
    return _("Months %(first)d–%(last)d") % {"first": first, "last": last}


def where(row: Paid) -> str:
    """Where this money is."""
    if row.state == BoxState.POSTED:
        return _("Received, in time")
    if row.state == BoxState.TRACING:
        return _("We are looking for the payment")
    return _("On its way, day %(day)d of 7") % {"day": row.day_no}
