"""A receipt paid at the till and online: each of the two lines finds its own money."""

import sys
from datetime import UTC, date, datetime
from itertools import product

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from payments.facts import standing_of
from payments.models import Charge, Placement, QueueReason, ReceiptStatus, TillPayment
from payments.reference import display
from payments.services.importing.statements import import_statement
from payments.services.ledger import ledger
from payments.services.papers.receipts import form_receipt
from payments.standing import Channel
from tests.at_once import at_once, meeting
from tests.factories import ChargeFactory, PlacementFactory, TillPaymentFactory, waiting_line
from tests.payments.statement_files import ACQUIRER_ACCOUNT, TILL_ACCOUNT, order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
TODAY, NEXT = date(2026, 2, 10), date(2026, 2, 11)
FIRST_DAY, SECOND_DAY, LATER = date(2026, 2, 12), date(2026, 2, 13), date(2026, 2, 14)
ORDERS = list(product([("till", "card"), ("card", "till")], [True, False]))


@pytest.fixture(autouse=True)
def _collectors(settings):
    settings.ACQUIRER_PAYERS = [ACQUIRER_ACCOUNT, TILL_ACCOUNT]
    settings.TILL_PAYERS = [TILL_ACCOUNT]


@pytest.fixture
def paper(application):
    """The second month; the first one is posted."""
    PlacementFactory(application=application)
    return form_receipt(application=application, months=1, on=TODAY)


@pytest.fixture
def both(paper):
    """Cash today, and a capture of a page that had been left open."""
    at_till = TillPaymentFactory(receipt=paper, taken_on=TODAY)
    noon = datetime(2026, 2, 11, 9, tzinfo=UTC)
    return {"till": at_till, "card": ChargeFactory(receipt=paper, captured_at=noon)}


def line_of(way, paper, posted_on, *, named=True):
    inn = paper.snapshot["payer"]["inn"]
    return order(
        number={"till": "11", "card": "12"}[way],
        on=posted_on,
        posted_on=posted_on,
        inn="0",
        amount=paper.amount,
        payer_account={"till": TILL_ACCOUNT, "card": ACQUIRER_ACCOUNT}[way],
        purpose=paper.snapshot["purpose"] if named else f"НДФЛ, ИНН {inn}",
    )


def bring(*lines, on):
    return import_statement(content=whole(*lines, first=on), name=f"{on}-{len(lines)}.txt")


def placed(both):
    """By which payer's line each of the two was posted."""
    rows = Placement.objects.matched().exclude(charge=None, till_payment=None)
    return {
        name: {row.line.payer_account for row in rows if taken in (row.charge, row.till_payment)}
        for name, taken in both.items()
    }


EACH_ITS_OWN = {"till": {TILL_ACCOUNT}, "card": {ACQUIRER_ACCOUNT}}


@pytest.mark.parametrize(("ways", "named"), ORDERS)
def test_in_two_rounds_each_line_finds_its_own_money(paper, both, ways, named):
    for way, day in zip(ways, [FIRST_DAY, SECOND_DAY], strict=True):
        bring(line_of(way, paper, day, named=named), on=day)

    assert placed(both) == EACH_ITS_OWN
    assert not Charge.objects.unposted().exists()
    assert not TillPayment.objects.unposted().exists()
    assert standing_of(paper.person, LATER).months == 3


@pytest.mark.parametrize(("ways", "named"), ORDERS)
def test_in_one_round_each_line_finds_its_own_money(paper, both, ways, named):
    bring(*(line_of(way, paper, FIRST_DAY, named=named) for way in ways), on=FIRST_DAY)

    assert placed(both) == EACH_ITS_OWN
    paper.refresh_from_db()
    assert paper.status == ReceiptStatus.POSTED
    assert Placement.objects.matched().filter(receipt=paper).count() == 1
    assert standing_of(paper.person, LATER).months == 3


def test_where_nobody_says_whose_orders_they_are_both_are_posted_all_the_same(
    paper, both, settings
):
    settings.TILL_PAYERS = []

    bring(line_of("card", paper, FIRST_DAY), line_of("till", paper, FIRST_DAY), on=FIRST_DAY)

    assert not Charge.objects.unposted().exists()
    assert not TillPayment.objects.unposted().exists()
    assert standing_of(paper.person, LATER).months == 3


def test_the_second_sum_pays_the_next_month_on_the_day_it_was_taken_and_says_so(paper, both):
    bring(line_of("till", paper, FIRST_DAY), on=FIRST_DAY)
    bring(line_of("card", paper, SECOND_DAY), on=SECOND_DAY)

    second = Placement.objects.matched().get(charge=both["card"])
    assert (second.receipt, second.months, second.paid_on) == (None, 1, NEXT)
    assert display(paper.reference) in second.reason
    assert standing_of(paper.person, LATER).paid[-1].channel == Channel.CHARGE


