"""The money of a day, compared: what the Treasury told, where it is, what waits and for how long.

No person is named: sums and counts only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Case, CharField, Count, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from common.clock import MOSCOW
from payments.matching import scores
from payments.models import (
    Place,
    Placement,
    QueueReason,
    Said,
    Statement,
    StatementLine,
    TillPayment,
)
from payments.services.audit import misplaced

DAYS_OF_CHART = 14
RULES, STAFF = "rules", "staff"
WAYS = {
    RULES: _("posted by the rules"),
    STAFF: _("posted by staff"),
    Place.CREDIT: Place.CREDIT.label,
    Place.QUEUE: Place.QUEUE.label,
    Place.RETURNED: Place.RETURNED.label,
    Place.SET_ASIDE: Place.SET_ASIDE.label,
}
# By the score that a rule leaves on the months it posted (docs/matching.md).
RULES_BY_SCORE = {
    scores.RECEIPT: _("a receipt of ours and its exact sum"),
    scores.ANOTHER_SUM: _("a receipt of ours and another sum of whole months"),
    scores.SECOND_SUM: _("a receipt of ours, paid once more"),
    scores.TAKEN: _("what was taken online or at a cash desk"),
    scores.INN: _("an INN, a UIN or a passport with its name, and whole months"),
    scores.POSTING: _("no day of its own, as in an order of many: posted in time"),
    scores.PARTS: _("sums that make whole months together"),
}
ANOTHER_RULE = _("another rule")
AGES = (
    (0, 1, _("today and yesterday")),
    (2, 7, _("2 to 7 days")),
    (8, 30, _("8 to 30 days")),
    (31, None, _("longer than 30 days")),
)


@dataclass(frozen=True, slots=True)
class Sums:
    """A row of the report: how many and how much."""

    name: str
    count: int = 0
    amount: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class File:
    """A statement that speaks of the day; `kept` is the sum of its lines as they stand."""

    statement: Statement
    kept: Decimal

    @property
    def difference(self) -> Decimal:
        return self.statement.incoming - self.kept


@dataclass(frozen=True, slots=True)
class Stray:
    """A line whose places make another sum than its own."""

    line: StatementLine
    placed: Decimal

    @property
    def difference(self) -> Decimal:
        return self.line.amount - self.placed


@dataclass(frozen=True, slots=True)
class DayOfChart:
    day: date
    received: Decimal
    posted: Decimal


@dataclass(frozen=True, slots=True)
class Report:
    day: date
    received: Sums
    ways: tuple[Sums, ...]
    rules: tuple[Sums, ...]
    notices: tuple[Sums, ...]
    strays: tuple[Stray, ...]
    files: tuple[File, ...]
    reasons: tuple[Sums, ...]
    ages: tuple[Sums, ...]
    tills: tuple[Sums, ...]
    chart: tuple[DayOfChart, ...]

    @property
    def difference(self) -> Decimal:
        """Received and in no place, or in two: never anything but zero."""
        return self.received.amount - sum(row.amount for row in self.ways)

    @property
    def waiting(self) -> Sums:
        return Sums("", sum(row.count for row in self.ages), total(self.ages))


def total(rows: Iterable[Sums]) -> Decimal:
    return sum((row.amount for row in rows), Decimal(0))


def of_day(day: date, today: date) -> Report:
    """Lines posted on a Moscow day; what waits is what waits now. Notices bring no money and
    stand apart. What waits is read once, for there may be very much of it."""
    lines, waiting = StatementLine.objects.filter(posted_on=day), _waiting(today)
    places = Placement.objects.current().money().filter(line__posted_on=day)
    found = lines.money().aggregate(count=Count("pk"), amount=Sum("amount", default=Decimal(0)))
    return Report(
        day=day,
        received=Sums("", **found),
        ways=ways(places),
        rules=rules(places.filter(place=Place.MATCHED)),
        notices=_notices(lines, waiting),
        strays=tuple(Stray(one, one.placed) for one in misplaced(lines)),
        files=_files(day),
        reasons=_reasons(waiting),
        ages=tuple(_sum_of(waiting, name, age=name) for *_span, name in AGES),
        tills=_tills(day),
        chart=_chart(day),
    )


def ways(rows) -> tuple[Sums, ...]:
    by = Case(When(decided_by=None, then=Value(RULES)), default=Value(STAFF))
    way = Case(When(place=Place.MATCHED, then=by), default=F("place"), output_field=CharField())
    found = _sums(rows.annotate(way=way).values_list("way"))
    return tuple(Sums(name, *found.get(way, (0, Decimal(0)))) for way, name in WAYS.items())


def rules(posted) -> tuple[Sums, ...]:
    """By which rule months were posted, and by staff; together they are all of the given rows."""
    found = _sums(posted.filter(decided_by=None).values_list("score"))
    named = [
        Sums(name, *found.pop(score, (0, Decimal(0)))) for score, name in RULES_BY_SCORE.items()
    ]
    named += [Sums(ANOTHER_RULE, count, amount) for count, amount in found.values()]
    staff = posted.exclude(decided_by=None)
    by_staff = staff.aggregate(count=Count("pk"), amount=Sum("amount", default=Decimal(0)))
    return tuple(one for one in (*named, Sums(WAYS[STAFF], **by_staff)) if one.count)


def _sums(rows) -> dict:
    grouped = rows.annotate(count=Count("pk"), total=Sum("amount")).order_by()
    return {key: (count, amount) for key, count, amount in grouped}


def _files(day: date) -> tuple[File, ...]:
    files = Statement.objects.filter(first_day__lte=day, last_day__gte=day)
    files = files.select_related("account").order_by("imported_at", "pk")
    return tuple(File(one, _kept(one)) for one in files)


def _notices(lines, waiting: "list[Waiting]") -> tuple[Sums, ...]:
    """What they say of, never money that came."""
    sums = {"count": Count("pk"), "amount": Sum("amount", default=Decimal(0))}
    return (
        Sums(_("of this day"), **lines.notices().aggregate(**sums)),
        _sum_of(waiting, _("wait for staff now"), is_money=False),
    )


def _kept(statement: Statement) -> Decimal:
    """What the file told of, as the lines show it, whichever file brought them first."""
    line = StatementLine.objects.money().filter(digest=OuterRef("digest"), occurrence=1)
    told = statement.sightings.annotate(told=Subquery(line.values("amount")) * F("count"))
    return told.aggregate(total=Sum("told", default=Decimal(0)))["total"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one reason and for about as long."""

    reason: str
    age: str
    is_money: bool
    count: int
    amount: Decimal


