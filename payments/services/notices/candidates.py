"""Who might have to hear something: few enough to ask each of them where they stand.

Nobody is told by what is found here: it may find too many, it must miss nobody.
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db import connection
from django.db.models import Max, Min

from common import clock
from patents.models import Patent
from patents.workdays import reissue_by
from payments.coverage import MONTHS_IN_YEAR, pay_by, year_end
from payments.due import REISSUES, REMINDERS
from payments.models import Account, Charge, NoticeKind
from payments.standing import TRANSIT_DAYS

ONE_DAY = timedelta(days=1)
LONGEST_YEAR = 367  # days of a patent's twelve months, with room
# After these the standing has nothing new to say of the same days.
LAST_WORDS = [NoticeKind.LAPSED, NoticeKind.FIRST_MISSING]

# By the months that statements and the opening know, and by the database's own calendar, which may
# differ from ours by some days; `through` is the day after the last covered one.
OVER = """
WITH paid AS (
    SELECT application_id, sum(months) AS months FROM payments_placement
    WHERE closed_at IS NULL AND place = 'matched' GROUP BY application_id
)
SELECT application.person_id
FROM patents_patent AS patent JOIN patents_application AS application
    ON application.id = patent.application_id
LEFT JOIN paid USING (application_id)
LEFT JOIN payments_openingmonths AS counted USING (application_id)
CROSS JOIN LATERAL (SELECT patent.issued_on + make_interval(months => least(
    12, coalesce(paid.months, 0) + coalesce(counted.months, 0))::int) AS through
) AS known
WHERE patent.annulled_on IS NULL AND patent.issued_on > %s AND through BETWEEN %s AND %s
    AND NOT EXISTS (
        SELECT FROM payments_notice AS said WHERE said.application_id = application.id
        AND said.kind = ANY(%s) AND said.day >= through - interval '4 days'
    )
"""


def to_remind(today: date) -> list[int]:
    """People whose next payment may be due in ten, three or one days."""
    days = [
        issued_on
        for issued_on in _year_before(today)
        if any(_may_pay(issued_on, today + ahead * ONE_DAY) for ahead in REMINDERS.values())
    ]
    return _holders(days)


def _may_pay(issued_on: date, by: date) -> bool:
    """By any number of months: only a standing knows how many are paid."""
    return any(pay_by(issued_on, months) == by for months in range(1, MONTHS_IN_YEAR))


def to_apply(today: date) -> list[int]:
    """People whose last day to apply for the next patent comes in as many days as we say it."""
    said = {today + ahead * ONE_DAY for ahead in REISSUES.values()}
    return _holders([day for day in _year_before(today) if reissue_by(year_end(day)) in said])


def _year_before(today: date) -> list[date]:
    return [today - back * ONE_DAY for back in range(LONGEST_YEAR)]


def _holders(days: Collection[date]) -> list[int]:
    found = Patent.objects.filter(issued_on__in=days, annulled_on__isnull=True)
    return _once(found.values_list("application__person_id", flat=True))


def _once(people: Iterable[int]) -> list[int]:
    return sorted(set(people))


def at_a_page(people: Iterable[int]) -> list[int]:
    """Those of them who began to pay within a day: the page may be closed by now."""
    lately = Charge.objects.filter(created_at__gte=clock.now() - ONE_DAY)
    begun = set(lately.values_list("receipt__person_id", flat=True))
    return [one for one in people if one in begun]


def opened_on() -> date:
    """The last day that was counted before the portal: what was known by then is no news."""
    return Account.objects.aggregate(day=Min("counted_through"))["day"] or date.max


def whose_days_are_over(today: date) -> list[int]:
    """People whose posted months are over by what statements show, and not long before the
    portal's own time. Nobody while no statement reaches so far.
    """
    through = Account.objects.aggregate(day=Max("complete_through"))["day"]
    if through is None:
        return []
    began, since = today - LONGEST_YEAR * ONE_DAY, opened_on() - 2 * TRANSIT_DAYS * ONE_DAY
    with connection.cursor() as cursor:
        cursor.execute(OVER, [began, since, through, LAST_WORDS])
        return _once(person_id for [person_id] in cursor.fetchall())
