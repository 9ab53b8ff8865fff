"""Every filter of every list narrows it: of two rows that differ in one thing, one stays."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from common import clock
from common.clock import MOSCOW
from journal.models import JobRun
from patents.models import DocumentKind, PatentRule, RefusalKind
from payments.models import Requisites, Tariff
from tests.desk import rows
from tests.factories import (
    ApplicationFactory,
    FeedItemFactory,
    InnFactory,
    NewsFactory,
    OpeningMonthsFactory,
    OutgoingFactory,
    PatentFactory,
    PersonFactory,
    PlacementFactory,
    ReceiptFactory,
    StaffFactory,
    StatementFactory,
    TillFactory,
    TillPaymentFactory,
    cancelled_facts,
    counted_elsewhere,
)

pytestmark = pytest.mark.django_db
NOW = "2026-02-20 12:00 +0300"


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(NOW, tick=False):
        yield


@dataclass(frozen=True)
class Case:
    """`makes` gives the row that stays and the one that goes."""

    query: dict
    makes: Callable[[], tuple]


def pair(make, stays: dict, goes: dict) -> Callable[[], tuple]:
    return lambda: (make(**stays), make(**goes))


def of_new(make) -> Callable:
    """A row about an application of its own."""
    return lambda **facts: make(ApplicationFactory(), **facts)


def refused(kind: str):
    return {"refused": True, "refusal_kind_id": RefusalKind.objects.get(slug=kind).pk}


def of_kind(slug: str):
    return rows.paper(ApplicationFactory(), kind=DocumentKind.objects.get(slug=slug))


def feed(**facts):
    taken = {"status": "applied", "reason": ""}
    return FeedItemFactory(**(taken | facts if "status" not in facts else facts))


def receipts():
    return ReceiptFactory(), ReceiptFactory(**cancelled_facts())


def tills():
    return tuple(TillPaymentFactory(till=TillFactory(name=f"Касса {number}")) for number in (1, 2))


def traces():
    """One whose money is still on its way, and one that the Treasury has shown."""
    open_now, ended = (rows.trace_of(ApplicationFactory()) for _number in range(2))
    PlacementFactory(application=ended.application, charge=ended.charge)
    return open_now, ended


def links() -> dict:
    """Of each state one: the last day of one has passed, the money of another one was taken."""
    paid = rows.charge_of(ApplicationFactory()).receipt
    return {
        "over": rows.pay_link(ApplicationFactory(), good_through=date(2026, 2, 14)),
        "alive": rows.pay_link(ApplicationFactory()),
        "paid": rows.pay_link(paid.application, receipt=paid),
    }


def link(state: str, other: str) -> Callable[[], tuple]:
    def made():
        found = links()
        return found[state], found[other]

    return made


def given_back() -> tuple:
    """Two charges that were given back; the Treasury shows the money of the first one, too."""
    returned = [rows.charge_of(ApplicationFactory(), status="refunded") for _number in range(2)]
    PlacementFactory(
        application=returned[0].receipt.application,
        receipt=returned[0].receipt,
        charge=returned[0],
    )
    return tuple(returned)


def old_claim():
    old, young = (rows.claim(ApplicationFactory()) for _number in range(2))
    long_ago = clock.now() - timedelta(days=31)
    type(old).objects.filter(pk=old.pk).update(created_at=long_ago)
    return old, young


def two_days_ago(make) -> Callable[[], tuple]:
    """A row of two days ago and one of today."""

    def made():
        old, young = make(), make()
        type(old).objects.filter(pk=old.pk).update(created_at=clock.now() - timedelta(days=2))
        return old, young

    return made


def silent_charge():
    return rows.charge_of(ApplicationFactory(), status="pending", captured_at=None)


def open_refund():
    return rows.refund_of(ApplicationFactory())


def refunds():
    ended = {"status": "canceled", "ended_at": clock.now(), "reason": "возврат не прошёл"}
    return rows.refund_of(ApplicationFactory()), rows.refund_of(ApplicationFactory(), **ended)


def regions(model, **facts) -> Callable[[], tuple]:
    def made():
        mine = model.objects.filter(region="77").order_by("valid_from").first()
        other = model.objects.get(pk=mine.pk)
        other.pk, other.region = None, "50"
        other.save()
        return mine, other

    return made


def credit():
    application = ApplicationFactory()
    facts = {"place": "credit", "months": 0, "paid_on": None, "application": application}
    return PlacementFactory(**facts), PlacementFactory(queued=True)


def of_refused():
    application = ApplicationFactory(refused=True)
    return PlacementFactory(application=application), PlacementFactory()


def closed(**facts):
    """What was decided before and counts no more."""
    row = PlacementFactory(closed_at=clock.now(), **facts)
    counted_elsewhere(row)
    return row


def approvals():
    person = PersonFactory()
    return rows.approval(person), rows.approval(person, kind="merge", **rows.decided())


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
    ("payments.Receipt", "status"): Case({"status__exact": "formed"}, receipts),
    ("payments.Charge", "status"): Case(
        {"status__exact": "succeeded"},
        pair(of_new(rows.charge_of), {}, {"status": "pending", "captured_at": None}),
    ),
    ("payments.Charge", "method"): Case(
        {"method__exact": "sbp"}, pair(of_new(rows.charge_of), {"method": "sbp"}, {})
    ),
    ("payments.Refund", "status"): Case({"status__exact": "new"}, refunds),
    ("payments.TillPayment", "till"): Case(
        lambda: {"till__id__exact": TillFactory(name="Касса 1").pk}, tills
    ),
    ("payments.OpeningMonths", "months"): Case(
        {"months": "3"}, pair(OpeningMonthsFactory, {"months": 3}, {"months": 5})
    ),
    ("payments.Statement", "account"): Case(
        lambda: {"account__id__exact": rows_account("03100643000000018500").pk},
        pair(
            StatementFactory,
            {"account__number": "03100643000000018500"},
            {"account__number": "03100643000000018511"},
        ),
    ),
    ("payments.Trace", "SearchFilter"): Case({}, traces),
    ("payments.Claim", "status"): Case(
        {"status__exact": "open"},
        lambda: (
            rows.claim(ApplicationFactory()),
            rows.claim(ApplicationFactory(), **rows.rejected()),
        ),
    ),
    ("payments.Tariff", "region"): Case({"region": "77"}, regions(Tariff)),
    ("payments.Requisites", "region"): Case({"region": "77"}, regions(Requisites)),
    ("payments.Outgoing", "SeenFilter"): Case({}, pair(OutgoingFactory, {}, {"seen": True})),
    ("payments.Placement", "ShownFilter"): Case({}, pair(PlacementFactory, {"queued": True}, {})),
    ("payments.Placement", "QueueReasonFilter"): Case(
        {"kind": "late"},
        pair(PlacementFactory, {"queued": True, "queue_reason": "late"}, {"queued": True}),
    ),
}
# What makes a row that a choice shows and one that it does not.
CHOICES = {
    ("patents.FeedItem", "ShownFilter", "open"): pair(
        feed, {"status": "waiting", "reason": "future"}, {}
    ),
    ("payments.Charge", "QuestionFilter", "twice"): pair(
        of_new(rows.charge_of), {"is_second": True}, {}
    ),
    ("payments.Charge", "QuestionFilter", "endless"): two_days_ago(silent_charge),
    ("payments.Charge", "QuestionFilter", "posted"): given_back,
    ("payments.Refund", "EndlessFilter", "endless"): two_days_ago(open_refund),
    ("payments.PayLink", "StateFilter", "paid"): link("paid", "alive"),
    ("payments.PayLink", "StateFilter", "alive"): link("alive", "paid"),
    ("payments.PayLink", "StateFilter", "over"): link("over", "alive"),
    ("payments.Claim", "Overdue", "overdue"): old_claim,
    ("payments.Placement", "ShownFilter", "credit"): credit,
    ("payments.Placement", "ShownFilter", "refused"): of_refused,
    ("payments.Placement", "ShownFilter", "current"): lambda: (PlacementFactory(), closed()),
}
# These show what the list leaves out as long as nothing is chosen.
WIDER = [
    ("accounts.Approval", "WaitingFilter", "all"),
    ("patents.FeedItem", "ShownFilter", "all"),
    ("payments.Trace", "SearchFilter", "all"),
    ("payments.Outgoing", "SeenFilter", "all"),
    ("payments.Placement", "ShownFilter", "all"),
]
# The chosen value goes into one condition: the case of one value speaks for all of them.
ONE_CONDITION = {"IssuedIn", "EventFilter", "QueueReasonFilter"}


def rows_account(number: str):
    return StatementFactory(account__number=number).account


def name_of(given) -> str:
    """What stands in `list_filter`, as the cases call it."""
    if isinstance(given, tuple):
        return given[0]
    return given if isinstance(given, str) else given.__name__


def every_filter() -> list[tuple[str, type | str | tuple]]:
    return [
        (model._meta.label, given)
        for model, shown in admin.site._registry.items()
        for given in shown.list_filter
    ]


def own_filters() -> dict[tuple[str, str], type[admin.SimpleListFilter]]:
    """Those whose choices are our own words."""
    return {
        (label, given.__name__): given
        for label, given in every_filter()
        if isinstance(given, type) and given.__name__ not in ONE_CONDITION
    }


def values_of(given: type[admin.SimpleListFilter]) -> list[str]:
    return [value for value, _words in given.lookups(object.__new__(given), None, None)]


def test_every_filter_of_the_desk_has_a_case():
    every = {(label, name_of(given)) for label, given in every_filter()}

    assert every == set(CASES) | {(label, name) for label, name, _value in CHOICES}


def test_every_choice_of_every_filter_has_a_case():
    every = [(*key, value) for key, given in own_filters().items() for value in values_of(given)]

    assert sorted(every) == sorted([*CHOICES, *WIDER])


def shown(client, label: str, case: Case) -> tuple:
    """Of the two rows those that the narrowed list has."""
    stays, goes = case.makes()
    client.force_login(StaffFactory())
    address = reverse(f"admin:{label.lower().replace('.', '_')}_changelist")
    query = case.query() if callable(case.query) else case.query
    page = client.get(address, query)
    assert page.status_code == 200, page.headers.get("Location")
    found = set(page.context["cl"].queryset)
    return stays in found, goes in found


@pytest.mark.parametrize("key", CASES, ids="-".join)
def test_a_filter_narrows_its_list(client, key):
    assert shown(client, key[0], CASES[key]) == (True, False)


def chosen(label: str, name: str, value: str) -> dict:
    return {own_filters()[label, name].parameter_name: value}


@pytest.mark.parametrize("key", CHOICES, ids="-".join)
def test_each_choice_of_a_filter_narrows_its_list(client, key):
    assert shown(client, key[0], Case(chosen(*key), CHOICES[key])) == (True, False)


@pytest.mark.parametrize("key", WIDER, ids="-".join)
def test_a_wider_choice_shows_what_the_list_leaves_out(client, key):
    makes = CASES[key[:2]].makes

    assert shown(client, key[0], Case(chosen(*key), makes)) == (True, True)
