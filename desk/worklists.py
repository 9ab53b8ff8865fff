"""Work that joins domains: lists of applications, each with the reason why it stands there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from accounts import kinds as account_kinds
from accounts.deaf import people_unreached
from accounts.models import TimelineEntry
from common import clock
from desk.models import Note
from patents.models import Application, ApplicationStatus, FormerDay
from payments.coverage import year_end

ONE_DAY = timedelta(days=1)
LONGEST_YEAR, SHORTEST_YEAR = 367, 364  # days of a patent's twelve months, with room
UNREACHABLE_DAYS = 30
PERMISSION = "accounts.change_person"


@dataclass(frozen=True)
class Worklist:
    """Rows are applications with `since`, the day that brought them here, the oldest first."""

    name: str
    words: str
    since: str
    rows: Callable[[], QuerySet]


def _ready() -> QuerySet:
    long_ago = clock.today() - settings.READY_NOT_FETCHED_DAYS * ONE_DAY
    found = Application.objects.filter(status=ApplicationStatus.READY, ready_on__lte=long_ago)
    return found.annotate(since=F("ready_on"))


def _no_inn() -> QuerySet:
    long_ago = clock.today() - settings.NO_INN_DAYS * ONE_DAY
    first = _not_refused().filter(person=OuterRef("person")).order_by("accepted_on")
    waiting = _counting().filter(inn_missing=True)
    return waiting.annotate(since=Subquery(first.values("accepted_on")[:1])).filter(
        since__lte=long_ago
    )


def _year_ends() -> QuerySet:
    """Patents in their last days whose person has not applied for the next one."""
    # As one span: of single days the database believes that each has its share of patents.
    days = issued_when_the_year_ends_soon(clock.today()) or [date.max]
    found = _counting().filter(
        patent__issued_on__range=(min(days), max(days)), patent__annulled_on__isnull=True
    )
    return found.annotate(since=F("patent__issued_on"))


def issued_when_the_year_ends_soon(today: date) -> list[date]:
    """Days of issue whose twelve months are over today or within the days of the setting."""
    soon = settings.YEAR_ENDS_DAYS
    days = [today - ONE_DAY * back for back in range(SHORTEST_YEAR - soon, LONGEST_YEAR)]
    return [day for day in days if today <= year_end(day) < today + soon * ONE_DAY]


def _no_advice() -> QuerySet:
    """The Ministry left out what the person may do, or by when: it stands in its decision."""
    found = Application.objects.filter(refusal_incomplete=True)
    return found.annotate(since=F("refused_on"))


def _no_first_payment() -> QuerySet:
    """Issued on a cheque whose money nobody has seen; months of the opening are money."""
    found = Application.objects.filter(
        Q(opening_months__isnull=True) | Q(opening_months__months=0),
        status=ApplicationStatus.ISSUED,
        first_paid_on__isnull=True,
    )
    return found.filter(patent__annulled_on__isnull=True).annotate(since=F("patent__issued_on"))


def _former_day() -> QuerySet:
    """Money paid by a day of issue that we had named by mistake: two decide whether it counts."""
    asked = FormerDay.objects.asked().filter(application=OuterRef("pk")).order_by("asks_since")
    found = Application.objects.filter(Exists(asked))
    return found.annotate(since=TruncDate(Subquery(asked.values("asks_since")[:1])))


def _no_sms() -> QuerySet:
    """Somebody needs another number, or a slip: SMS do not reach one that is in use."""
    return _newest().filter(person__in=people_unreached()).annotate(since=F("accepted_on"))


def _not_me() -> QuerySet:
    """An SMS said that it was not them: somebody of the staff calls, and notes what was said, or
    gives a new password at the desk."""
    later = {"person": OuterRef("person"), "written_at__gt": OuterRef("happened_at")}
    again = TimelineEntry.objects.filter(
        person=OuterRef("person"),
        kind=account_kinds.PASSWORD_ISSUED,
        happened_at__gt=OuterRef("happened_at"),
    )
    lately = clock.now() - UNREACHABLE_DAYS * ONE_DAY
    said = TimelineEntry.objects.filter(kind=account_kinds.NOT_ME, happened_at__gte=lately)
    said = said.filter(~Exists(Note.objects.filter(**later)), ~Exists(again))
    first = said.filter(person=OuterRef("person")).order_by("happened_at").values("happened_at")
    found = _newest().filter(person__in=said.order_by().values("person"))
    return found.annotate(since=TruncDate(Subquery(first[:1])))


def _not_refused() -> QuerySet:
    return Application.objects.exclude(status=ApplicationStatus.REFUSED)


def _counting() -> QuerySet:
    """Of each person the application that counts now: a refused one takes no place of another."""
    counting = _not_refused()
    after = Q(accepted_on__gt=OuterRef("accepted_on")) | Q(
        accepted_on=OuterRef("accepted_on"), pk__gt=OuterRef("pk")
    )
    return counting.filter(~Exists(counting.filter(after, person=OuterRef("person"))))


def _newest() -> QuerySet:
    """Of each person one application, whatever became of it."""
    later = Application.objects.filter(person=OuterRef("person"), pk__gt=OuterRef("pk"))
    return Application.objects.filter(~Exists(later))


WORKLISTS = {
    work.name: work
    for work in [
        Worklist("ready", _("Ready and not fetched"), _("ready since"), _ready),
        Worklist("no-inn", _("No INN for a long time"), _("accepted on"), _no_inn),
        Worklist("year-ends", _("The patent's year ends soon"), _("issued on"), _year_ends),
        Worklist("no-advice", _("Refusals without advice"), _("refused on"), _no_advice),
        Worklist("first-payment", _("First payment is missing"), _("issued on"), _no_first_payment),
        Worklist("former-day", _("Paid by a wrong day of issue"), _("waits since"), _former_day),
        Worklist("not-me", _("Said by SMS: it was not me"), _("said on"), _not_me),
        Worklist("no-sms", _("Numbers that take no SMS"), _("accepted on"), _no_sms),
    ]
}
