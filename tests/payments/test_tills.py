"""The cash desk of the centre: what staff took is living money, settled by the Treasury's line."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from notifications.models import Message
from payments import messages, timeline, verification
from payments.codes import SeenBy
from payments.errors import (
    AlreadyPaid,
    ChequeKnown,
    GatewayRefused,
    GatewayUnavailable,
    PageOpenAtTill,
    TillClosed,
    TillSumDiffers,
)
from payments.facts import standing_of
from payments.models import (
    Placement,
    Receipt,
    ReceiptStatus,
    SignedCode,
    Till,
    TillPayment,
    Trace,
)
from payments.services.claims.traces import start_traces
from payments.services.importing.statements import import_statement
from payments.services.online import open_pages
from payments.services.papers.receipts import form_receipt
from payments.standing import Channel, Money, State
from tests.factories import (
    ChargeFactory,
    PlacementFactory,
    ReceiptFactory,
    TillFactory,
    TillPaymentFactory,
    statements_through,
)
from tests.payments.statement_files import ACQUIRER_ACCOUNT, TILL_ACCOUNT, order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
TODAY = date(2026, 2, 10)


@pytest.fixture
def paper(application):
    """A receipt for the second month, formed today; the first one is posted."""
    PlacementFactory(application=application)
    return form_receipt(application=application, months=1, on=TODAY)


def posted(paper: Receipt, *, on=TODAY, posted_on=date(2026, 2, 13), **more):
    """The centre brings it to the Treasury."""
    options = {"purpose": paper.snapshot["purpose"], "amount": paper.amount}
    options |= {"payer_account": TILL_ACCOUNT} | more
    content = whole(order(on=on, posted_on=posted_on, **options), first=posted_on)
    return import_statement(content=content, name="file.txt")


def test_money_of_the_till_lives_at_once(take, paper):
    taken = take(paper)

    assert taken.taken_on == TODAY
    now = standing_of(paper.person, TODAY)
    assert now.living == (Money(paper.amount, 1, TODAY, channel=Channel.TILL),)
    assert now.months == 2


def test_the_person_is_told_in_the_history_and_by_sms(take, paper, cashier):
    taken = take(paper)

    entry = paper.person.timeline.get()
    assert (entry.kind, entry.actor) == (timeline.TILL_TAKEN, cashier)
    assert entry.facts["cheque"] == "0042"
    assert Message.objects.get(event=messages.TILL_TAKEN.code).subject_id == taken.pk


def test_the_line_settles_the_receipt_and_the_money_of_the_till(take, paper):
    taken = take(paper)

    posted(paper)

    place = Placement.objects.matched().get(till_payment=taken)
    assert (place.receipt, place.till_payment, place.months) == (paper, taken, 1)
    paper.refresh_from_db()
    assert paper.status == ReceiptStatus.POSTED
    assert not TillPayment.objects.unposted().exists()
    now = standing_of(paper.person, date(2026, 2, 13))
    assert (now.months, now.living) == (2, ())
    assert now.paid[-1].channel == Channel.TILL


def test_a_deposit_of_many_workers_makes_nobody_late(take, paper, settings):
    """The order is of the next week: the day of payment is the till's own."""
    settings.ACQUIRER_PAYERS = [ACQUIRER_ACCOUNT]
    taken = take(paper)

    posted(
        paper,
        on=date(2026, 2, 20),
        posted_on=date(2026, 2, 21),
        payer_account=ACQUIRER_ACCOUNT,
    )

    assert Placement.objects.matched().get(till_payment=taken).paid_on == TODAY


def test_a_deposit_that_names_the_worker_only_finds_the_money(take, paper, settings, worker):
    settings.ACQUIRER_PAYERS = [ACQUIRER_ACCOUNT]
    taken = take(paper)

    posted(
        paper,
        purpose=f"НДФЛ, ИНН {worker.inns.get().value}",
        payer_account=ACQUIRER_ACCOUNT,
        posted_on=date(2026, 2, 13),
    )

    assert Placement.objects.matched().filter(till_payment=taken).exists()


def test_a_line_that_is_withdrawn_gives_the_money_back_to_the_till(take, paper):
    take(paper)
    posted(paper)

    import_statement(content=whole(first=date(2026, 2, 13)), name="empty.txt")
    import_statement(content=whole(first=date(2026, 2, 13), number="77"), name="second.txt")

    assert standing_of(paper.person, date(2026, 2, 14)).months == 2


def test_after_seven_days_it_is_traced_and_never_overdue(take, paper):
    take(paper)
    day = TODAY + timedelta(days=8)
    statements_through(day)

    now = standing_of(paper.person, day)

    assert now.state == State.TRACING
    assert now.paid[-1].channel == Channel.TILL


