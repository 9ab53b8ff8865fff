"""A held statement that is not ours is annulled by two; until somebody decides, its days wait."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.urls import reverse

from accounts.errors import ReasonMissing
from accounts.models import Approval
from accounts.services import approvals
from common import clock
from desk.waiting import KINDS
from payments.models import Place, Placement, Statement
from payments.services import audit
from payments.services.deciding import annulled
from payments.services.importing import completeness, released
from payments.services.importing.released import NotHeld
from tests.factories import StaffFactory
from tests.payments.statement_files import POSTED, order, piece, whole
from tests.payments.test_held_statements import (
    DAY_BEFORE,
    ODD,
    complete,
    payer,
    reasons,
    release,
    take,
)

pytestmark = pytest.mark.django_db
__all__ = ["payer"]
WHY = "Файл другого центра"


def ask() -> Approval:
    statement = Statement.objects.held().get()
    return annulled.ask(statement=statement, actor=StaffFactory(), reason=WHY)


def annul() -> None:
    approvals.decide(approval=ask(), granted=True, actor=StaffFactory(username="second"))


def places() -> list[str]:
    return sorted(Placement.objects.current().values_list("place", flat=True))


def test_beside_a_finished_file_of_its_days_completeness_waits_for_the_held_one():
    take(whole(*ODD))
    take(whole(order()))

    assert Statement.objects.finished().count() == 1
    assert complete() == DAY_BEFORE


def test_a_file_that_comes_to_be_held_takes_its_days_back_until_somebody_decides():
    take(whole(order()))
    assert complete() == POSTED

    take(whole(*ODD))

    assert complete() == DAY_BEFORE


@pytest.mark.parametrize("decide", [annul, release], ids=["annulled", "released"])
def test_once_decided_its_days_wait_no_longer(decide):
    take(whole(*ODD))
    take(whole(order()))

    decide()

    assert complete() == POSTED
    assert not audit.audit().faults


def test_annulled_its_lines_count_nowhere_and_are_waited_for_no_more():
    take(whole(order(), *ODD))

    annul()

    assert places() == [Place.SET_ASIDE] * 4
    assert all(WHY in row.reason for row in Placement.objects.current())
    assert reasons() == []
    assert not Statement.objects.held().exists()
    [work] = [one for one in KINDS if one.rows == Statement.objects.held]
    assert not work.rows().exists()
    assert not audit.audit().faults


def test_a_line_that_a_file_of_ours_shows_too_is_decided_by_that_file():
    take(whole(order(), *ODD))
    annul()

    take(whole(order()))

    assert places() == [Place.MATCHED, *[Place.SET_ASIDE] * 3]
    assert complete() == POSTED


def test_a_line_that_a_piece_shows_is_not_denied_by_the_annulled_file():
    """Annulled, it says nothing of others: that it does not show a line proves nothing."""
    take(whole(*ODD))
    annul()

    take(piece(order(), number="7"))

    assert Placement.objects.matched().count() == 1


def test_one_of_the_staff_alone_annuls_nothing():
    take(whole(*ODD))
    asked = ask()

    with pytest.raises(approvals.AnotherMustDecide):
        approvals.decide(approval=asked, granted=True, actor=asked.asked_by)

    assert Statement.objects.held().exists()


def test_without_a_reason_nothing_is_asked():
    take(whole(*ODD))

    with pytest.raises(ReasonMissing):
        annulled.ask(statement=Statement.objects.get(), actor=StaffFactory(), reason=" ")


def test_what_was_released_meanwhile_is_annulled_no_more():
    take(whole(order(), *ODD))
    asked = ask()
    release()

    with pytest.raises(NotHeld):
        approvals.decide(approval=asked, granted=True, actor=StaffFactory(username="second"))


def test_what_is_annulled_is_released_no_more_and_the_same_file_changes_nothing():
    take(whole(*ODD))
    annul()

    with pytest.raises(NotHeld):
        released.release(statement=Statement.objects.get(), actor=StaffFactory(), reason="-")
    assert take(whole(*ODD)) == (3, 0, 0, 3)
    assert Statement.objects.count() == 1


def test_the_database_annuls_only_what_is_held():
    take(whole(order()))

    with pytest.raises(IntegrityError):
        Statement.objects.update(
            annulled_at=clock.now(), annulled_by=StaffFactory(), annul_reason=WHY
        )


def test_without_waiting_the_days_were_complete_beside_a_held_file(monkeypatch):
    """The twin: whose payment stands in the held file could be told that it did not come."""
    monkeypatch.setattr(completeness, "_before_held", lambda account: date.max)
    take(whole(*ODD))
    take(whole(order()))

    assert complete() == POSTED


def test_on_its_page_staff_ask_and_another_one_reads_what_is_asked(client):
    take(whole(*ODD))
    client.force_login(StaffFactory(username="accountant", is_superuser=True))
    address = reverse("admin:payments_statement_annul", args=[Statement.objects.get().pk])

    assert client.post(address, {"reason": ""}).status_code == 200
    answer = client.post(address, {"reason": WHY})

    asked = Approval.objects.get()
    assert answer.status_code == 302
    assert (asked.facts, asked.reason) == ({"statement": Statement.objects.get().pk}, WHY)
    assert "file.txt" in approvals.DEEDS[asked.kind].said(asked)["text"]
