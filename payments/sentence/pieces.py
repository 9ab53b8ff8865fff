"""Pieces of the long sentences; each piece is a whole sentence of its own."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from common.formats import roubles
from payments.standing import NOTICE_DAYS, Channel, LateMoney, Standing

COUNTDOWN_DAYS = 60


def day(value: date, it: Standing) -> str:
    """The year is written only when it is not this one."""
    return _day(value, it.today)


def _day(value: date, today: date) -> str:
    return formats.day(value) if value.year == today.year else formats.day_year(value)


def clause(reason: str) -> str:
    return reason.strip().rstrip(".")


def total(paid) -> Decimal:
    return sum((money.amount for money in paid), Decimal(0))


def price_and_day(it: Standing) -> dict[str, str]:
    return {"sum": roubles(it.monthly), "day": day(it.pay_until, it)}


def to_pay(it: Standing) -> str:
    """Without a tariff for today there is no price to name."""
    if it.monthly:
        return _("Pay %(sum)s by %(day)s inclusive.") % price_and_day(it)
    return _("Pay for the next month by %(day)s inclusive.") % price_and_day(it)


def pay_first(it: Standing) -> str:
    if it.monthly:
        return _("First pay for the first month: %(sum)s.") % {"sum": roubles(it.monthly)}
    return _("First pay for the first month.")


def is_only_shown(it: Standing) -> bool:
    """Nothing but a cheque, that staff have not looked at, speaks for the payment."""
    return not any(money.confirmed for money in it.living)


def taken(it: Standing) -> str:
    money = it.transit.money
    values = {"day": day(money.paid_on, it), "sum": roubles(money.amount)}
    if money.channel == Channel.CLAIM:
        return _("By your cheque, you paid %(sum)s on %(day)s.") % values
    return _("On %(day)s we received %(sum)s.") % values


def expected(it: Standing) -> str:
    if it.today > it.transit.expected_by:
        return " ".join(feed_is_late(it, it.transit.expected_by))
    return _("The Treasury should write the payment down by %(day)s.") % {
        "day": day(it.transit.expected_by, it)
    }


def feed_is_late(it: Standing, needed_through: date) -> list[str]:
    """The honest line for a stopped feed: the days have passed and we cannot see them."""
    known = it.complete_through
    if it.today <= needed_through or (known is not None and known >= needed_through):
        return []
    return [_("The Treasury's data reach us late now. This is not your delay.")]


def after_transit(it: Standing) -> list[str]:
    """What is left to do while the money travels: for the next month it may be much."""
    once = _("Do not pay for the same month twice.")
    if it.is_payable:
        return [once, _("Now pay for the next month."), to_pay(it)]
    if it.today > it.last_covered:
        unseen = _(
            "We do not see the payment for the next month yet. "
            "Did you pay by %(day)s inclusive? Do nothing."
        )
        return [once, unseen % {"day": day(it.pay_until, it)}]
    return [_("There is nothing to do."), _("Do not pay a second time.")]


def days_left(it: Standing) -> str:
    left = (it.pay_until - it.today).days
    if left == 0:
        return _("Today is the last day.")
    return ngettext("%(days)d day is left.", "%(days)d days are left.", left) % {"days": left}


def next_payment(it: Standing) -> str:
    """The price is named only within its year: the next year's is another."""
    if it.pay_by.year == it.today.year and it.monthly:
        return _("Make the next payment of %(sum)s by %(day)s inclusive.") % price_and_day(it)
    return _("Make the next payment by %(day)s inclusive.") % price_and_day(it)


def year_is_paid(it: Standing) -> list[str]:
    text = [_("All twelve months are paid.")]
    left = it.days_to_year_end
    if left <= COUNTDOWN_DAYS:
        text.append(
            ngettext(
                "The year of the patent ends in %(days)d day.",
                "The year of the patent ends in %(days)d days.",
                left,
            )
            % {"days": left}
            if left
            else _("Today is the last day of the patent's year.")
        )
    text.append(_("To go on working you need a new patent."))
    text.append(_("Apply for it at least 10 working days before the end of the year."))
    return text


def living(it: Standing) -> list[str]:
    return [
        _("%(sum)s paid on %(day)s are on their way to the Treasury.")
        % {"sum": roubles(money.amount), "day": day(money.paid_on, it)}
        for money in it.living
    ]


