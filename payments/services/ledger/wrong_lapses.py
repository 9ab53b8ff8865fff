"""Whoever was told that the term had passed, and whose months reach further by now, hears that the
words were wrong, whatever put that right: a corrected opening, a moved day, a cheque, a record.

What a line brings back is said at once by the books, with the payment itself.
"""

from collections.abc import Collection, Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.services import record_of_many
from common import clock
from common.batches import batches
from notifications.models import Message, MessageStatus
from notifications.services import queue_many
from payments import timeline
from payments.facts import standings_of
from payments.messages import APOLOGY, LAPSE_WITHDRAWN, LAPSED
from payments.models import Notice
from payments.standing import Standing, State
from payments.standing.states import OVER

AT_ONCE = 500
LONGEST_YEAR = timedelta(days=367)  # of a patent, with room
A_DAY, A_MONTH = timedelta(days=1), timedelta(days=28)


def take_lapses_back(people: Collection[int] | None = None) -> int:
    """Of everybody, or of these people; returns how many messages were taken back."""
    rows = _told() if people is None else _told().filter(person_id__in=people)
    told = list(rows.order_by("pk").values_list("pk", flat=True))
    return sum(_take_back(some) for some in batches(told, AT_ONCE))


def _told() -> QuerySet[Message]:
    """Which people may have read, and which nothing has taken back."""
    back = Message.objects.filter(
        event=LAPSE_WITHDRAWN.code,
        person_id=OuterRef("person_id"),
        created_at__gte=OuterRef("created_at"),
    ).exclude(status=MessageStatus.DROPPED)
    read = ~Q(text="") | Q(status=MessageStatus.SENDING)
    lately = Q(created_at__gte=clock.now() - LONGEST_YEAR)
    rows = Message.objects.filter(lately, read, event=LAPSED.code, taken_back_at=None)
    return rows.filter(~Exists(back), person_id__isnull=False)


@transaction.atomic
def _take_back(pks: Iterable[int]) -> int:
    """The rows are held: two that look at once say it once."""
    rows = Message.objects.filter(pk__in=pks, taken_back_at=None)
    wrong = _wrong(list(rows.select_for_update().order_by("pk")))
    Message.objects.filter(pk__in=[row.pk for row in wrong]).update(taken_back_at=clock.now())
    first = {row.subject_id: row for row in reversed(wrong)}
    queue_many(APOLOGY, [(row.pk, row.person_id, f"lapse-wrong:{pk}") for pk, row in first.items()])
    entries = (
        (row.person_id, timeline.APOLOGY, {"wrong_on": clock.moscow_day(row.created_at)})
        for row in first.values()
    )
    record_of_many(sorted(entries, key=lambda entry: entry[0]))
    return len(wrong)


def _wrong(rows: list[Message]) -> list[Message]:
    notices = Notice.objects.select_related("application").in_bulk({row.subject_id for row in rows})
    people = sorted({one.application.person_id for one in notices.values()})
    now = dict(standings_of(people, clock.today()))
    return [
        row
        for row in rows
        if (notice := notices.get(row.subject_id))
        and _is_wrong(notice, now[notice.application.person_id])
    ]


def _is_wrong(notice: Notice, it: Standing) -> bool:
    """Proven months go beyond the day of which it was said that nothing had come. Where a later
    month has ended too, by a whole month: a day of issue that moved a little withdraws nothing.

    A cheque that nobody has confirmed, or statements that were annulled, prove nothing.
    """
    same = it.case is not None and it.case.application.number == notice.application.number
    if not same or it.state == State.ANNULLED or it.proven_through is None:
        return False
    return it.proven_through >= notice.day + (A_MONTH if it.state in OVER else A_DAY)
