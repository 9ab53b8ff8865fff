"""A feed of statements that is silent: one alarm for staff, one honest banner for people.

Nobody is told anything else while it lasts: standings and searches wait for complete days.
"""

from datetime import date

from django.conf import settings

from common.questions import Answer
from patents.workdays import subtract_working_days


def known_through(rows: Answer, day: date) -> date | None:
    """How far statements reach, where that is too long ago; None while they come as they should.

    `rows` is the answer to `facts.parts`.
    """
    in_force = {
        account
        for valid_from, valid_until, account in rows["requisites"]
        if valid_from <= day and (valid_until is None or day <= valid_until)
    }
    known = [through for number, through in rows["accounts"] if number in in_force]
    reach = min(known, default=day)
    return reach if reach < last_in_order(day) else None


def last_in_order(day: date) -> date:
    """Statements that are complete through this day are not late yet: the Treasury sends nothing
    while it does not work, as in the first days of January."""
    return subtract_working_days(day, settings.STATEMENTS_SILENT_DAYS)
