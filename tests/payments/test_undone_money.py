"""Between an undone decision and the next one, money stays named to whom it was counted for."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from accounts.services import approvals
from payments.errors import LineMoved
from payments.facts import standing_of
from payments.models import Placement, QueueReason
from payments.services.audit import audit
from payments.services.deciding.by_hand import Share, ask
from payments.services.importing.statements import import_statement
from payments.standing import State
from tests.factories import ApplicationFactory, StaffFactory, statements_through
from tests.payments.statement_files import order, whole

pytestmark = pytest.mark.django_db
FEBRUARY_9 = date(2026, 2, 9)


def by_two(placement: Placement, *shares: Share) -> None:
    asked = ask(placement=placement, shares=shares, actor=StaffFactory(), reason="заявление")
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())


def pay(amount=Decimal(10000), on=FEBRUARY_9) -> Placement:
    line = order(on=on, posted_on=on, amount=amount)
    import_statement(content=whole(line, first=on), name="file.txt")
    return Placement.objects.current().latest("pk")


@pytest.fixture
def first_month(february, application):
    return pay(on=date(2026, 1, 14))


@pytest.fixture
def counted(first_month):
    """The second month."""
    return pay()


def state_when_statements_are_complete(february, application) -> State:
    statements_through(date(2026, 2, 24))
    february.move_to(datetime(2026, 2, 25, 9, tzinfo=UTC))
    return standing_of(application.person).state


def test_nobody_lapses_while_staff_have_not_decided_anew(counted, application, february):
    by_two(counted)

    row = Placement.objects.queued().get()
    assert (row.queue_reason, row.application) == (QueueReason.UNDONE, application)
    assert row.paid_on == FEBRUARY_9
    assert state_when_statements_are_complete(february, application) == State.UNSEEN
    assert [money.amount for money in standing_of(application.person).undecided] == [10000]


def test_twin_money_that_is_nobodys_lets_its_owner_lapse(counted, application, february):
    by_two(counted)
    Placement.objects.queued().update(application=None)

    assert state_when_statements_are_complete(february, application) == State.LAPSED


def test_the_day_of_posting_alone_never_says_that_money_was_late(first_month, application):
    others = order(on=FEBRUARY_9, posted_on=FEBRUARY_9, inn="500100732259", amount="777.00")
    ours = order(on=FEBRUARY_9, posted_on=FEBRUARY_9)
    import_statement(content=whole(ours, others, first=FEBRUARY_9), name="many.txt")

    by_two(application.placements.current().latest("pk"))

    row = application.placements.queued().get()
    assert (row.queue_reason, row.paid_on) == (QueueReason.UNDONE, None)


def test_what_was_undone_already_is_not_undone_again(counted):
    by_two(counted)

    with pytest.raises(LineMoved):
        by_two(Placement.objects.queued().get())


def test_undone_money_goes_to_whom_two_decide_without_the_day_of_the_other(counted, application):
    another = ApplicationFactory()
    by_two(counted)

    by_two(Placement.objects.queued().get(), Share(Decimal(10000), another.pk))

    assert {row.application for row in Placement.objects.current()} == {application, another}
    assert standing_of(application.person).undecided == ()
    assert audit().faults == []


def test_what_a_share_leaves_over_stays_named_to_its_owner(first_month, application):
    row = pay(Decimal(20000))

    by_two(row, Share(Decimal(10000), ApplicationFactory().pk))

    rest = Placement.objects.queued().get(queue_reason=QueueReason.UNDONE)
    assert (rest.amount, rest.application) == (Decimal(10000), application)
