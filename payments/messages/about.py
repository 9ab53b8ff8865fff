"""The words that most messages of payments need."""

from datetime import date
from decimal import Decimal

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from common.formats import roubles, short_day


def money(amount: Decimal) -> str:
    """Ordinary spaces, and no sign of the rouble outside Russian: it is not in the GSM alphabet,
    and one such sign halves the room of an SMS."""
    return _("%(sum)s RUB") % {"sum": roubles(amount, space=" ").removesuffix(" ₽")}


said_later = lazy(money, str)  # in the language of whoever is told, when it is said


def about(application, amount: Decimal, day: date | None = None) -> dict:
    """The words most messages need: whose application, how many roubles, of or by which day."""
    said = {"tail": application.number[-3:], "amount": said_later(amount)}
    return said if day is None else said | {"day": short_day(day)}
