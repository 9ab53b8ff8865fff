"""A standing in one short sentence, for SMS and USSD."""

from decimal import Decimal

from django.utils.translation import gettext as _

from common.formats import roubles, short_day
from payments.sentence.pieces import is_next_near, preparing
from payments.standing import Standing, State


def short(it: Standing) -> str:
    """For SMS and USSD: no no-break spaces, two parts of an SMS at most in Russian."""
    return _SHORT[it.state](it)


# The short sentences. Numbers only in dates, ordinary spaces, no currency sign.


def _short_annulled(it: Standing) -> str:
    values = {"day": short_day(it.case.patent.annulled_on)}
    return _("The Ministry annulled the patent on %(day)s. You may not work on it.") % values


def _short_expired(it: Standing) -> str:
    values = {"day": short_day(it.year_end)}
    return _("The year of the patent ended on %(day)s. You need a new patent.") % values


def _short_lapsed(it: Standing) -> str:
    values = {"day": short_day(it.last_in_time), "by": short_day(it.lapse_known_by)}
    return (
        _("A payment made by %(day)s had not reached the Treasury by %(by)s. A cheque? Show it.")
        % values
    )


def _short_tracing(it: Standing) -> str:
    values = {"day": short_day(it.transit.money.paid_on)}
    if it.is_payable:
        return _short_pay_too(it)
    return _("We are looking for your payment of %(day)s. Do not pay for it again.") % values


def _short_in_transit(it: Standing) -> str:
    if it.is_payable:
        return _short_pay_too(it)
    values = {"day": short_day(it.transit.money.paid_on), "number": it.transit.day_no}
    return (
        _(
            "Your payment of %(day)s is on its way to the Treasury: day %(number)d of 7. "
            "Do not pay for it again."
        )
        % values
    )


def _short_pay_too(it: Standing) -> str:
    values = {"day": short_day(it.transit.money.paid_on), "until": short_day(it.pay_until)}
    return (
        _("Your payment of %(day)s is on its way. Pay for the next month by %(until)s inclusive.")
        % values
    )


def _short_unseen(it: Standing) -> str:
    values = {"day": short_day(it.pay_until)}
    if it.held:
        return _short_held(it)
    if it.undecided:
        return _("We have money of yours. The centre is finding out what it pays for. Do nothing.")
    if it.maybe:
        return _("We have money that may be yours. The centre is finding out. A cheque? Show it.")
    if it.halves:
        return _("Your sums make a month together. The centre is looking for the money.")
    if it.asked:
        begun = {"day": short_day(max(it.asked))}
        return _("We are asking the bank about your payment of %(day)s. Do not pay again.") % begun
    return (
        _("We do not see your payment yet. Did you pay by %(day)s? Do nothing. A cheque? Show it.")
        % values
    )


def _short_held(it: Standing) -> str:
    until = it.pay_by_after_held
    if is_next_near(it) and it.today <= until:
        told = _("We are checking your payments. Pay for the next month by %(day)s inclusive.")
        return told % {"day": short_day(until)}
    return _("The day of issue of your patent was corrected. We check your payments. Do nothing.")


def _short_due(it: Standing) -> str:
    values = {"sum": _plain(it.monthly), "day": short_day(it.pay_until)}
    if not it.monthly:
        return _("Pay for the next month by %(day)s inclusive. Already paid? Do nothing.") % values
    return _("Pay %(sum)s roubles by %(day)s inclusive. Already paid? Do nothing.") % values


def _short_valid(it: Standing) -> str:
    values = {"day": short_day(it.covered_through), "until": it.pay_by and short_day(it.pay_by)}
    if it.pay_by is None:
        return _("The patent is valid through %(day)s. After that you need a new patent.") % values
    return _("The patent is valid. Paid through %(day)s. Pay next by %(until)s.") % values


def _short_ready(it: Standing) -> str:
    if it.is_paid_by_card:
        return _("The patent is ready. Bring your passport and the certificate of payment.")
    if it.months or it.late:  # who has money waiting is not asked to pay again
        return _("The patent is ready. Bring your passport and the cheque.")
    if not it.monthly:
        return _("The patent is ready. Before that, pay for the first month.")
    values = {"sum": _plain(it.monthly)}
    return _("The patent is ready. Before that, pay for the first month: %(sum)s roubles.") % values


def _short_preparing(it: Standing) -> str:
    return preparing(it)


def _short_refused(it: Standing) -> str:
    return _("The Ministry refused the patent. You can appeal the decision.")


def _short_none(it: Standing) -> str:
    return _("You have no application for a patent yet.")


def _plain(amount: Decimal) -> str:
    return roubles(amount, space=" ").removesuffix(" ₽")


_SHORT = {
    State.ANNULLED: _short_annulled,
    State.EXPIRED: _short_expired,
    State.LAPSED: _short_lapsed,
    State.TRACING: _short_tracing,
    State.IN_TRANSIT: _short_in_transit,
    State.UNSEEN: _short_unseen,
    State.DUE: _short_due,
    State.VALID: _short_valid,
    State.READY: _short_ready,
    State.PREPARING: _short_preparing,
    State.REFUSED: _short_refused,
    State.NONE: _short_none,
}
