"""What a person wants to see of their payments: of one year, of one state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from payments.history import Paid
from payments.standing import LateMoney

WAY, POSTED, WAITS = "way", "posted", "waits"
STATES = {
    WAY: _("On their way"),
    POSTED: _("Received by the Treasury"),
    WAITS: _("Waiting for the centre"),
}
Row = Paid | LateMoney


@dataclass(frozen=True, slots=True)
class Chosen:
    """Empty: everything."""

    year: int | None = None
    state: str = ""

    def __bool__(self) -> bool:
        return bool(self.year or self.state)

    def of(self, rows: Iterable[Row]) -> list[Row]:
        return [row for row in rows if self._takes(row)]

    def _takes(self, row: Row) -> bool:
        return self.year in (None, year_of(row)) and self.state in ("", _state(row))


EVERYTHING = Chosen()


def chosen(query: Mapping[str, str]) -> Chosen:
    """From the words of an address; what is no year or state of ours chooses nothing."""
    year, state = query.get("year", ""), query.get("state", "")
    is_year = len(year) == 4 and year.isascii() and year.isdigit()
    return Chosen(int(year) if is_year else None, state if state in STATES else "")


def year_of(row: Row) -> int | None:
    """Of the day of payment; of the posting where nobody knows that day."""
    day = row.paid_on or row.posted_on
    return day and day.year


def _state(row: Row) -> str:
    if isinstance(row, LateMoney):
        return WAITS
    return POSTED if row.posted_on else WAY
