"""The line that proves timely payment takes back that the term had passed, whoever brings it.

Whether a person reads `lapsed` is asked before the books change and again after, and only of those
whose days are over by what the statements show: an ordinary import asks nothing more. Whoever read
it once, and reads since then that money may be theirs, is found by the notice that was written.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Protocol

from django.db.models import Exists, Max, OuterRef

from accounts.models import Person
from common.clock import today
from notifications.models import Message
from payments import coverage
from payments.facts import standing_of
from payments.matching import Part, Payer, Year
from payments.messages import LAPSED
from payments.models import Account, Notice, NoticeKind
from payments.standing import TRANSIT_DAYS, State
from payments.standing.states import OVER

WAY = timedelta(days=TRANSIT_DAYS)


class Moved(Protocol):
    part: Part
    payer: Payer | None

    @property
    def year(self) -> Year: ...


def lapsed_among(moves: Iterable[Moved]) -> set[int]:
    """People who read `lapsed` of these days, now, before the moves are written, or earlier."""
    ends = _ends(moves)
    over = [pk for pk, day in ends.items() if day < today()]
    if not over:
        return set()
    reach = Account.objects.aggregate(day=Max("complete_through"))["day"]
    known = [pk for pk in over if reach and ends[pk] <= reach]
    return _in_state(known, lambda state: state == State.LAPSED) | _noticed(known, ends)


def _noticed(people: Collection[int], ends: Mapping[int, date]) -> set[int]:
    """Those of whose last day a notice was written, whether or not its message went out: their
    page said so, too. Whoever heard an apology for it needs no other."""
    back = Message.objects.filter(
        event=LAPSED.code, subject_id=OuterRef("pk"), taken_back_at__isnull=False
    )
    rows = Notice.objects.filter(kind=NoticeKind.LAPSED, application__person_id__in=people)
    said = rows.filter(~Exists(back)).values_list("application__person_id", "day")
    return {person_id for person_id, day in said if day + WAY == ends[person_id]}


def _ends(moves: Iterable[Moved]) -> dict[int, date]:
    """Person → the day through which statements must be complete before they can read `lapsed`;
    nobody does whose patent has no month yet."""
    found = {}
    for one in moves:
        if one.payer and one.part.months and one.year.issued_on and one.year.money:
            found.setdefault(one.payer.person_id, _last_day(one.year) + WAY)
    return found


def _last_day(year: Year) -> date:
    months = min(coverage.MONTHS_IN_YEAR, sum(money.months for money in year.money))
    return coverage.covered_through(year.issued_on, months)


def no_more(people: Collection[int]) -> set[int]:
    """Those of them whose patent goes on, now that the moves are written."""
    return _in_state(people, lambda state: state not in OVER) if people else set()


def _in_state(people: Iterable[int], holds) -> set[int]:
    found = Person.objects.in_bulk(list(people))
    return {pk for pk, person in found.items() if holds(standing_of(person).state)}
