"""Whether a statement can be believed before a person has looked at it.

A file in which too many lines fit nobody, or which denies what other files showed, or says of it
that it is of another tax or region, or shows next to nothing of a working day, is more likely wrong
than the world: a bank's mistake, another centre's file, a shifted column, a filter, kopecks for
roubles. Nobody is told anything by it until somebody of the staff releases it.
"""

import logging
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from common import clock
from payments.models import Placement, Statement
from payments.services.importing import astray, completeness, divided, slices, told_twice
from payments.services.importing.released import denied_money
from payments.services.importing.scarcity import scarce_day
from payments.services.ledger.locks import hold_accounts

FEWEST_SMALL = 3
logger = logging.getLogger(__name__)


def is_believed(statement: Statement) -> bool:
    """Whether the lines of a staged statement may be posted; else they are kept and `hold` ends it.

    Asked again after a kill the answer stays what it was.
    """
    if statement.odd_lines is not None or _is_half_held(statement):
        return statement.odd_lines is not None
    odd = _odd_lines(statement)
    if _why_held(statement, odd):
        return False
    Statement.objects.filter(pk=statement.pk).update(odd_lines=odd.all)
    return True


class Odd(NamedTuple):
    """Lines of a statement and of others; `astray` are those months that its codes would take
    back, `all` counts them, too."""

    all: int
    astray: int


@transaction.atomic
def hold(statement: Statement) -> None:
    """All lines are kept and wait; from here on the file itself is not needed any more, and its
    days are complete only when somebody has decided."""
    hold_accounts([statement.account.number])
    odd = _odd_lines(statement)  # of a killed import those that were left
    found = {"odd_lines": odd.all, "scarce_on": scarce_day(statement), "held_at": clock.now()}
    Statement.objects.filter(pk=statement.pk).update(**found)
    completeness.recompute_for(statement)
    said = f"statement %s is held: {_why_held(statement, odd) or 'its import goes on'}"
    transaction.on_commit(lambda: logger.error(said, statement.pk))  # a preview keeps nothing


def is_for_its_codes(statement: Statement) -> bool:
    """Whether nothing but what its codes would take back holds it, of what is counted in lines."""
    if not statement.is_held or statement.scarce_on or statement.odd_lines is None:
        return False
    said = (statement.odd_lines, statement.line_count)
    return _are_too_many_astray(*said) and not _are_too_many(*said)


def _is_half_held(statement: Statement) -> bool:
    return Placement.objects.held().filter(line__statement=statement).exists()


def _odd_lines(statement: Statement) -> Odd:
    spared = [*told_twice.spared(), *divided.spared()]
    odd = slices.odd_lines(statement.pk, settings.REGION) + denied_money(statement, spared)
    gone = astray.counted_money(statement) if spared else 0
    return Odd(odd + gone, gone)


def _why_held(statement: Statement, odd: Odd) -> str:
    """For the log; empty where the statement can be believed."""
    if scarce_day(statement):
        return "a day shows too little"
    if _are_too_many(odd.all, statement.line_count):
        return "too many of its lines are odd"
    if _are_too_many_astray(odd.astray, statement.line_count):
        return "its codes would take back months that count"
    return "its sums are a hundred times too large or small" if _is_misread(statement) else ""


def _is_misread(statement: Statement) -> bool:
    """Whether kopecks were read as roubles, or roubles as kopecks: most sums say so. A hundred
    months are no payment, however few the lines are; a hundredth part may be a small sum."""
    larger, smaller, lines = slices.misread(statement.pk, settings.REGION)
    return larger * 2 > lines or smaller * 2 > lines and smaller >= FEWEST_SMALL


def _are_too_many(odd: int, lines: int) -> bool:
    """A handful of lines proves nothing, whatever its share."""
    return odd >= settings.ODD_LINES and odd > settings.ODD_SHARE * lines


def _are_too_many_astray(astray: int, lines: int) -> bool:
    """People were told that these months count: a smaller share is looked at first."""
    return astray >= settings.ASTRAY_LINES and astray > settings.ASTRAY_SHARE * lines
