"""Money of nobody that staff divide, put away or bring back goes on protecting whose it may be."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.services import approvals
from payments.facts import standing_of
from payments.models import Place, Placement, QueueReason
from payments.services.deciding import by_hand, put_away
from payments.services.deciding.by_hand import Share
from payments.services.importing import likely
from payments.services.importing.statements import import_statement
from payments.standing import State
from tests.factories import ApplicationFactory, PatentFactory, StaffFactory
from tests.payments.statement_files import order, whole
from tests.payments.test_days_wait_for_a_look import (
    NAMED_ONLY,
    OVER,
    PAID,
    POSTED,
    first_month,
    through,
)

__all__ = ["first_month"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def waits(first_month):
    """Twenty thousand by the name alone: its day is complete, and the person has not lapsed."""
    one = order(on=PAID, posted_on=POSTED, amount="20000.00", **NAMED_ONLY)
    import_statement(content=whole(one, first=POSTED, last=date(2026, 2, 21)), name="line.txt")
    row = Placement.objects.queued().get()
    assert (row.may_be_of, state_of(first_month)) == ([first_month.pk], State.UNSEEN)
    return row


def state_of(application) -> State:
    return standing_of(application.person, OVER).state


def decided(asked) -> None:
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())


def set_aside(row: Placement, **more) -> None:
    said = {"placement": row, "to": Place.SET_ASIDE, "actor": StaffFactory(), "reason": "не наше"}
    decided(put_away.ask(**said, **more))


def brought_back() -> Placement:
    row = Placement.objects.current().get(place=Place.SET_ASIDE)
    decided(put_away.ask_back(placement=row, actor=StaffFactory(), reason="ошибка"))
    return Placement.objects.queued().latest("pk")


def divided(row: Placement) -> None:
    another = ApplicationFactory(status="issued", ready_on=date(2026, 1, 12))
    PatentFactory(application=another, number="2600418175")
    share = Share(Decimal(10000), another.pk)
    said = {"actor": StaffFactory(), "reason": "чек"}
    decided(by_hand.ask(placement=row, shares=[share], **said))


def test_money_that_was_put_away_by_mistake_protects_again_at_once(waits, first_month):
    set_aside(waits)
    assert state_of(first_month) == State.LAPSED

    row = brought_back()

    assert (row.queue_reason, row.may_be_of) == (QueueReason.UNKNOWN_PAYER, [first_month.pk])
    assert state_of(first_month) == State.UNSEEN
    assert through() == date(2026, 2, 21)


def test_what_a_share_leaves_protects_as_the_whole_did(waits, first_month):
    divided(waits)

    left = Placement.objects.queued().get(application=None)
    assert first_month.pk in left.may_be_of  # the other one is called the same
    assert state_of(first_month) == State.UNSEEN


def test_what_is_left_of_a_sum_that_was_put_away_protects(waits, first_month):
    set_aside(waits, amount=Decimal(10000))

    assert state_of(first_month) == State.UNSEEN


@pytest.mark.parametrize("deed", [divided, lambda row: set_aside(row, amount=Decimal(10000))])
def test_twin_where_nobody_looks_at_once_the_person_reads_that_the_term_has_passed(
    waits, first_month, monkeypatch, deed
):
    monkeypatch.setattr(likely, "_weigh_some", lambda rows: None)

    deed(waits)

    assert state_of(first_month) == State.LAPSED
