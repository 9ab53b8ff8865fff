"""The desk moves a day of issue: what becomes late is said first, and a colleague agrees."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Approval
from accounts.services import approvals
from desk.worklists import WORKLISTS
from patents import services
from patents.models import FormerDay, Patent
from payments.facts import standing_of
from payments.services.ledger import moved_days
from payments.standing import State
from tests.factories import PatentFactory, PlacementFactory, StaffFactory, statements_through
from tests.patents.desk import sign_in_as

pytestmark = pytest.mark.django_db
EARLIER, LAST_NAMED = "2026-01-12", date(2026, 2, 14)
WHY = "на обороте другой день"


@pytest.fixture(autouse=True)
def late_february():
    with time_machine.travel("2026-02-25 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def patent():
    """Paid on the last day that we named."""
    found = PatentFactory(number="2600000001")
    PlacementFactory(application=found.application)
    line = {"line__posted_on": date(2026, 2, 17)}
    PlacementFactory(application=found.application, paid_on=LAST_NAMED, **line)
    statements_through(date(2026, 2, 24))
    return found


def page(patent, name):
    return reverse("admin:patents_application_step", args=[patent.application_id, name])


def typed(patent, **more):
    facts = {"series": "77", "number": "2600000001", "issued_on": EARLIER, "reason": WHY}
    return facts | {"profession": ""} | more


def day_of(patent):
    return Patent.objects.get(pk=patent.pk).issued_on


def now(patent):
    return standing_of(patent.application.person)


def test_the_form_says_which_payments_become_late_before_anything_is_done(client, patent):
    sign_in_as(client, "operator")

    answer = client.post(page(patent, "patent"), typed(patent))

    assert answer.status_code == 200
    assert "14.02.2026" in answer.content.decode()
    assert (day_of(patent), Approval.objects.count()) == (date(2026, 1, 15), 0)


def test_who_means_it_asks_a_colleague_and_the_day_stays_until_then(client, patent):
    operator = sign_in_as(client, "operator")

    answer = client.post(page(patent, "patent"), typed(patent, ask="on"), follow=True)

    asked = Approval.objects.get()
    assert (asked.asked_by, asked.kind, day_of(patent)) == (operator, "day", date(2026, 1, 15))
    said = _("A colleague decides: %s.") % _("Correct the patent")
    assert said in answer.content.decode()


def test_a_day_that_makes_nothing_late_asks_nobody(client, patent):
    sign_in_as(client, "operator")

    answer = client.post(page(patent, "patent"), typed(patent, issued_on="2026-01-16"))

    assert (answer.status_code, day_of(patent)) == (302, date(2026, 1, 16))
    assert not Approval.objects.exists()


@pytest.fixture
def moved(patent):
    asked = services.correct_patent
    facts = {"series": "77", "number": "2600000001", "profession": "", "reason": WHY}
    asked(patent=patent, issued_on=date(2026, 1, 12), agreed=True, **facts)
    moved_days.follow_moves()
    return patent


def test_the_money_stands_in_the_worklist_until_two_decide(client, moved):
    sign_in_as(client, "supervisor")
    assert set(WORKLISTS["former-day"].rows()) == {moved.application}
    assert "14.02.2026" in client.get(page(moved, "former-day")).content.decode()

    client.post(page(moved, "former-day"), {"stands": "yes", "reason": WHY})
    assert now(moved).state == State.UNSEEN
    approvals.decide(approval=Approval.objects.get(), granted=True, actor=StaffFactory())
    moved_days.follow_moves()

    assert now(moved).state == State.VALID
    assert not WORKLISTS["former-day"].rows().exists()


def test_where_nothing_waits_there_is_no_page_to_decide(client, patent):
    sign_in_as(client, "supervisor")

    answer = client.get(page(patent, "former-day"))

    assert answer.status_code == 302
    assert not FormerDay.objects.exists()


def test_a_page_of_the_decision_says_what_would_be_done(client, moved):
    sign_in_as(client, "supervisor")
    client.post(page(moved, "former-day"), {"stands": "no", "reason": WHY})

    text = client.get(
        reverse("admin:accounts_approval_change", args=[Approval.objects.get().pk])
    ).content.decode()

    assert _("payments made by the former day of issue are not in time") in text
