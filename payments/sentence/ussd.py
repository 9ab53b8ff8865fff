"""The same standing on one screen of a phone, for USSD and for answers to an SMS.

A screen holds 80 signs of Cyrillic, or 182 where every sign is of GSM-7. Careful words as on the
pages: docs/decisions/002-standing.md.
"""

from django.utils.translation import gettext as _

from common.formats import roubles, short_day
from payments.sentence.pieces import is_next_near
from payments.sentence.short import short
from payments.standing import Standing, State

CYRILLIC_SIGNS, GSM_SIGNS = 80, 182


def inn(value: str | None, by_sms: bool = True) -> str:
    """The taxpayer number; it is not a part of the standing, and is asked for beside it. Without
    one: whether an SMS will tell of it."""
    if value:
        return _("INN: %(inn)s") % {"inn": value}
    if not by_sms:
        return _("You have no INN yet. When it is there, your cabinet will show it.")
    return _("You have no INN yet. We will send an SMS when it is there.")


def readiness(it: Standing) -> str:
    """Is the patent ready? Once it was issued, when that was."""
    if it.issued_on is None or it.state in {State.ANNULLED, State.EXPIRED}:
        return validity(it)
    return _("The patent was issued on %(day)s.") % {"day": short_day(it.issued_on)}


def validity(it: Standing) -> str:
    """How long the patent is valid and what is to be paid."""
    return _SHORTER.get(it.state, short)(it)


def longest() -> str:
    """Where nothing of a person is at hand: a look at how long a screen may be."""
    return _not_arrived("28.02.2026", "07.03.2026")


# What the short sentence says in more than a screen.


def _lapsed(it: Standing) -> str:
    return _not_arrived(short_day(it.last_in_time), short_day(it.lapse_known_by))


def _not_arrived(day: str, by: str) -> str:
    days = {"day": day, "by": by}
    return _("No payment by %(day)s was at the Treasury by %(by)s. A cheque? Show it.") % days


def _tracing(it: Standing) -> str:
    return _pay_too(it) if it.is_payable else short(it)


def _in_transit(it: Standing) -> str:
    if it.is_payable:
        return _pay_too(it)
    values = {"day": short_day(it.transit.money.paid_on), "number": it.transit.day_no}
    return (
        _("Your payment of %(day)s is on its way: day %(number)d of 7. Do not pay again.") % values
    )


def _pay_too(it: Standing) -> str:
    values = {"day": short_day(it.transit.money.paid_on), "until": short_day(it.pay_until)}
    return _("Paid on %(day)s: on its way. Pay the next month by %(until)s inclusive.") % values


def _unseen(it: Standing) -> str:
    if it.held and is_next_near(it) and it.today <= it.pay_by_after_held:
        until = {"day": short_day(it.pay_by_after_held)}
        return _("We check your payments. The next month: pay by %(day)s inclusive.") % until
    if it.held or it.undecided or it.asked:
        return short(it)
    if it.first_month_is_in_time:
        return _("We do not see the first payment. Not paid yet? You can pay today, inclusive.")
    until = {"day": short_day(it.pay_until)}
    return _("No payment to be seen yet. Paid by %(day)s inclusive? Do nothing.") % until


def _due(it: Standing) -> str:
    values = {"day": short_day(it.pay_until)}
    if not it.monthly:
        return _("Pay for the next month by %(day)s inclusive. Paid? Do nothing.") % values
    values["sum"] = roubles(it.monthly, space=" ").removesuffix(" ₽")
    return _("Pay %(sum)s roubles by %(day)s inclusive. Already paid? Wait.") % values


def _valid(it: Standing) -> str:
    if it.pay_by is None:
        return short(it)
    values = {"day": short_day(it.covered_through), "until": short_day(it.pay_by)}
    return _("Valid. Paid through %(day)s. Pay next by %(until)s inclusive.") % values


_SHORTER = {
    State.LAPSED: _lapsed,
    State.TRACING: _tracing,
    State.IN_TRANSIT: _in_transit,
    State.UNSEEN: _unseen,
    State.DUE: _due,
    State.VALID: _valid,
}
