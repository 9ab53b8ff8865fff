"""Cash of an earlier day, and a wrong day of cash: two of the staff say which day it was."""

from datetime import date
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import Approval
from accounts.services import approvals
from notifications.models import Message
from payments import messages, on_the_way, timeline
from payments.codes import SeenBy
from payments.errors import AlreadyPaid, PriceChanged, TillPosted
from payments.facts import standing_of
from payments.models import (
    Placement,
    QueueReason,
    ReceiptStatus,
    StatementLine,
    Tariff,
    TillPayment,
)
from payments.services.importing.statements import import_statement
from payments.services.papers.receipts import form_receipt
from payments.services.tills import till_corrections, tills
from payments.standing import State, ThirdParty
from tests.at_once import at_once, meeting, meeting_after, no_row_is_locked, outcome
from tests.factories import PlacementFactory, StaffFactory, TillPaymentFactory
from tests.guards import behind_the_guards
from tests.payments.statement_files import TILL_ACCOUNT, order, whole

pytestmark = pytest.mark.django_db
LAST_DAY, NEXT_DAY, LATER = date(2026, 2, 14), date(2026, 2, 15), date(2026, 2, 19)


@pytest.fixture(autouse=True)
def _after_midnight(february, settings):
    """Twenty minutes after the last covered day is over."""
    settings.ACQUIRER_PAYERS = settings.TILL_PAYERS = [TILL_ACCOUNT]
    february.move_to("2026-02-14 21:20:00+00:00")
    return february


@pytest.fixture
def paper(application):
    """The second month, formed on the last day in time; the first one is posted."""
    PlacementFactory(application=application)
    return form_receipt(application=application, months=1, on=LAST_DAY)


@pytest.fixture
def take(take):
    def taken(paper, taken_on=LAST_DAY, **more):
        return take(paper, taken_on=taken_on, **more)

    return taken


def decide(granted: bool):
    approvals.decide(approval=Approval.objects.open().get(), granted=granted, actor=StaffFactory())


def deposit(paper, posted_on=date(2026, 2, 17)):
    line = order(
        on=posted_on,
        posted_on=posted_on,
        inn="0",
        amount=paper.amount,
        payer_account=TILL_ACCOUNT,
        purpose=paper.snapshot["purpose"],
    )
    return import_statement(content=whole(line, first=posted_on), name="deposit.txt")


# --- a cheque of yesterday, recorded after midnight


def test_it_is_recorded_and_the_question_to_a_second_one_is_open_at_once(take, paper):
    taken = take(paper)

    assert (taken.taken_on, taken.asks_day) == (LAST_DAY, True)
    asked = Approval.objects.open().get()
    assert asked.facts["taken_on"] == "2026-02-14"
    assert "14.02.2026" in asked.reason


def test_it_is_not_silently_late_and_not_silently_in_time(take, paper):
    take(paper)

    now = standing_of(paper.person, NEXT_DAY)

    assert now.state == State.IN_TRANSIT
    assert [money.confirmed for money in now.living] == [False]
    assert now.third_party == ThirdParty.CHECKED


def test_the_person_reads_that_the_day_is_checked(take, paper):
    take(paper)

    assert paper.person.timeline.get().kind == timeline.TILL_DAY_ASKED
    assert Message.objects.filter(event=messages.TILL_TAKEN.code).exists()
    assert on_the_way.of_person(paper.person)[0].seen_by == SeenBy.SHOWN_CHEQUE


def test_when_two_confirm_the_day_it_is_in_time(take, paper):
    take(paper)

    decide(granted=True)

    right = TillPayment.objects.standing().get()
    assert (right.taken_on, right.asks_day) == (LAST_DAY, False)
    now = standing_of(paper.person, NEXT_DAY)
    assert now.third_party == ThirdParty.IN_TRANSIT
    assert paper.person.timeline.first().kind == timeline.TILL_DAY_CONFIRMED
    assert Message.objects.filter(event=messages.TILL_CORRECTED.code).count() == 0


def test_when_the_second_one_refuses_the_day_of_the_record_counts(take, paper):
    take(paper)

    decide(granted=False)

    right = TillPayment.objects.standing().get()
    assert (right.taken_on, right.asks_day) == (NEXT_DAY, False)
    now = standing_of(paper.person, NEXT_DAY)
    assert (now.living, now.late[0].paid_on) == ((), NEXT_DAY)
    assert Message.objects.filter(event=messages.TILL_CORRECTED.code).exists()


