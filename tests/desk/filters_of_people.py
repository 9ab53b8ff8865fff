"""Filters of people, applications, papers, messages and the Ministry's items."""

from collections.abc import Callable
from datetime import date, datetime

from django.contrib.auth.models import Group

from common import clock
from common.clock import MOSCOW
from journal.models import JobRun
from patents.models import DocumentKind, PatentRule, RefusalKind
from tests.desk import rows
from tests.desk.filtered import Case, of_new, pair
from tests.factories import (
    ApplicationFactory,
    FeedItemFactory,
    InnFactory,
    NewsFactory,
    PatentFactory,
    PersonFactory,
    PhoneFactory,
    StaffFactory,
)


def refused(kind: str):
    return {"refused": True, "refusal_kind_id": RefusalKind.objects.get(slug=kind).pk}


def of_kind(slug: str):
    return rows.paper(ApplicationFactory(), kind=DocumentKind.objects.get(slug=slug))


def feed(**facts):
    taken = {"status": "applied", "reason": ""}
    return FeedItemFactory(**(taken | facts if "status" not in facts else facts))


def approvals():
    person = PersonFactory()
    return rows.approval(person), rows.approval(person, kind="merge", **rows.decided())


def reached_and_not():
    phones = [PhoneFactory(), PhoneFactory()]
    for phone, facts in zip(phones, [{"failure": "blocked"}, {"failure": "too-late"}], strict=True):
        rows.message(address=phone.number, status="failed", **facts)
    return tuple(phone.person for phone in phones)


def staff():
    mine = StaffFactory()
    mine.groups.add(Group.objects.get(name="operator"))
    return mine, StaffFactory()


def jobs():
    return tuple(
        JobRun.objects.create(job=job, period="2026-02-20", started_at=clock.now())
        for job in ("remind", "sweep")
    )


def rules():
    changed = PatentRule.objects.filter(country="MDA").first()
    changed.needs_patent = not PatentRule.objects.filter(country="UZB").first().needs_patent
    changed.save()
    return PatentRule.objects.filter(country="UZB").first(), changed


def kinds_of_papers(field: str) -> Callable[[], tuple]:
    def made():
        mine, other = DocumentKind.objects.order_by("pk")[:2]
        values = ("person", "staff") if field == "brought_by" else (True, False)
        for row, value in zip((mine, other), values, strict=True):
            setattr(row, field, value)
            row.save()
        return mine, other

    return made


patent, inn, application = PatentFactory, InnFactory, ApplicationFactory
paper, message = of_new(rows.paper), rows.message
LATELY = datetime(2026, 2, 19, 12, tzinfo=MOSCOW)
CASES = {
    ("accounts.Person", "citizenship"): Case(
        {"citizenship__code__exact": "TJK"},
        pair(PersonFactory, {"citizenship_id": "TJK"}, {}),
    ),
    ("accounts.Person", "user"): Case(
        {"user__isempty": "1"}, pair(PersonFactory, {"user": None}, {})
    ),
    ("accounts.Approval", "WaitingFilter"): Case({}, approvals),
    ("accounts.Approval", "kind"): Case({"kind__exact": "phone"}, approvals),
    ("accounts.User", "is_active"): Case(
        {"is_active__exact": "0"}, pair(StaffFactory, {"is_active": False}, {})
    ),
    ("accounts.User", "groups"): Case(
        lambda: {"groups__id__exact": Group.objects.get(name="operator").pk}, staff
    ),
    ("journal.JobRun", "job"): Case({"job": "remind"}, jobs),
    ("notifications.Message", "status"): Case(
        {"status__exact": "failed"}, pair(message, {"status": "failed"}, {})
    ),
    ("notifications.Message", "EventFilter"): Case(
        {"event": "patents.ready"}, pair(message, {}, {"event": "patents.refused"})
    ),
    ("patents.Application", "status"): Case(
        {"status__exact": "ready"}, pair(application, {"ready": True}, {})
    ),
    ("patents.Application", "ground"): Case(
        {"ground__exact": "reissue"}, pair(application, {"ground": "reissue"}, {})
    ),
    ("patents.Application", "person__citizenship"): Case(
        {"person__citizenship__code__exact": "TJK"},
        pair(application, {"person__citizenship_id": "TJK"}, {}),
    ),
    ("patents.Application", "refusal_kind"): Case(
        lambda: {"refusal_kind__id__exact": RefusalKind.objects.get(slug="missing-paper").pk},
        lambda: (application(**refused("missing-paper")), application(**refused("late"))),
    ),
    ("patents.Patent", "IssuedIn"): Case(
        {"issued": "2026-01"}, pair(patent, {}, {"issued_on": date(2026, 2, 2)})
    ),
    ("patents.Patent", "annulled_on"): Case(
        {"annulled_on__isempty": "0"}, pair(patent, {"annulled_on": date(2026, 2, 1)}, {})
    ),
    ("patents.Patent", "source"): Case(
        {"source__exact": "ministry"}, pair(patent, {"source": "ministry"}, {})
    ),
    ("patents.Inn", "valid_until"): Case(
        {"valid_until__isempty": "0"},
        pair(inn, {"valid_until": date(2026, 2, 1)}, {"value": "500100732259"}),
    ),
    ("patents.Inn", "source"): Case(
        {"source__exact": "ministry"},
        pair(inn, {"source": "ministry"}, {"value": "500100732259"}),
    ),
    ("patents.Paper", "state"): Case(
        {"state__exact": "checked"}, pair(paper, {"state": "checked"}, {})
    ),
    ("patents.Paper", "kind"): Case(
        lambda: {"kind__id__exact": DocumentKind.objects.get(slug="passport").pk},
        lambda: (of_kind("passport"), of_kind("medical")),
    ),
    ("patents.Paper", "valid_until"): Case(
        {"valid_until__isempty": "0"}, pair(paper, {"valid_until": date(2026, 6, 1)}, {})
    ),
    ("patents.News", "source"): Case(
        {"source__exact": "file"}, pair(NewsFactory, {"source": "file"}, {})
    ),
    ("patents.News", "hidden_at"): Case(
        {"hidden_at__isempty": "0"}, pair(NewsFactory, {"hidden_at": LATELY}, {})
    ),
    ("patents.PatentRule", "needs_patent"): Case({"needs_patent__exact": "1"}, rules),
    ("patents.DocumentKind", "brought_by"): Case(
        {"brought_by__exact": "person"}, kinds_of_papers("brought_by")
    ),
    ("patents.DocumentKind", "for_first"): Case(
        {"for_first__exact": "1"}, kinds_of_papers("for_first")
    ),
    ("patents.DocumentKind", "for_reissue"): Case(
        {"for_reissue__exact": "1"}, kinds_of_papers("for_reissue")
    ),
    ("patents.FeedItem", "ShownFilter"): Case({}, pair(feed, {"status": "bad"}, {})),
    ("patents.FeedItem", "kind"): Case(
        {"shown": "all", "kind__exact": "ready"}, pair(feed, {"kind": "ready"}, {})
    ),
    ("patents.FeedItem", "status"): Case(
        {"shown": "all", "status__exact": "applied"}, pair(feed, {}, {"status": "bad"})
    ),
    ("patents.FeedItem", "source"): Case(
        {"shown": "all", "source__exact": "file"}, pair(feed, {"source": "file"}, {})
    ),
}
# What makes a row that a choice shows and one that it does not.
CHOICES = {
    ("accounts.Person", "DeafFilter", "none"): reached_and_not,
    ("patents.FeedItem", "ShownFilter", "open"): pair(
        feed, {"status": "waiting", "reason": "future"}, {}
    ),
}
