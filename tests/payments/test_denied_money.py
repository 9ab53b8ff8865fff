"""Money that the statement of the whole day does not show: whose it is stays known, and nobody is
told that they did not pay while staff have not decided."""

from datetime import UTC, date, datetime

import pytest

from accounts.services import approvals
from payments.facts import standing_of
from payments.models import Account, Place, Placement, QueueReason, Verdict
from payments.sentence.pieces import asks_for_cheque
from payments.services.deciding.repeats import ask
from payments.services.online.credits import keep_as_credit
from payments.standing import State
from tests.factories import StaffFactory
from tests.payments.statement_files import ACQUIRER_ACCOUNT, order, piece, whole
from tests.payments.test_ledger import charge_of, receipt_of, take

FEBRUARY = date(2026, 2, 13)  # month 2 is posted
COVERED = date(2026, 2, 14)  # by month 1
COMPLETE = date(2026, 3, 20)


@pytest.fixture
def first_month(application):
    day = date(2026, 1, 14)
    take(whole(order(number="first", on=day, posted_on=day), first=day))
    return application


def shown(*, number="7", on=FEBRUARY, **more) -> bytes:
    """Month 2 in a piece of its day."""
    return piece(
        order(on=on, posted_on=FEBRUARY, number="second", **more), first=FEBRUARY, number=number
    )


def denied() -> bytes:
    return whole(first=FEBRUARY)


def standing_later(application):
    Account.objects.update(complete_through=COMPLETE)
    return standing_of(application.person, date(2026, 3, 21))


def test_denied_money_stays_its_owners_with_its_day(first_month):
    take(shown())
    take(denied())

    waiting = Placement.objects.queued().get()
    assert (waiting.queue_reason, waiting.application) == (QueueReason.REPEAT, first_month)
    assert (waiting.amount, waiting.paid_on, waiting.months) == (10_000, FEBRUARY, 0)


def test_denied_before_anybody_showed_it_money_is_its_owners_all_the_same(first_month):
    take(denied())
    take(shown())

    waiting = Placement.objects.queued().get()
    assert (waiting.queue_reason, waiting.application) == (QueueReason.REPEAT, first_month)
    assert (waiting.paid_on, standing_later(first_month).state) == (FEBRUARY, State.UNSEEN)


@pytest.fixture
def copied(first_month):
    """Month 2 counts, and nothing tells whether what two files show is one payment or two."""
    for opening in ("1000", "1001"):
        line = order(on=FEBRUARY, posted_on=FEBRUARY, number="second")
        take(piece(line, first=FEBRUARY, formed="", opening=opening))
    return Placement.objects.queued().get()


def test_what_may_be_a_copy_is_its_payers_until_it_is_known(copied, first_month):
    assert (copied.queue_reason, copied.application) == (QueueReason.REPEAT, first_month)
    assert (copied.paid_on, copied.months) == (FEBRUARY, 0)


def test_nobody_lapses_or_is_asked_for_a_cheque_for_money_that_may_be_a_copy(copied, first_month):
    Account.objects.update(complete_through=date(2026, 3, 25))

    standing = standing_of(first_month.person, date(2026, 3, 26))

    assert (standing.state, standing.last_covered) == (State.UNSEEN, date(2026, 3, 14))
    assert not asks_for_cheque(standing)


def test_once_staff_call_it_a_copy_the_person_reads_as_before(copied, first_month):
    asked = ask(placement=copied, verdict=Verdict.COPY, actor=StaffFactory(), reason="банк ответил")
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())
    Account.objects.update(complete_through=date(2026, 3, 25))

    assert standing_of(first_month.person, date(2026, 3, 26)).state == State.LAPSED


def test_nobody_lapses_while_staff_have_not_decided_about_denied_money(first_month):
    take(shown())
    take(denied())

    standing = standing_later(first_month)
    assert (standing.state, standing.last_covered) == (State.UNSEEN, COVERED)
    assert [late.paid_on for late in standing.undecided] == [FEBRUARY]


def test_without_such_money_the_same_person_has_lapsed(first_month):
    take(denied())

    assert standing_later(first_month).state == State.LAPSED


def test_denied_money_paid_late_is_named_and_holds_nothing_up(first_month):
    day = date(2026, 2, 17)
    take(piece(order(on=day, posted_on=day, number="second"), first=day, number="7"))
    take(whole(first=day))

    standing = standing_later(first_month)
    assert (standing.state, [late.paid_on for late in standing.late]) == (State.LAPSED, [day])


def test_denied_money_without_a_day_is_not_called_late(first_month):
    """Its day of posting proved it in time; denied, it proves nothing."""
    take(shown(payer_account=ACQUIRER_ACCOUNT))
    assert Placement.objects.matched().first().is_by_posting
    take(denied())

    waiting = Placement.objects.queued().get()
    assert (waiting.application, waiting.paid_on) == (first_month, None)
    assert standing_later(first_month).state == State.UNSEEN


def test_the_sums_of_a_denied_line_stay_as_they_were(application):
    """Eleven months and one for which there was no room."""
    january = date(2026, 1, 14)
    line = order(on=january, posted_on=january, amount="130000.00")
    take(piece(line, first=january, number="7"))
    before = set(Placement.objects.current().values_list("amount", "application"))
    assert len(before) == 2

    take(whole(first=january))

    after = Placement.objects.queued().filter(queue_reason=QueueReason.REPEAT)
    assert set(after.values_list("amount", "application")) == before


def test_the_same_files_again_change_nothing(first_month):
    take(shown())
    take(denied())
    before = list(Placement.objects.order_by("pk").values())

    take(shown(number="8"))
    take(whole(first=FEBRUARY, number="9", sender="Банк"))

    assert list(Placement.objects.order_by("pk").values()) == before


def test_shown_by_a_whole_day_after_all_denied_money_is_its_month(first_month):
    take(shown())
    take(denied())

    take(whole(order(on=FEBRUARY, posted_on=FEBRUARY, number="second"), first=FEBRUARY, number="9"))

    assert not Placement.objects.queued().exists()
    assert standing_later(first_month).covered_through == date(2026, 3, 14)


def test_a_charge_speaks_for_its_own_denied_money(first_month):
    """It is on its way again, so the line beside it is not named as money that waits."""
    receipt = receipt_of(first_month)
    charge_of(receipt, datetime(2026, 2, 10, 9, tzinfo=UTC))
    purpose = receipt.snapshot["purpose"]
    take(shown(payer_account=ACQUIRER_ACCOUNT, purpose=purpose))
    assert Placement.objects.matched().filter(charge__isnull=False).exists()
    take(denied())

    standing = standing_later(first_month)
    assert (standing.late, len(standing.living)) == ((), 1)


def test_nobodys_credit_is_made_of_denied_money(first_month):
    take(shown())
    take(denied())
    type(first_month).objects.update(status="refused", refused_on=FEBRUARY, refusal_reason="x")

    assert not Placement.objects.of_refused().filter(place=Place.QUEUE).exists()
    keep_as_credit(application=first_month, actor=StaffFactory(), reason="refused")
    assert Placement.objects.queued().get().queue_reason == QueueReason.REPEAT
