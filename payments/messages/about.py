"""The words that most messages of payments need."""

from datetime import date
from decimal import Decimal

from common.formats import roubles, short_day


def about(application, amount: Decimal, day: date | None = None) -> dict:
    """The words most messages need: whose application, how many roubles, of or by which day."""
    said = {"tail": application.number[-3:], "amount": roubles(amount, space=" ")}
    return said if day is None else said | {"day": short_day(day)}
