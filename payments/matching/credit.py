"""What a person's credit and surplus buy: whole months at the price of the day they were paid."""

from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from payments.matching.decide import Price, spread, years_for
from payments.matching.facts import MoneyIn, Part, Payer
from payments.models import Place, QueueReason


def spend(money: MoneyIn, payer: Payer, price: Price, application_id: int) -> tuple[Part, ...]:
    """Months first, earliest unpaid ones; what is less than a month, or finds none, is credit.

    Empty where the money would be late: then staff decide. The parts make the whole sum.
    """
    parts = _months(money, payer, price(money.paid_on))
    if any(part.queue_reason == QueueReason.LATE for part in parts):
        return ()
    bought = tuple(part for part in parts if part.place == Place.MATCHED)
    rest = money.amount - sum((part.amount for part in bought), Decimal(0))
    owner = bought[-1].application_id if bought else application_id
    return (*bought, credit(rest, money, owner)) if rest else bought


def credit(amount: Decimal, money: MoneyIn, application_id: int) -> Part:
    return Part(
        amount,
        Place.CREDIT,
        _("The person's credit: it prolongs nothing until it buys a month."),
        application_id=application_id,
        paid_on=money.paid_on,
    )


def _months(money: MoneyIn, payer: Payer, monthly: Decimal | None) -> tuple[Part, ...]:
    years = years_for(payer, money.paid_on, None)
    if not (years and monthly and money.amount >= monthly):
        return ()
    whole = money.amount - money.amount % monthly
    return spread(replace(money, amount=whole), payer, years, monthly)
