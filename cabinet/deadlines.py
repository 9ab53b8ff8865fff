"""The days of a person's obligations: a pure function of the standing. All days are inclusive.

A day is named only while the patent lives: who may have paid in time is not told to leave.
"""

from datetime import date

from cabinet.models import Deadline
from patents import workdays
from payments import coverage
from payments.standing import Standing, State, ThirdParty

TENTH_MONTH = 10
CONTRACT_MONTHS = 2  # domain facts 2.5
REGISTRATION_DAYS = 3  # working; domain facts 2.1, weak: pages say «check»
LIVING = frozenset({State.VALID, State.DUE, State.IN_TRANSIT, State.TRACING})


def deadlines(standing: Standing) -> dict[str, date]:
    """The days that can be counted for this person; what cannot be is absent."""
    found = _of_the_year(standing) | _of_the_money(standing)
    return {kind.value: day for kind, day in found.items() if day is not None}


def _of_the_year(standing: Standing) -> dict[Deadline, date | None]:
    """What follows from the day of issue alone holds also while a payment is not visible yet."""
    if standing.state not in LIVING | {State.UNSEEN}:
        return {}
    return {
        # Sources do not say how the two months end: the earlier reading harms nobody.
        Deadline.CONTRACT: coverage.pay_by(standing.issued_on, CONTRACT_MONTHS),
        Deadline.REISSUE: reissue_by(standing),
    }


def _of_the_money(standing: Standing) -> dict[Deadline, date | None]:
    if standing.state not in LIVING or not standing.months:
        return {}
    return {
        Deadline.PAY: standing.pay_until,
        Deadline.REGISTRATION: workdays.subtract_working_days(
            standing.last_covered, REGISTRATION_DAYS
        ),
        Deadline.LEAVE: standing.last_covered,
    }


def reissue_is_near(standing: Standing) -> bool:
    """From the tenth month of a living patent's year on the person is told of the next one."""
    if standing.issued_on is None or standing.third_party == ThirdParty.ENDED:
        return False
    return standing.today >= coverage.month_bounds(standing.issued_on, TENTH_MONTH)[0]


def reissue_by(standing: Standing) -> date | None:
    """The last day to apply for the next patent; None without a patent."""
    return standing.year_end and workdays.reissue_by(standing.year_end)