def test_what_was_taken_for_a_receipt_that_a_bank_paid_meanwhile_is_posted_too(paper):
    """The page was open, the relatives paid the paper at a bank, then the page was paid."""
    bank = order(number="9", on=TODAY, posted_on=FIRST_DAY, purpose=paper.snapshot["purpose"])
    bring(bank, on=FIRST_DAY)
    charge = ChargeFactory(receipt=paper, captured_at=datetime(2026, 2, 12, 9, tzinfo=UTC))

    bring(line_of("card", paper, SECOND_DAY), on=SECOND_DAY)

    assert Placement.objects.matched().get(charge=charge).months == 1
    assert not Charge.objects.unposted().exists()


def test_without_room_the_second_sum_waits_for_staff_and_the_charge_is_no_more_on_its_way(
    application,
):
    PlacementFactory(application=application, months=1)
    paper = form_receipt(application=application, months=11, on=TODAY)
    both = {
        "till": TillPaymentFactory(receipt=paper, taken_on=TODAY),
        "card": ChargeFactory(receipt=paper, captured_at=datetime(2026, 2, 11, 9, tzinfo=UTC)),
    }

    bring(line_of("till", paper, FIRST_DAY), on=FIRST_DAY)
    bring(line_of("card", paper, SECOND_DAY), on=SECOND_DAY)

    waits = Placement.objects.queued().get()
    assert (waits.charge, waits.queue_reason) == (both["card"], QueueReason.NO_ROOM)
    assert Placement.objects.surplus().get() == waits
    assert not Charge.objects.unposted().exists()
    assert standing_of(paper.person, LATER).months == 12


def test_a_withdrawn_line_lets_its_money_live_again_and_the_other_stays(paper, both):
    bring(line_of("till", paper, FIRST_DAY), on=FIRST_DAY)
    bring(line_of("card", paper, SECOND_DAY), on=SECOND_DAY)

    line = Placement.objects.matched().get(till_payment=both["till"]).line
    ledger.hold_as_repeat(line=line, proven=True, reason="показана дважды")

    assert TillPayment.objects.unposted().get() == both["till"]
    assert Placement.objects.matched().filter(charge=both["card"]).exists()
    assert standing_of(paper.person, LATER).months == 3


def test_with_settled_papers_left_out_the_charge_stays_unposted(paper, both, monkeypatch):
    """The twin of the tests above: what was thought of a settled receipt before."""
    monkeypatch.setattr(
        sys.modules["payments.matching.decide"],
        "_fits",
        lambda paper, line: paper.open and paper.amount == line.amount,
    )

    bring(line_of("till", paper, FIRST_DAY), on=FIRST_DAY)
    bring(line_of("card", paper, SECOND_DAY), on=SECOND_DAY)

    assert Charge.objects.unposted().get() == both["card"]


# --- at once


@pytest.mark.django_db(transaction=True)
def test_eight_imports_at_once_post_each_sum_once(paper, both):
    files = [
        whole(line_of("till", paper, FIRST_DAY), first=FIRST_DAY),
        whole(line_of("card", paper, SECOND_DAY), first=SECOND_DAY),
    ]

    def brought(number):
        return lambda: import_statement(content=files[number % 2], name=f"{number}.txt")

    at_once(*(brought(number) for number in range(8)))

    assert placed(both) == EACH_ITS_OWN
    assert Placement.objects.matched().exclude(charge=None, till_payment=None).count() == 2
    assert standing_of(paper.person, LATER).months == 3


def placings_at_once(paper):
    """Of the two lines, in two rounds that meet where papers are chosen."""
    accounts = {"till": TILL_ACCOUNT, "card": ACQUIRER_ACCOUNT}
    lines = [
        waiting_line(payer_account=account, purpose=paper.snapshot["purpose"], posted_on=FIRST_DAY)
        for account in accounts.values()
    ]

    def place(line):
        try:
            ledger.place_lines([line])
        except IntegrityError:
            return "refused by the database"
        return "posted"

    return sorted(at_once(*(lambda line=line: place(line) for line in lines)))


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_settle_the_receipt_once(paper, both):
    assert placings_at_once(paper) == ["posted", "posted"]
    assert placed(both) == EACH_ITS_OWN


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_of_the_application_two_rounds_settle_one_receipt(
    paper, both, monkeypatch
):
    """The twin: only the constraint is left to refuse one of them."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **how: rows)
    meeting(monkeypatch, ledger, "papers_named", 2)

    assert placings_at_once(paper) == ["posted", "refused by the database"]
