"""Living examples: every part that pages are built from, with invented people and days."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from cabinet import announcements
from cabinet.buttons import Link, button, links
from payments.history import Paid, paid
from payments.sentence import Sentence, sentence
from payments.standing import (
    ApplicationFacts,
    Case,
    Channel,
    Facts,
    Money,
    PatentFacts,
    Standing,
    standing,
)

PRICE = Decimal(10_000)
ISSUED = date(2026, 1, 15)
FIRST = Money(PRICE, 1, date(2026, 1, 10), date(2026, 1, 13))
ONLINE = Money(PRICE, 1, date(2026, 2, 14))
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Example:
    standing: Standing
    sentence: Sentence
    button: Link
    links: list[Link]


def states() -> list[Example]:
    """One of each standing, in the order in which a page looks for them."""
    return [_example(one) for one in _standings()]


def year() -> Standing:
    """A year in which most signs stand: received, looked for, not visible, still to come."""
    return _patent(date(2026, 3, 15), ONLINE)


def announced() -> announcements.Said:
    words = _("The centre is closed"), _("On **1 May** nobody is at the windows.")
    return announcements.Said(0, date(2026, 4, 27), date(2026, 5, 1), *words)


def rows() -> list[Paid]:
    return paid(year())


def _standings() -> list[Standing]:
    return [
        _patent(date(2026, 3, 5), annulled_on=date(2026, 3, 3)),
        _patent(date(2027, 1, 20)),
        _patent(date(2026, 2, 22)),
        _patent(date(2026, 2, 22), ONLINE),
        _patent(date(2026, 2, 17), ONLINE),
        _patent(date(2026, 2, 17)),
        _patent(date(2026, 2, 8)),
        _patent(date(2026, 4, 20), Money(PRICE * 4, 4, date(2026, 1, 20), date(2026, 1, 25))),
        _application("ready", ready_on=date(2026, 3, 10)),
        _application("in_review", expected_ready_on=date(2026, 3, 20)),
        _application("refused", refused_on=date(2026, 3, 9)),
        standing(Facts(monthly=PRICE), date(2026, 3, 1)),
    ]


def _patent(day: date, *paid: Money, **more) -> Standing:
    patent = PatentFacts("77", "2600000001", ISSUED, **more)
    return standing(Facts((Case(None, patent, (FIRST, *paid)),), day - ONE_DAY, PRICE), day)


def _application(status: str, **more) -> Standing:
    day, paid = date(2026, 3, 12), Money(PRICE, 1, date(2026, 3, 10), channel=Channel.CHARGE)
    application = ApplicationFacts("1381162", status, date(2026, 2, 20), **more)
    return standing(Facts((Case(application, None, (paid,)),), day - ONE_DAY, PRICE), day)


def _example(one: Standing) -> Example:
    said = sentence(one)
    return Example(one, said, button(said), links(one))
