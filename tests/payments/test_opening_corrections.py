"""Months counted at go-live are put right by two people, as an entry that stays."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import InternalError, transaction
from django.urls import reverse

from accounts.models import Approval
from accounts.services import approvals
from payments.facts import standing_of
from payments.models import OpeningCorrection, OpeningMonths
from payments.services.audit import audit
from payments.services.ledger import opening_corrections as corrections
from tests.factories import (
    MONTHLY,
    ApplicationFactory,
    OpeningMonthsFactory,
    PatentFactory,
    PlacementFactory,
    StaffFactory,
)
from tests.patents.desk import sign_in_as

pytestmark = pytest.mark.django_db
WHY = "в ведомости четыре месяца"
TYPED = {"months": "4", "amount": str(MONTHLY * 4), "reason": WHY}


@pytest.fixture
def opened():
    """Issued on 15 January, three months counted: covered through 14 April."""
    application = PatentFactory(issued_on=date(2026, 1, 15)).application
    OpeningMonthsFactory(application=application)
    return application


def ask(application, months=4, amount=MONTHLY * 4, actor=None):
    return corrections.ask_correction(
        application=application,
        months=months,
        amount=amount,
        reason=WHY,
        actor=actor or StaffFactory(),
    )


def grant(approval):
    return approvals.decide(approval=approval, granted=True, actor=StaffFactory())


def covered(application):
    return standing_of(application.person, date(2026, 3, 1)).covered_through


def test_nothing_changes_until_a_colleague_agrees(opened):
    approval = ask(opened)

    assert ask(opened) == approval
    assert covered(opened) == date(2026, 4, 14)
    with pytest.raises(approvals.AnotherMustDecide):
        approvals.decide(approval=approval, granted=True, actor=approval.asked_by)


def test_granted_the_months_count_and_the_entry_says_who_and_why(opened):
    approval = grant(ask(opened))

    entry = OpeningCorrection.objects.get()
    assert covered(opened) == date(2026, 5, 14)
    assert (entry.months_before, entry.months, entry.reason) == (3, 4, WHY)
    assert (entry.amount_before, entry.amount) == (MONTHLY * 3, MONTHLY * 4)
    assert (entry.asked_by, entry.decided_by) == (approval.asked_by, approval.decided_by)
    assert opened.person.timeline.filter(kind="payments.recounted").count() == 1


def test_the_ledger_still_agrees_with_the_file_and_sees_a_silent_change(opened):
    grant(ask(opened))
    assert audit().faults == []

    OpeningMonths.objects.update(months=5)

    assert len(audit().faults) == 1


def test_months_that_were_none_are_taken_away(opened):
    grant(ask(opened, 0, Decimal(0)))

    assert standing_of(opened.person, date(2026, 3, 1)).months == 0
    assert audit().faults == []


def test_an_application_of_which_the_file_knew_nothing_gets_its_months(opened):
    other = PatentFactory(issued_on=date(2026, 1, 15)).application

    grant(ask(other, 2, MONTHLY * 2))

    assert covered(other) == date(2026, 3, 14)
    assert audit().faults == []
    other.refresh_from_db()
    assert other.first_paid_on is not None


@pytest.mark.parametrize(
    ("months", "amount", "refusal"),
    [
        (3, MONTHLY * 3, corrections.NothingDiffers),
        (4, Decimal(0), corrections.SumNeeded),
        (0, MONTHLY, corrections.SumNeeded),
        (12, MONTHLY * 12, corrections.TooManyMonths),
    ],
)
def test_a_correction_that_cannot_be_is_refused(opened, months, amount, refusal):
    PlacementFactory(application=opened)

    with pytest.raises(refusal):
        ask(opened, months, amount)

    assert not Approval.objects.exists()


def test_without_an_opening_there_is_nothing_to_correct():
    with pytest.raises(corrections.NoOpening):
        ask(ApplicationFactory())


@pytest.mark.parametrize("change", [lambda rows: rows.update(months=1), lambda r: r.delete()])
def test_an_entry_is_never_changed_nor_removed(opened, change):
    grant(ask(opened))

    with pytest.raises(InternalError), transaction.atomic():
        change(OpeningCorrection.objects.all())


def test_an_accountant_asks_and_a_supervisor_decides_but_no_operator(client, opened):
    accountant = sign_in_as(client, "accountant")
    page = reverse("admin:payments_openingmonths_correct", args=[opened.pk])
    listed = client.get(reverse("admin:payments_openingmonths_changelist"), {"months": 3})
    assert opened.number in listed.content.decode()
    assert client.post(page, TYPED).status_code == 302
    approval = Approval.objects.get()
    assert approval.asked_by == accountant
    decide = reverse("admin:accounts_approval_decide", args=[approval.pk])

    sign_in_as(client, "operator")
    assert client.post(decide, {"decision": "grant"}).status_code == 403
    sign_in_as(client, "supervisor")
    assert (
        opened.number
        in client.get(
            reverse("admin:accounts_approval_change", args=[approval.pk])
        ).content.decode()
    )
    client.post(decide, {"decision": "grant"})

    assert OpeningMonths.objects.get().months == 4
