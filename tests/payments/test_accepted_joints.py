"""Balances that no file will mend: two of the staff accept them, with a reason that stays."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.errors import ReasonMissing
from accounts.models import Approval
from accounts.services import approvals
from desk.waiting import KINDS
from payments.models import Account
from payments.services.audit import audit
from payments.services.deciding import joints
from payments.services.deciding.joints import NoSuchJoint
from payments.services.importing.completeness import derived, open_account
from payments.services.importing.statements import import_statement
from tests.factories import StaffFactory
from tests.payments.statement_files import ACCOUNT, whole

pytestmark = pytest.mark.django_db
OPENING, FEB_9, FEB_10, FEB_11 = (date(2026, 2, day) for day in (8, 9, 10, 11))
WHY = "Остаток исправлен письмом банка"


def take(first: date, opening: str, number: str) -> None:
    import_statement(content=whole(first=first, opening=opening, number=number), name="file.txt")


@pytest.fixture(autouse=True)
def broken():
    """The balance of the ninth is carried on, that of the tenth is not."""
    account = open_account(number=ACCOUNT, counted_through=OPENING)
    for day, opening in ((FEB_9, "100.00"), (FEB_10, "170.00"), (FEB_11, "170.00")):
        take(day, opening, str(day.day))
    return account


def account() -> Account:
    return Account.objects.get(number=ACCOUNT)


def ask(*, accepted=True) -> Approval:
    day, sender = FEB_9, "Казначейство"
    said = {"accepted": accepted, "actor": StaffFactory(), "reason": WHY}
    return joints.ask(account=account(), day=day, sender=sender, **said)


def by_two(*, accepted=True) -> None:
    approvals.decide(approval=ask(accepted=accepted), granted=True, actor=StaffFactory())


def test_before_anybody_decides_completeness_stands_still():
    ask()

    assert (account().complete_through, account().broken_on) == (OPENING, FEB_9)


def test_accepted_by_two_the_days_are_complete():
    by_two()

    assert (account().complete_through, account().broken_on) == (FEB_11, None)
    assert audit().faults == []


def test_refused_it_stays_as_it_was():
    approvals.decide(approval=ask(), granted=False, actor=StaffFactory())

    assert account().broken_on == FEB_9


def test_it_needs_a_reason_and_another_member_of_the_staff():
    with pytest.raises(ReasonMissing):
        joints.ask(
            account=account(),
            day=FEB_9,
            sender="Казначейство",
            accepted=True,
            actor=StaffFactory(),
            reason=" ",
        )
    asked = ask()
    with pytest.raises(approvals.AnotherMustDecide):
        approvals.decide(approval=asked, granted=True, actor=asked.asked_by)


def test_two_take_it_back_as_well():
    by_two()

    by_two(accepted=False)

    assert (account().complete_through, account().broken_on) == (OPENING, FEB_9)
    by_two()
    assert account().complete_through == FEB_11


def test_one_more_file_that_differs_makes_it_a_question_again():
    by_two()

    take(FEB_10, "175.00", "99")

    assert account().broken_on == FEB_9


def test_a_decision_about_other_files_than_those_that_are_there_is_none():
    asked = ask()
    take(FEB_10, "175.00", "99")

    with pytest.raises(NoSuchJoint):
        approvals.decide(approval=asked, granted=True, actor=StaffFactory())
    assert account().broken_on == FEB_9


def test_what_is_not_broken_cannot_be_accepted():
    with pytest.raises(NoSuchJoint):
        joints.ask(
            account=account(),
            day=FEB_10,
            sender="Казначейство",
            accepted=True,
            actor=StaffFactory(),
            reason=WHY,
        )


def test_twin_without_the_look_at_the_files_an_old_word_covers_a_new_one(monkeypatch):
    by_two()
    monkeypatch.setattr("payments.statements.joints.Joint.keys", frozenset())

    take(FEB_10, "175.00", "99")

    assert account().broken_on is None


# --- the pages


@pytest.fixture
def staff(client):
    client.force_login(StaffFactory(is_superuser=True))
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield client


def page_of_joint() -> str:
    [joint] = (derived(account()).joints + derived(account()).accepted)[:1]
    return reverse("admin:payments_account_joint", args=[account().pk, joint.ending[0].pk])


def page_of_account() -> str:
    return reverse("admin:payments_account_change", args=[account().pk])


def test_the_page_of_the_account_leads_to_the_question(staff):
    assert page_of_joint() in staff.get(page_of_account()).content.decode()
    assert "Both files are right" in staff.get(page_of_joint()).content.decode()

    staff.post(page_of_joint(), {"reason": ""})
    assert not Approval.objects.exists()
    staff.post(page_of_joint(), {"reason": WHY})
    assert Approval.objects.open().get().facts["day"] == "2026-02-09"


def test_what_was_accepted_stays_visible_with_who_and_why(staff):
    by_two()

    page = staff.get(page_of_account()).content.decode()

    assert WHY in page
    assert "two accepted that" in page
    assert "Take it back" in staff.get(page_of_joint()).content.decode()
    [work] = [work for work in KINDS if work.rows == Account.objects.disjoint]
    assert work.rows().count() == 0


def test_the_page_of_a_decision_says_what_would_be_accepted():
    asked = ask()

    with translation.override("en"):
        said = approvals.DEEDS[asked.kind].said(asked)

    assert ACCOUNT in said["text"]
    assert said["page"] == page_of_account()
