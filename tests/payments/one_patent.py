"""The patent of 15 January 2026 and its money, as facts of the standing."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from payments.standing import ApplicationFacts, Case, Channel, Facts, Money, PatentFacts, standing

DAY = timedelta(days=1)
ISSUED = date(2026, 1, 15)
PATENT = PatentFacts("77", "2600000001", ISSUED)
PRICE = Decimal(10_000)


def feb(day):
    return date(2026, 2, day)


def mar(day):
    return date(2026, 3, day)


def money(paid_on, posted_on=None, months=1, **more):
    return Money(PRICE * months, months, paid_on, posted_on, **more)


def at_bank(paid_on, posted_on):
    return money(paid_on, posted_on, channel=Channel.BANK)


def cheque(paid_on, **more):
    return money(paid_on, channel=Channel.CLAIM, **more)


FIRST = money(date(2026, 1, 10), date(2026, 1, 13))
SECOND = money(date(2026, 2, 10), date(2026, 2, 13))
ONLINE_IN_TIME = money(feb(14), feb(25))
ONLINE_LATE = money(feb(16))


def patent_facts(*paid, issued_on=ISSUED, complete=None, late=()):
    case = Case(patent=replace(PATENT, issued_on=issued_on), money=paid, late=late)
    return Facts((case,), complete, PRICE)


def on(today, *paid, complete="up to date", **more):
    complete = today - DAY if complete == "up to date" else complete
    return standing(patent_facts(*paid, complete=complete, **more), today)


def application(status="in_review", accepted_on=date(2026, 1, 5), **more):
    return ApplicationFacts("1381162", status, accepted_on, **more)
