"""A shown cheque and the money of the statements: which line brings it, and in time."""

from datetime import date, datetime

import pytest
import time_machine

from common.clock import MOSCOW
from payments.models import Claim, ClaimStatus, Place, Placement, QueueReason
from payments.services.claims.claims import confirm
from payments.services.ledger import ledger
from payments.shown import Shown, same_money
from payments.standing import State
from tests.factories import MONTHLY, ChargeFactory, ReceiptFactory
from tests.payments.shown_cheques import IN_TIME, LATE, line, show, standing_on
from tests.payments.statement_files import ACQUIRER_ACCOUNT


def test_a_line_that_brings_the_money_ends_the_search(covered):
    claim = show(covered)

    line(on=date(2026, 2, 13), posted_on=date(2026, 2, 19))

    claim.refresh_from_db()
    assert claim.status == ClaimStatus.POSTED
    assert claim.placement.place == Place.MATCHED
    now = standing_on(covered, date(2026, 2, 20))
    assert (now.state, now.months, now.living) == (State.VALID, 2, ())


def test_the_day_of_a_confirmed_cheque_makes_the_money_timely(covered, accountant):
    confirm(claim=show(covered), paid_on=IN_TIME, actor=accountant)

    line(on=LATE, posted_on=date(2026, 2, 19))

    placement = Placement.objects.current().latest("pk")
    assert (placement.place, placement.paid_on) == (Place.MATCHED, IN_TIME)


def test_an_unchecked_cheque_does_not_make_late_money_timely(covered):
    claim = show(covered)

    line(on=LATE, posted_on=date(2026, 2, 19))

    claim.refresh_from_db()
    assert claim.status == ClaimStatus.OPEN
    assert Placement.objects.late().count() == 1
    assert standing_on(covered, date(2026, 2, 20)).state == State.IN_TRANSIT


def test_late_money_that_waits_is_counted_once_staff_confirm_the_day(covered, accountant):
    line(on=LATE, posted_on=date(2026, 2, 19))

    claim = confirm(claim=show(covered), paid_on=IN_TIME, actor=accountant)

    assert claim.status == ClaimStatus.POSTED
    assert claim.placement.paid_on == IN_TIME
    assert not Placement.objects.queued().exists()
    assert standing_on(covered, date(2026, 2, 20)).state == State.VALID


def test_what_the_card_brought_in_an_order_of_many_is_not_the_money_of_a_cheque_of_another_day(
    covered, settings
):
    """Two payments of one sum: the search for the one of the cheque goes on."""
    settings.ACQUIRER_PAYERS = [ACQUIRER_ACCOUNT]
    receipt = ReceiptFactory(application=covered)
    ChargeFactory(receipt=receipt, captured_at=datetime(2026, 2, 2, 12, tzinfo=MOSCOW))
    claim = show(covered)

    purpose = f"НДФЛ, квитанция MMC-{receipt.reference}"
    gathered = {"payer_account": ACQUIRER_ACCOUNT, "purpose": purpose}
    line(on=LATE, posted_on=date(2026, 2, 19), **gathered)

    claim.refresh_from_db()
    assert claim.status == ClaimStatus.OPEN
    assert standing_on(covered, date(2026, 3, 20)).living


def test_a_gathered_order_gets_its_day_from_the_confirmed_cheque(covered, accountant, settings):
    settings.ACQUIRER_PAYERS = [ACQUIRER_ACCOUNT]
    line(on=LATE, posted_on=date(2026, 2, 19), payer_account=ACQUIRER_ACCOUNT)
    waiting = Placement.objects.queued().get()
    assert waiting.queue_reason == QueueReason.DAY_UNKNOWN

    claim = confirm(claim=show(covered), paid_on=IN_TIME, actor=accountant)

    assert (claim.status, claim.placement.paid_on) == (ClaimStatus.POSTED, IN_TIME)


def test_a_cheque_keeps_the_next_month_in_time(covered):
    """Month 2 is shown and not found; month 3, paid within it, must not be called late."""
    show(covered)

    with time_machine.travel("2026-03-20 09:00:00+00:00", tick=True):
        line(on=date(2026, 3, 12), posted_on=date(2026, 3, 18))
        assert not Placement.objects.queued().exists()
        assert Claim.objects.living().count() == 1


def test_a_cheque_shown_after_the_next_month_arrived_counts_that_month(covered):
    with time_machine.travel("2026-03-20 09:00:00+00:00", tick=True):
        line(on=date(2026, 3, 12), posted_on=date(2026, 3, 18))
        assert Placement.objects.late().count() == 1

        show(covered)

    assert not Placement.objects.queued().exists()


def test_a_cheque_of_twelve_months_does_not_keep_out_the_treasurys_money(covered):
    show(covered, amount=MONTHLY * 11)

    line(on=date(2026, 2, 13), posted_on=date(2026, 2, 19))

    assert not Placement.objects.queued().exists()


def test_a_withdrawn_line_opens_the_search_again(covered):
    claim = show(covered)
    line(on=date(2026, 2, 13), posted_on=date(2026, 2, 19))
    claim.refresh_from_db()

    ledger.hold_as_repeat(line=claim.placement.line, proven=True, reason="повтор")

    claim.refresh_from_db()
    assert (claim.status, claim.placement) == (ClaimStatus.OPEN, None)
    assert standing_on(covered, date(2026, 2, 20)).state == State.IN_TRANSIT


def test_a_withdrawn_line_gives_a_confirmed_cheque_its_proof_back(covered, accountant):
    claim = confirm(claim=show(covered), paid_on=IN_TIME, actor=accountant)
    line(on=LATE, posted_on=date(2026, 2, 19))
    claim.refresh_from_db()

    ledger.hold_as_repeat(line=claim.placement.line, proven=True, reason="повтор")

    claim.refresh_from_db()
    assert (claim.status, claim.proven_on) == (ClaimStatus.CONFIRMED, IN_TIME)


def shown(claim_id: int, day: date, *, confirmed=False, amount=MONTHLY) -> Shown:
    return Shown(claim_id, 1, amount, 1, day, confirmed)


TWO = (shown(1, date(2026, 2, 14)), shown(2, date(2026, 3, 14)))


@pytest.mark.parametrize(
    ("paid_on", "posted_on", "found"),
    [
        (date(2026, 2, 16), date(2026, 2, 20), 1),
        (date(2026, 2, 13), date(2026, 2, 20), 1),
        (date(2026, 3, 16), date(2026, 3, 20), 2),
        (date(2026, 2, 22), date(2026, 2, 25), None),
        (date(2026, 2, 6), date(2026, 2, 10), None),
        (None, date(2026, 3, 15), 1),
        (None, date(2026, 3, 25), 2),
        (None, date(2026, 4, 25), None),
    ],
)
def test_the_cheque_of_a_line_has_its_sum_and_a_day_near_it(paid_on, posted_on, found):
    cheque = same_money(TWO, amount=MONTHLY, paid_on=paid_on, posted_on=posted_on)

    assert (cheque and cheque.claim_id) == found


def test_a_cheque_of_another_sum_is_other_money():
    line = {"paid_on": IN_TIME, "posted_on": date(2026, 2, 19)}

    assert same_money(TWO, amount=MONTHLY * 2, **line) is None
