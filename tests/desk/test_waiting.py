"""The start page says what waits, to those who may decide it."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import translation

from accounts.models import Approval
from common import clock
from desk.waiting import KINDS
from notifications.models import Message, MessageStatus
from payments.models import Claim
from tests.factories import (
    ApplicationFactory,
    PersonFactory,
    PlacementFactory,
    StaffFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
INDEX = reverse("admin:index")
WORK = {
    "payments_placement": "Money that waits for a decision",
    "payments_claim": "Cheques to check",
    "accounts_approval": "Decisions that need a second member of the staff",
    "notifications_message": "SMS not delivered in 7 days",
}
OF = {
    "operator": {"accounts_approval", "notifications_message"},
    "accountant": {"payments_placement", "payments_claim", "accounts_approval"},
    "supervisor": set(WORK),
    "reviewer": set(),
    "hotline": set(),
}


@pytest.fixture(autouse=True)
def _english(client):
    with translation.override("en"):
        client.cookies["django_language"] = "en"
        yield


def work(count: int) -> None:
    for number in range(count):
        PlacementFactory(queued=True)
        Claim.objects.create(
            application=ApplicationFactory(),
            months=1,
            amount=Decimal("10000.00"),
            paid_on=date(2026, 2, 9),
        )
        person = PersonFactory()
        Approval.objects.create(person=person, kind="phone", asked_by=StaffFactory(), reason="-")
        Message.objects.create(
            event="patents.ready",
            subject_id=1,
            key=str(number),
            person_id=person.pk,
            status=MessageStatus.FAILED,
            next_try_at=clock.now(),
            expires_at=clock.now(),
        )


@pytest.mark.parametrize("role", OF)
def test_each_role_sees_its_own_work_and_the_links_lead_to_it(client, role):
    work(2)
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)

    text = client.get(INDEX).content.decode()

    assert {name for name, words in WORK.items() if f"{words}: 2</a>" in text} == OF[role]


def _rows_of(page) -> int:
    """Of a worklist, or of the page from which statements are uploaded."""
    return page["page"].paginator.count if "page" in page else page["stopped"]


def test_a_link_opens_as_many_rows_as_it_counted(client):
    work(2)
    PlacementFactory()
    client.force_login(StaffFactory())
    kinds = client.get(INDEX).context["kinds"]

    for one, count in kinds:
        page = client.get(one.address).context
        shown = page["cl"].result_count if "cl" in page else _rows_of(page)
        assert shown == count
    counted = {str(one.words): count for one, count in kinds}
    assert {counted[words] for words in WORK.values()} == {2}


@pytest.mark.parametrize("count", [0, 3])
def test_the_start_page_asks_one_question_a_kind(client, django_assert_num_queries, count):
    work(count)
    client.force_login(StaffFactory())
    client.get(INDEX)

    with django_assert_num_queries(2 + len(KINDS)):  # session, user
        client.get(INDEX)


def test_a_migrant_at_the_staff_door_reads_no_internal_name(client):
    person = ApplicationFactory(person__user__username="16a0b880-aaaa").person
    client.force_login(person.user)

    answer = client.get(INDEX, follow=True)

    assert answer.status_code == 200
    assert "16a0b880" not in answer.content.decode()
    assert "16a0b880" not in person.user.get_short_name()
