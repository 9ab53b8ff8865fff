"""What every service of the patents asks of days, reasons and constraints."""

from contextlib import contextmanager
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common import clock
from common.errors import Refusal
from common.formats import short_day
from patents import errors


def reason_given(text: str) -> str:
    if not text.strip():
        raise errors.ReasonMissing
    return text.strip()


def refuse_future(day: date) -> None:
    if day > clock.today():
        raise errors.DayNotPossible(_("This day has not come yet. Check the date."))


def refuse_outside(day: date, earliest: date, sentence: str) -> None:
    refuse_future(day)
    if day < earliest:
        raise errors.DayNotPossible(sentence % short_day(earliest))


@contextmanager
def taken_means(refusal: type[Refusal]):
    """A unique constraint that holds against a racing writer, said as a sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise refusal from error