def _waiting(today: date) -> list[Waiting]:
    queued = Placement.objects.queued().annotate(
        day=TruncDate("opened_at", tzinfo=MOSCOW), is_money=Q(line__said=Said.NEW), age=_age(today)
    )
    rows = queued.values_list("queue_reason", "age", "is_money").order_by()
    names = [name for *_span, name in AGES]
    return [
        Waiting(reason, names[age], is_money, count, amount)
        for reason, age, is_money, count, amount in rows.annotate(Count("pk"), Sum("amount"))
    ]


def _age(today: date) -> Case:
    """Which of the ages, by the first day that is old enough for it."""
    older = [
        When(day__lte=today - timedelta(first), then=Value(place))
        for place, (first, _last, _name) in reversed(list(enumerate(AGES)))
    ]
    return Case(*older, default=Value(0))


def _sum_of(waiting: list[Waiting], name: str, *, is_money=True, **known) -> Sums:
    some = [
        one
        for one in waiting
        if one.is_money == is_money and all(getattr(one, key) == known[key] for key in known)
    ]
    return Sums(name, sum(one.count for one in some), total(some))


def _reasons(waiting: list[Waiting]) -> tuple[Sums, ...]:
    there = {one.reason for one in waiting if one.is_money}
    return tuple(_sum_of(waiting, one.label, reason=one) for one in QueueReason if one in there)


def _tills(day: date) -> tuple[Sums, ...]:
    taken = TillPayment.objects.standing().filter(taken_on=day)
    there = Q(pk__in=TillPayment.objects.unposted().values("pk"))
    return tuple(
        Sums(name, **rows.aggregate(count=Count("pk"), amount=Sum("amount", default=Decimal(0))))
        for name, rows in (
            (_("taken at the tills"), taken),
            (_("of it not posted yet"), taken.filter(there)),
        )
    )


def _chart(day: date) -> tuple[DayOfChart, ...]:
    first = day - timedelta(DAYS_OF_CHART - 1)
    lines = StatementLine.objects.money().filter(posted_on__range=(first, day))
    received = _sums(lines.values_list("posted_on"))
    places = Placement.objects.matched().money().filter(line__posted_on__range=(first, day))
    posted = _sums(places.values_list("line__posted_on"))
    days = (first + timedelta(number) for number in range(DAYS_OF_CHART))
    return tuple(DayOfChart(one, _of(received, one), _of(posted, one)) for one in days)


def _of(sums: dict, day: date) -> Decimal:
    return sums.get(day, (0, Decimal(0)))[1]