def test_the_same_cheque_said_twice_is_one_entry(take, paper):
    assert take(paper) == take(paper)
    assert TillPayment.objects.count() == 1
    assert Message.objects.filter(event=messages.TILL_TAKEN.code).count() == 1


def test_a_number_of_another_receipt_is_refused(take, paper, application):
    take(paper)
    other = form_receipt(application=application, months=2, on=TODAY)

    with pytest.raises(ChequeKnown):
        take(other)


def test_a_receipt_is_paid_once(take, paper):
    take(paper)

    with pytest.raises(AlreadyPaid):
        take(paper, cheque="0043")


def test_a_receipt_paid_by_card_is_not_taken(take, paper):
    ChargeFactory(receipt=paper)

    with pytest.raises(AlreadyPaid):
        take(paper)


@pytest.mark.parametrize("amount", ["9999.99", "10000.01", "20000.00"])
def test_another_sum_is_refused(take, paper, amount):
    with pytest.raises(TillSumDiffers):
        take(paper, amount=Decimal(amount))


def test_a_closed_till_takes_nothing(take, paper):
    closed = Till.objects.create(name="Касса 9", is_open=False)

    with pytest.raises(TillClosed):
        take(paper, till=closed)


def test_who_paid_at_the_desk_gets_no_page_for_the_card(take, paper, acquirer):
    from payments.services.online.charges import start_charge

    take(paper)

    with pytest.raises(AlreadyPaid):
        start_charge(receipt=paper)


@pytest.mark.parametrize("trouble", [GatewayUnavailable, GatewayRefused])
def test_whatever_the_acquirer_answers_the_money_in_the_till_is_recorded_knowingly(
    take, paper, monkeypatch, trouble
):
    other = form_receipt(application=paper.application, months=2, on=TODAY)
    page = ChargeFactory(receipt=other, status="pending", captured_at=None)
    asked = []

    def refuses(*, charge):
        asked.append(charge)
        raise trouble

    monkeypatch.setattr(open_pages, "refresh_charge", refuses)

    with pytest.raises(PageOpenAtTill):
        take(paper)
    assert asked == [page]  # of another receipt of the same application

    assert take(paper, page_left=True).receipt == paper


# --- what the database refuses, whoever writes


def test_the_database_refuses_to_change_or_delete_an_entry():
    taken = TillPaymentFactory()

    for deed in (
        lambda: TillPayment.objects.filter(pk=taken.pk).update(cheque_number="7"),
        lambda: TillPayment.objects.filter(pk=taken.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


def test_the_database_refuses_a_sum_that_is_not_the_receipts():
    with pytest.raises(IntegrityError), transaction.atomic():
        TillPaymentFactory(amount=Decimal("9000.00"))


def test_the_database_refuses_the_same_cheque_of_a_till_and_day_twice():
    taken = TillPaymentFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        TillPaymentFactory(cheque_number=taken.cheque_number)


def test_another_day_or_till_may_count_its_cheques_anew():
    taken = TillPaymentFactory(cheque_number="1")

    TillPaymentFactory(cheque_number="1", taken_on=taken.taken_on + timedelta(days=1))
    TillPaymentFactory(cheque_number="1", till=TillFactory(name="Касса 2"))


def test_the_database_refuses_a_second_entry_for_a_receipt():
    taken = TillPaymentFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        TillPaymentFactory(receipt=taken.receipt)


def test_the_database_refuses_a_correction_by_one():
    taken = TillPaymentFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        TillPaymentFactory(
            till=taken.till,
            cheque_number=taken.cheque_number,
            corrects=taken,
            receipt=ReceiptFactory(),
        )


# --- the proof while it is on its way


def test_the_person_gets_a_signed_certificate_that_a_checker_can_read(take, paper, client):
    taken = take(paper)
    client.force_login(paper.person.user)
    page = reverse("payments:certificate")
    [row] = client.get(page).context["rows"]
    assert (row["payment"].source, row["payment"].seen_by) == (taken, SeenBy.TILL)

    pdf = client.post(page, {"payment": row["payment"].key}, follow=True)

    assert pdf.content.startswith(b"%PDF")
    code = SignedCode.objects.get()
    assert (code.till_payment, code.charge, code.claim) == (taken, None, None)
    assert verification.check(code.code).fate == verification.Fate.ON_ITS_WAY
    posted(paper)
    assert verification.check(code.code).posted_on == date(2026, 2, 13)


def test_money_of_the_till_that_is_not_seen_in_time_is_searched_for_and_told_once(take, paper):
    taken = take(paper)
    day = TODAY + timedelta(days=8)
    statements_through(day)
    with time_machine.travel("2026-02-19 09:00:00+00:00"):
        assert start_traces() == 1
        assert start_traces() == 0

    assert Trace.objects.open().get().till_payment == taken
    assert Message.objects.filter(event=messages.PAYMENT_TRACED.code).count() == 1
