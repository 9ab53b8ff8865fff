"""Which months of the patent's year a payment page is opened for: each is bought once."""

from patents.models import Application
from payments import coverage
from payments.errors import ReceiptTooLong
from payments.models import Charge
from payments.room import months_counted


def months_to_buy(application: Application, months: int, *, counted: int = 0) -> tuple[int, int]:
    """First and last month, both included; the earliest that nobody has bought or is buying.
    `counted` of them are already spoken for by the money that they are asked for.

    Money that is no longer counted (a cheque that was rejected) may leave a gap before months that
    are bought: then the gap is taken. Ask with the application locked.
    Raises ReceiptTooLong when no such stretch is free; a shorter one may be.
    """
    bought, next_one = bought_months(application), months_counted(application) - counted + 1
    starts = [*range(next_one, coverage.MONTHS_IN_YEAR + 1), *range(1, next_one)]
    for first in starts:
        last = first + months - 1
        if last <= coverage.MONTHS_IN_YEAR and bought.isdisjoint(range(first, last + 1)):
            return first, last
    raise ReceiptTooLong(_longest_gap(bought))


def bought_months(application: Application) -> set[int]:
    rows = Charge.objects.live().filter(application=application, first_month__isnull=False)
    ends = rows.values_list("first_month", "last_month")
    return {month for first, last in ends for month in range(first, last + 1)}


def _longest_gap(bought: set[int]) -> int:
    longest = run = 0
    for month in range(1, coverage.MONTHS_IN_YEAR + 1):
        run = 0 if month in bought else run + 1
        longest = max(longest, run)
    return longest
