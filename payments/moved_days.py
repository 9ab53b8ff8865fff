"""What a day of issue does to payments, in sentences for the staff."""

from datetime import date

from django.utils.translation import gettext as _

from common.clock import today
from common.formats import roubles, short_day
from patents.models import Application
from patents.money import Word, register
from payments.facts import case_of, standing_of
from payments.standing import LateMoney, Money, PatentFacts, deadline, lost_by_moving, walk


def lost(application: Application, issued_on: date) -> list[str]:
    """Payments in time today that another day of issue would make late."""
    case = case_of(application, today())
    if case is None or case.patent is None:
        return []
    known = [money for money in case.money if money.known(today())]
    lost = [_lost(money) for money in lost_by_moving(case.patent, issued_on, known)]
    return lost or _term_over(case.patent, issued_on, known)


def _term_over(patent: PatentFacts, issued_on: date, known: list[Money]) -> list[str]:
    """Nothing is paid for the next month yet, and with the other day it would be too late."""
    months = walk(patent.issued_on, known, today(), patent.standing).months
    before, after = deadline(patent.issued_on, months), deadline(issued_on, months)
    if not after < today() <= before:
        return []
    said = _("The person may pay by %(before)s. With this day the term ended on %(after)s.")
    return [said % {"before": short_day(before), "after": short_day(after)}]


def _lost(money: Money) -> str:
    return _("%(amount)s paid on %(day)s become late with this day of issue.") % _about(money)


def held(application: Application) -> list[str]:
    """Payments that wait until two decide: in time only by a day of issue that we named before."""
    now = standing_of(application.person)
    if not now.case or now.case.application.number != application.number:
        return []
    return [_held(money) for money in now.held]


def _held(money: LateMoney) -> str:
    said = _("%(amount)s paid on %(day)s are in time by the former day of issue only.")
    return said % _about(money)


def _about(money: Money | LateMoney) -> dict:
    return {"amount": roubles(money.amount), "day": short_day(money.paid_on)}


register(Word(lost, held))
