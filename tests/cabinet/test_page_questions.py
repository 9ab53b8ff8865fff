"""Each page of a cabinet asks the database as much of a long history as of a short one.

The pages are those of the matrix of addresses, so a new page is held from its first day.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from accounts.models import Device, SignIn, TimelineEntry
from common.clock import MOSCOW
from journal.models import Look
from notifications.models import Message, MessageStatus
from patents.models import ApplicationStep, DocumentKind, Paper
from payments.models import Claim, QueueReason
from tests.checks.matrix import ROWS
from tests.factories import (
    AnnouncementFactory,
    ApplicationFactory,
    ChargeFactory,
    InnFactory,
    NewsFactory,
    PassportFactory,
    PatentFactory,
    PhoneFactory,
    PlacementFactory,
    ReceiptFactory,
    StaffFactory,
    statements_through,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 2, 17, 12, tzinfo=MOSCOW)
DAY = NOON.date()
FEW, MANY = 1, 6


def _own_pages() -> list[str]:
    """Addresses without arguments that a person opens inside."""
    found = []
    for name, row in ROWS.items():
        if "owner" in row.get and not name.startswith("admin:"):
            try:
                found.append(reverse(name))
            except NoReverseMatch:  # of one thing, not of a list
                continue
    return sorted(page for page in set(found) if page.startswith(("/cabinet/", "/help/")))


@pytest.fixture
def person():
    patent = PatentFactory(issued_on=date(2026, 1, 15))
    PlacementFactory(application=patent.application)
    statements_through(date(2026, 2, 16))
    person = patent.application.person
    InnFactory(person=person)
    PassportFactory(person=person)
    PhoneFactory(person=person)
    return person


@pytest.fixture
def inside(client, person):
    with time_machine.travel(NOON, tick=False):
        client.force_login(person.user)
    return client


def asked(client, page: str) -> list[str]:
    with time_machine.travel(NOON, tick=False):
        client.get(page)  # what a process or a person sees for the first time
        with CaptureQueriesContext(connection) as found:
            client.get(page)
    return [query["sql"] for query in found.captured_queries]


@pytest.mark.parametrize("page", _own_pages())
def test_a_page_asks_no_more_of_a_long_history_than_of_a_short_one(inside, person, page):
    """It may ask less: whoever has paid the whole year is asked for nothing."""
    live(person, FEW)
    short = asked(inside, page)

    live(person, MANY)
    long = asked(inside, page)

    assert len(long) <= len(short), "\n".join(long)


def live(person, times: int) -> None:
    """Something of every kind that pages show, so many times."""
    patent = person.applications.get(status="issued").patent
    staff = StaffFactory()
    for number in range(times):
        _money(patent.application, number)
        _papers(person, number)
        _words(person, staff, number)


def _money(application, number: int) -> None:
    receipt = ReceiptFactory(application=application)
    ReceiptFactory(application=application)
    charge = ChargeFactory(receipt=receipt)
    PlacementFactory(application=application, queued=True, queue_reason=QueueReason.LATE)
    PlacementFactory(application=application, paid_on=date(2026, 1, 15) + timedelta(number))
    posted = ReceiptFactory(application=application)
    PlacementFactory(application=application, receipt=posted, charge=ChargeFactory(receipt=posted))
    Claim.objects.create(
        application=application,
        months=1,
        amount=Decimal(Claim.objects.count() + 1),
        paid_on=date(2026, 2, 1),
    )
    assert charge.pk


def _papers(person, number: int) -> None:
    old = ApplicationFactory(person=person, refused=True)
    ApplicationStep.objects.create(application=old, status="in_review", on=DAY)
    kinds = DocumentKind.objects.order_by("pk")
    for kind in kinds[:2]:
        Paper.objects.create(application=old, kind=kind, handed_on=DAY)
    former = {"valid_until": date(2026, 1, 1)}
    InnFactory(person=person, value="770000000101", **former)
    PassportFactory(person=person, **former)
    PhoneFactory(person=person, **former)


def _words(person, staff, number: int) -> None:
    TimelineEntry.objects.create(person=person, kind="password-changed")
    Look.objects.create(actor_id=staff.pk, person_id=person.pk, page="person")
    AnnouncementFactory()
    NewsFactory()
    Message.objects.create(
        event="payment-posted",
        subject_id=1,
        key=f"{person.pk}-{Message.objects.count()}",
        person_id=person.pk,
        text="Мы получили 10 000 ₽.",
        status=MessageStatus.SENT,
        next_try_at=NOON,
        expires_at=NOON,
        sent_at=NOON,
    )
    device = Device.objects.create(
        user=person.user, token_hash=f"{Device.objects.count()}", last_seen_at=NOON
    )
    SignIn.objects.create(
        user=person.user,
        session_hash=f"{SignIn.objects.count()}",
        device=device,
        started_at=NOON,
        seen_at=NOON,
    )