def first_month(it: Standing) -> list[str]:
    """Before the patent exists: what is known of the money for it."""
    if not it.months:
        return []
    if it.transit is None:
        return [_("The first month is paid. The Treasury has the money.")]
    values = {"day": day(it.transit.money.paid_on, it)}
    if it.transit.traced:
        return [_("The first month was paid on %(day)s. We are looking for the money.") % values]
    on_its_way = _("The first month was paid on %(day)s, the money is on its way.") % values
    return [line for line in (on_its_way, expected(it)) if line]


def bring(it: Standing) -> str:
    """Who paid by card has no cheque: the certificate of the cabinet shows the payment."""
    if it.is_paid_by_card:
        return _("Bring your passport and the certificate of payment.")
    return _("Bring your passport and the cheque for the first month.")


def last_day_of_first_month(it: Standing) -> list[str]:
    if it.first_month_is_in_time:
        return [_("Not paid yet? You can still pay today, inclusive.")]
    return []


def waiting(it: Standing) -> list[str]:
    """Money that waits for a decision: a sentence for each sum, or one with the total."""
    alike = {}
    for late in it.late:
        alike.setdefault(_kind(late, it), []).append(late)
    return [
        _late_alone(kind, *of_kind, it) if len(of_kind) == 1 else _late_together(kind, of_kind)
        for kind, of_kind in alike.items()
    ]


def asks_for_cheque(it: Standing) -> bool:
    """Never of somebody whose money we hold, unless its day is all that is missing."""
    return not it.undecided or any(money.asks_day for money in it.undecided)


def _late_alone(kind: str, late: LateMoney, it: Standing) -> str:
    if kind != "held":
        return late_money(late, it.today)
    return _("We have %(sum)s paid on %(day)s. You paid by the day that we had named.") % {
        "sum": roubles(late.amount),
        "day": day(late.paid_on, it),
    }


def _kind(late: LateMoney, it: Standing) -> str:
    if late in it.held:
        return "held"
    if late.asks_day:
        return "day unknown"
    return "cheque" if late.channel == Channel.CLAIM and late.posted_on is None else "late"


def _late_together(kind: str, late: list[LateMoney]) -> str:
    said = {
        "day unknown": _(
            "We have %(sum)s, but we do not know the days of payment. Show us the cheques."
        ),
        "cheque": _("Your cheques for %(sum)s together wait for a decision of the centre."),
        "held": _(
            "We have several payments of yours, %(sum)s together. "
            "You paid by the days that we had named."
        ),
        "late": _("We have several payments of yours, %(sum)s together. The centre will decide."),
    }
    return said[kind] % {"sum": roubles(total(late))}


def late_money(late: LateMoney, today: date) -> str:
    values = {"sum": roubles(late.amount)}
    if late.asks_day:
        return (
            _("We have %(sum)s, but we do not know the day of payment. Show us the cheque.")
            % values
        )
    if late.paid_on is None:
        return _("We have %(sum)s. The centre is checking this payment by itself.") % values
    values["day"] = _day(late.paid_on, today)
    if late.channel == Channel.CLAIM and late.posted_on is None:
        return _("Your cheque of %(day)s for %(sum)s waits for a decision of the centre.") % values
    return _("We have %(sum)s paid on %(day)s. It waits for a decision of the centre.") % values


def after_held(it: Standing) -> list[str]:
    """Whatever staff decide about the money, the month after it is still to be paid in time."""
    pay_by = it.pay_by_after_held
    if not is_next_near(it):
        return [_("There is nothing to do."), _("Do not pay a second time.")]
    if it.today <= pay_by:
        return [_("Pay for the next month by %(day)s inclusive.") % {"day": day(pay_by, it)}]
    unseen = _(
        "We do not see the payment for the next month yet. "
        "Did you pay by %(day)s inclusive? Do nothing."
    )
    return [unseen % {"day": day(it.last_in_time, it)}]


def is_next_near(it: Standing) -> bool:
    """Time to ask for the month after the money that is held."""
    pay_by = it.pay_by_after_held
    return pay_by is not None and it.today >= pay_by - timedelta(days=NOTICE_DAYS)


def note(it: Standing) -> tuple[str, ...]:
    note = [_("Today is %(day)s.") % {"day": formats.day_year(it.today)}]
    if it.complete_through and it.issued_on:
        known = _("The Treasury's data are known through %(day)s.")
        note.append(known % {"day": day(it.complete_through, it)})
    return tuple(note)


def preparing(it: Standing) -> str:
    """Whom no SMS reaches is not left to wait for one."""
    if it.news_by_sms:
        return _("We are preparing your patent. We will send an SMS when it is ready.")
    return _("We are preparing your patent. When it is ready, your cabinet will say so.")