def test_who_recorded_it_confirms_nothing(take, paper, cashier):
    take(paper)

    with pytest.raises(approvals.AnotherMustDecide):
        approvals.decide(approval=Approval.objects.get(), granted=True, actor=cashier)


def test_the_price_is_that_of_the_day_of_the_cheque(take, paper):
    Tariff.objects.on(LAST_DAY, "77").update(valid_until=LAST_DAY)
    Tariff.objects.create(region="77", valid_from=NEXT_DAY, monthly=11000)

    with pytest.raises(PriceChanged):
        take(paper, taken_on=NEXT_DAY)
    assert take(paper).amount == paper.amount


def test_money_of_today_asks_nobody(take, paper):
    taken = take(paper, taken_on=NEXT_DAY)

    assert not taken.asks_day
    assert not Approval.objects.exists()


@pytest.mark.parametrize(
    ("granted", "place", "kind"), [(True, "matched", ""), (False, "queue", QueueReason.LATE)]
)
def test_a_line_that_comes_before_the_decision_waits_for_it(take, paper, granted, place, kind):
    take(paper)
    deposit(paper)
    waits = Placement.objects.queued().get()
    assert waits.queue_reason == QueueReason.DAY_UNKNOWN
    assert not messages.DAY_OF_PAYMENT_UNKNOWN.still_true(waits.pk)
    assert standing_of(paper.person, LATER).state == State.UNSEEN

    decide(granted=granted)

    now = Placement.objects.current().get(till_payment__isnull=False)
    assert (now.place, now.queue_reason) == (place, kind)
    assert now.till_payment == TillPayment.objects.standing().get()


@pytest.mark.parametrize(("granted", "place"), [(True, "matched"), (False, "queue")])
def test_a_line_that_comes_after_the_decision_follows_it(take, paper, granted, place):
    take(paper)
    decide(granted=granted)

    deposit(paper)

    assert Placement.objects.current().get(till_payment__isnull=False).place == place


def test_the_database_lets_no_correction_ask_for_a_day(take, paper):
    taken = take(paper)

    with pytest.raises(IntegrityError), transaction.atomic():
        TillPaymentFactory(
            till=taken.till,
            cheque_number=taken.cheque_number,
            receipt=paper,
            corrects=taken,
            approval=Approval.objects.get(),
            asks_day=True,
        )


# --- a wrong day of cash that the Treasury has received


@pytest.fixture
def posted_late(take, paper):
    """Recorded as of today though it was taken yesterday; the line says nothing of the day."""
    taken = take(paper, taken_on=NEXT_DAY)
    deposit(paper)
    assert Placement.objects.late().get().till_payment == taken
    return taken


def asked(taken, taken_on, receipt=None):
    return till_corrections.ask(
        taken=taken,
        receipt=receipt or taken.receipt,
        taken_on=taken_on,
        actor=StaffFactory(),
        reason="чек от 14.02",
    )


def test_two_put_the_day_right_and_the_money_counts_in_time(posted_late, paper):
    asked(posted_late, LAST_DAY)
    lines = list(StatementLine.objects.order_by("pk").values())

    decide(granted=True)

    place = Placement.objects.matched().get(till_payment__isnull=False)
    assert (place.paid_on, place.receipt, place.till_payment.corrects) == (
        LAST_DAY,
        paper,
        posted_late,
    )
    paper.refresh_from_db()
    assert paper.status == ReceiptStatus.POSTED
    assert standing_of(paper.person, LATER).months == 2
    assert list(StatementLine.objects.order_by("pk").values()) == lines


def test_two_put_the_day_right_the_other_way_and_the_months_wait_for_staff(take, paper):
    taken = take(paper)
    decide(granted=True)
    deposit(paper)
    right = TillPayment.objects.standing().get()
    assert right.corrects == taken

    asked(right, NEXT_DAY)
    decide(granted=True)

    assert Placement.objects.late().get().paid_on == NEXT_DAY
    paper.refresh_from_db()
    assert paper.status == ReceiptStatus.FORMED
    assert standing_of(paper.person, LATER).months == 1


def test_whose_posted_money_it_is_nobody_changes_here(posted_late, application):
    other = form_receipt(application=application, months=1, on=NEXT_DAY)
    assert other != posted_late.receipt

    with pytest.raises(TillPosted):
        asked(posted_late, NEXT_DAY, other)


def test_money_of_which_two_decided_already_is_left_to_the_accountant(posted_late):
    with behind_the_guards():
        rows = Placement.objects.current().filter(till_payment=posted_late)
        rows.update(place="returned", queue_reason="")

    with pytest.raises(TillPosted):
        asked(posted_late, LAST_DAY)


# --- at once


def words_of(job):
    try:
        return job().pk
    except (IntegrityError, AlreadyPaid):
        return "refused by the database"


@pytest.mark.django_db(transaction=True)
def test_eight_records_of_one_cheque_at_once_are_one_entry_and_one_question(take, paper):
    found = at_once(*[lambda: words_of(lambda: take(paper))] * 8)

    assert len(set(found)) == 1
    assert TillPayment.objects.count() == 1
    assert Approval.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_locks_only_the_constraint_refuses_the_second_record(take, paper, monkeypatch):
    """The twin."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **how: rows)
    meeting(monkeypatch, tills, "require_fits", 2)

    found = at_once(*[lambda: words_of(lambda: take(paper))] * 2)

    assert "refused by the database" in found


@pytest.mark.django_db(transaction=True)
def test_eight_decisions_at_once_put_the_day_right_once(posted_late, paper):
    approval = asked(posted_late, LAST_DAY)
    deciders = [StaffFactory() for _number in range(8)]

    def grant(actor):
        try:
            approvals.decide(approval=approval, granted=True, actor=actor)
        except approvals.AlreadyDecided:
            return False
        return True

    found = at_once(*(lambda actor=actor: grant(actor) for actor in deciders))

    assert sorted(found) == [False] * 7 + [True]
    assert Placement.objects.matched().filter(receipt=paper).count() == 1
    assert TillPayment.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_lock_one_agrees_and_another_refuses(posted_late, monkeypatch):
    """Of two who agree the second would find nothing to put right; who refuses asks nothing."""
    approval = asked(posted_late, LAST_DAY)
    no_row_is_locked(monkeypatch)
    meeting_after(monkeypatch, approvals, "_held", 2)

    def decided(granted):
        decide = partial(approvals.decide, approval=approval, actor=StaffFactory())
        return outcome(lambda: decide(granted=granted).granted)

    assert at_once(decided(True), decided(False)) == [True, False]


# --- the pages


CODE = "t=20260214T2350&s=10000.00&fn=9999078900004792&i=4217&fp=3522207165&n=1"


def send(client, paper, till, **said):
    shown = reverse("admin:assist_receipt", args=[paper.person_id, paper.reference])
    stop = client.get(shown).context["stop"]
    data = {"till": till.pk, "cheque": "0042", "amount": "10 000"} | said
    if stop:
        data |= {"knows": "on", "known": stop.fingerprint}
    address = reverse("admin:till_take", args=[paper.person_id, paper.reference])
    return client.post(address, data, follow=True).content.decode()


@pytest.mark.parametrize("said", [{"cheque": CODE}, {"taken_on": "2026-02-14"}])
def test_the_scanned_or_typed_day_of_the_cheque_is_recorded_as_to_be_confirmed(
    operator, paper, till, said
):
    page = send(operator, paper, till, **said)

    taken = TillPayment.objects.get()
    assert (taken.taken_on, taken.asks_day) == (LAST_DAY, True)
    assert "A colleague confirms the day" in page


@pytest.mark.parametrize(
    "said",
    [
        {"taken_on": "2026-02-16"},
        {"taken_on": "2026-01-01"},
        {"cheque": CODE, "taken_on": "2026-02-13"},
    ],
    ids=["tomorrow", "too long ago", "another day than the code"],
)
def test_a_day_that_cannot_be_is_refused_with_its_reason(operator, paper, till, said):
    assert "errornote" in send(operator, paper, till, **said)
    assert not TillPayment.objects.exists()


def test_the_report_marks_the_day_that_is_to_be_confirmed(operator, take, paper):
    take(paper)

    page = operator.get(reverse("admin:till_report"), {"day": "2026-02-14"}).content.decode()

    assert "the day is to be confirmed" in page


def test_of_posted_money_the_page_offers_the_day_only_and_says_why(operator, posted_late):
    address = reverse("admin:till_correct", args=[posted_late.pk])

    page = operator.get(address).content.decode()
    operator.post(address, {"what": "day", "taken_on": "2026-02-14", "reason": "чек от 14.02"})

    assert "tax office" in page
    assert 'value="day"' in page
    assert 'value="receipt"' not in page
    assert 'value="nothing"' not in page
    assert Approval.objects.get().facts["taken_on"] == "2026-02-14"
