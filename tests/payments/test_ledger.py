"""Where money goes: posted to months, waiting with a reason, and the proof that none is missing."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import translation

from accounts.models import TimelineEntry
from notifications import events
from notifications.models import Message
from payments import messages, timeline
from payments.facts import standing_of
from payments.models import (
    Account,
    Charge,
    ChargeStatus,
    Place,
    Placement,
    QueueReason,
    Receipt,
    ReceiptStatus,
    Tariff,
)
from payments.services.importing.statements import import_statement
from payments.services.ledger import ledger
from payments.services.papers.receipts import form_receipt
from payments.standing import State
from tests.factories import ApplicationFactory, PatentFactory, StaffFactory
from tests.guards import behind_the_guards
from tests.payments.statement_files import ACQUIRER_ACCOUNT, order, piece, whole

FEBRUARY = date(2026, 2, 10)


def take(content: bytes):
    return import_statement(content=content, name="file.txt")


def pay(*, on: date, posted_on: date | None = None, number="1", **more):
    """Money of the worker by INN, in a statement of the day it was posted."""
    posted_on = posted_on or on
    return take(whole(order(number=number, on=on, posted_on=posted_on, **more), first=posted_on))


@pytest.fixture
def first_month(application):
    """Covered through 14 February 2026."""
    pay(on=date(2026, 1, 14), number="first")
    return application


def receipt_of(application, months=1, on=FEBRUARY) -> Receipt:
    return form_receipt(application=application, months=months, on=on)


def by_receipt(receipt: Receipt, *, on=FEBRUARY, posted_on=date(2026, 2, 13), **more) -> bytes:
    options = {"purpose": receipt.snapshot["purpose"], "amount": receipt.amount} | more
    return whole(order(on=on, posted_on=posted_on, **options), first=posted_on)


def charge_of(receipt: Receipt, captured: datetime) -> Charge:
    return Charge.objects.create(
        receipt=receipt,
        amount=receipt.amount,
        idempotence_key=uuid4(),
        provider_id=str(uuid4()),
        status=ChargeStatus.SUCCEEDED,
        captured_at=captured,
    )


def acquirers_line(receipt: Receipt, *, on: date, **more) -> bytes:
    return by_receipt(receipt, on=on, posted_on=on, payer_account=ACQUIRER_ACCOUNT, **more)


def now_at(*places: tuple) -> None:
    found = Placement.objects.current().order_by("pk")
    assert [(row.place, row.queue_reason, row.months) for row in found] == list(places)


MATCHED_ONE = (Place.MATCHED, "", 1)


# --- posting


def test_a_receipt_and_its_exact_sum_are_posted_and_the_person_is_told(first_month):
    receipt = receipt_of(first_month)

    take(by_receipt(receipt))

    receipt.refresh_from_db()
    assert (receipt.status, receipt.posted_on) == (ReceiptStatus.POSTED, date(2026, 2, 13))
    placement = Placement.objects.get(receipt=receipt)
    assert (placement.months, placement.paid_on) == (1, FEBRUARY)
    message = Message.objects.get(subject_id=placement.pk)
    assert message.event == messages.PAYMENT_POSTED.code
    entry = TimelineEntry.objects.filter(kind=timeline.POSTED).first()
    assert entry.facts == {
        "amount": "10000.00",
        "posted_on": "2026-02-13",
        "paid_on": "2026-02-10",
    }


def test_the_message_names_the_day_through_which_the_patent_is_paid(first_month):
    message = Message.objects.get(event=messages.PAYMENT_POSTED.code)

    event = events.find(message.event)
    with translation.override("en"):
        text = event.template % event.context(message.subject_id)

    assert event.still_true(message.subject_id)
    tail = first_month.number[-3:]
    assert text == (
        f"We received 10 000 RUB (application ...{tail}). The patent is paid through 14.02.2026."
    )


def test_money_before_issue_counts_from_the_day_of_issue(worker):
    application = ApplicationFactory(person=worker)

    pay(on=date(2026, 1, 10))

    application.refresh_from_db()
    assert application.first_paid_on == date(2026, 1, 10)
    message = Message.objects.get()
    assert message.event == messages.FIRST_PAYMENT_POSTED.code
    assert messages.FIRST_PAYMENT_POSTED.still_true(message.subject_id)
    assert standing_of(worker, FEBRUARY).months == 1


def test_money_by_inn_prolongs_the_patent(first_month):
    assert pay(on=FEBRUARY).matched == 1

    assert standing_of(first_month.person, FEBRUARY).covered_through == date(2026, 3, 14)


def test_one_kopeck_off_waits_with_both_sums_in_the_reason(first_month):
    receipt = receipt_of(first_month)

    take(by_receipt(receipt, amount="9999.99"))

    waiting = Placement.objects.queued().get()
    assert waiting.queue_reason == QueueReason.AMOUNT
    assert waiting.application == first_month
    receipt.refresh_from_db()
    assert receipt.status == ReceiptStatus.FORMED


def test_a_second_line_of_a_settled_receipt_counts_by_the_person(first_month):
    receipt = receipt_of(first_month)

    take(by_receipt(receipt, number="1"))
    take(by_receipt(receipt, number="2", posted_on=date(2026, 2, 16)))

    now_at(MATCHED_ONE, MATCHED_ONE, MATCHED_ONE)
    assert Placement.objects.filter(receipt=receipt).count() == 1


def test_a_posted_charge_is_no_longer_on_its_way(first_month):
    receipt = receipt_of(first_month)
    charge = charge_of(receipt, datetime(2026, 2, 14, 20, 30, tzinfo=UTC))

    take(acquirers_line(receipt, on=date(2026, 2, 16)))

    assert not Charge.objects.unposted().exists()
    placement = Placement.objects.get(charge=charge)
    assert (placement.place, placement.paid_on) == (Place.MATCHED, date(2026, 2, 14))
    assert standing_of(first_month.person, date(2026, 2, 25)).state == State.VALID


def test_a_damaged_receipt_number_still_finds_the_charge_by_the_inn(first_month):
    charge = charge_of(receipt_of(first_month), datetime(2026, 2, 14, 9, tzinfo=UTC))

    pay(on=date(2026, 2, 16), payer_account=ACQUIRER_ACCOUNT, purpose="квитанция MMC-7KQ?")

    assert Placement.objects.get(charge=charge).place == Place.MATCHED


def test_an_order_of_the_acquirer_without_our_charge_asks_for_the_cheque(first_month):
    pay(on=date(2026, 2, 15), payer_account=ACQUIRER_ACCOUNT)

    waiting = Placement.objects.queued().get()
    assert (waiting.queue_reason, waiting.application) == (QueueReason.DAY_UNKNOWN, first_month)
    assert Message.objects.get(subject_id=waiting.pk).event == messages.DAY_OF_PAYMENT_UNKNOWN.code


def test_a_consolidated_order_posts_each_worker_by_their_own_charge(first_month, worker):
    receipt = receipt_of(first_month)
    charge_of(receipt, datetime(2026, 2, 12, 9, tzinfo=UTC))
    day = date(2026, 2, 17)
    known = order(on=day, posted_on=day, purpose=receipt.snapshot["purpose"], inn="0")
    other = order(on=day, posted_on=day, purpose="Саидов, ИНН 500100732259", inn="0")

    assert take(whole(known, other, first=day)).matched == 1

    assert Placement.objects.get(receipt=receipt).paid_on == date(2026, 2, 12)
    assert Placement.objects.queued().get().queue_reason == QueueReason.UNKNOWN_PAYER


def test_an_order_for_several_people_posted_on_the_last_covered_day_counts(first_month, worker):
    """Nobody waits for a cheque whose day can only be earlier still."""
    pay(on=date(2026, 2, 14), payer_account=ACQUIRER_ACCOUNT)

    now_at(MATCHED_ONE, MATCHED_ONE)
    assert Placement.objects.order_by("pk").last().paid_on == date(2026, 2, 14)
    assert standing_of(worker, date(2026, 2, 20)).covered_through == date(2026, 3, 14)
    assert not Message.objects.filter(event=messages.DAY_OF_PAYMENT_UNKNOWN.code).exists()


def test_a_gap_filled_later_proves_an_undated_order_timely(first_month, worker):
    pay(on=date(2026, 3, 14), payer_account=ACQUIRER_ACCOUNT, number="gathered")
    assert Placement.objects.queued().get().queue_reason == QueueReason.DAY_UNKNOWN

    pay(on=date(2026, 2, 14), posted_on=date(2026, 3, 16), number="second")

    assert not Placement.objects.queued().exists()
    assert standing_of(worker, date(2026, 3, 17)).covered_through == date(2026, 4, 14)


def test_when_the_money_before_it_is_withdrawn_an_undated_order_is_not_called_late(
    first_month, worker
):
    """The day of posting proved it in time; it can never prove that anybody was late."""
    day = date(2026, 3, 5)
    take(piece(order(on=date(2026, 2, 14), posted_on=day, number="second"), first=day))
    pay(on=date(2026, 3, 14), payer_account=ACQUIRER_ACCOUNT, number="gathered")

    take(whole(first=day))

    days = {(late.paid_on, late.posted_on) for late in standing_of(worker, date(2026, 3, 20)).late}
    assert days == {(date(2026, 2, 14), day), (None, date(2026, 3, 14))}


# --- late money


def test_late_money_is_safe_named_and_revives_nothing(first_month):
    pay(on=date(2026, 2, 16), posted_on=date(2026, 2, 20))

    now_at(MATCHED_ONE, (Place.QUEUE, QueueReason.LATE, 0))
    standing = standing_of(first_month.person, date(2026, 2, 20))
    assert standing.covered_through == date(2026, 2, 14)
    assert [late.amount for late in standing.late] == [Decimal("10000.00")]
    assert TimelineEntry.objects.filter(kind=timeline.WAITS).count() == 1


def test_money_that_fills_the_gap_makes_later_money_timely(first_month):
    pay(on=date(2026, 3, 10), number="third")
    assert Placement.objects.late().count() == 1

    pay(on=date(2026, 2, 14), posted_on=date(2026, 3, 16), number="second")

    assert not Placement.objects.queued().exists()
    assert standing_of(first_month.person, date(2026, 3, 16)).covered_through == date(2026, 4, 14)


def test_a_late_charge_keeps_its_charge_and_is_found_again(first_month):
    receipt = receipt_of(first_month)
    charge = charge_of(receipt, datetime(2026, 3, 10, 9, tzinfo=UTC))
    take(acquirers_line(receipt, on=date(2026, 3, 12)))
    waiting = Placement.objects.late().get()
    assert (waiting.charge, waiting.receipt) == (charge, receipt)

    pay(on=date(2026, 2, 14), posted_on=date(2026, 3, 16), number="second")

    assert Placement.objects.get(charge=charge, place=Place.MATCHED).receipt == receipt


def test_the_order_of_arrival_does_not_matter(first_month):
    march = date(2026, 3, 20)
    for on, number in [(11, "4"), (1, "3"), (9, "2")]:
        month = {"4": 4, "3": 3, "2": 2}[number]
        day = date(2026, month, on)
        take(piece(order(number=number, on=day, posted_on=march), first=march, number=number))

    assert not Placement.objects.queued().exists()
    assert Placement.objects.matched().count() == 4


# --- room


def test_beyond_the_twelfth_month_money_goes_to_the_open_application(application):
    renewal = ApplicationFactory(person=application.person, accepted_on=date(2026, 11, 1))
    pay(on=date(2026, 1, 14), amount="110000.00")

    pay(on=date(2026, 11, 14), amount="30000.00", number="2")

    rows = Placement.objects.matched().order_by("pk").values_list("application", "months")
    assert list(rows) == [(application.pk, 11), (application.pk, 1), (renewal.pk, 2)]


def test_money_without_room_waits_and_the_rest_of_it_is_counted(application):
    pay(on=date(2026, 1, 14), amount="130000.00")

    now_at((Place.MATCHED, "", 12), (Place.QUEUE, QueueReason.NO_ROOM, 0))
    assert Placement.objects.queued().get().amount == Decimal("10000.00")


def test_living_money_takes_room_as_posted_money_does(application):
    pay(on=date(2026, 1, 14), amount="110000.00")
    charge_of(receipt_of(application), datetime(2026, 2, 10, 9, tzinfo=UTC))

    pay(on=date(2026, 2, 5), number="2")

    assert Placement.objects.queued().get().queue_reason == QueueReason.NO_ROOM


# --- staff


def test_match_again_posts_what_has_become_known(worker):
    operator = StaffFactory()
    pay(on=date(2026, 1, 10))
    assert Placement.objects.queued().get().queue_reason == QueueReason.NO_ROOM
    ApplicationFactory(person=worker)

    assert ledger.match_again(placements=Placement.objects.queued(), actor=operator) == 1

    now_at(MATCHED_ONE)
    assert Placement.objects.current().get().decided_by == operator


def test_match_again_without_news_leaves_everything_as_it_was(worker):
    pay(on=date(2026, 1, 10))
    before = list(Placement.objects.values())

    assert ledger.match_again(placements=Placement.objects.queued()) == 0

    assert list(Placement.objects.values()) == before


def test_match_again_leaves_possible_repeats_to_the_statements(first_month):
    day = date(2026, 2, 13)
    for _file in range(2):
        take(piece(order(posted_on=day), first=day, formed="", opening=str(1000 + _file)))

    assert ledger.match_again(placements=Placement.objects.queued()) == 0
    assert Placement.objects.queued().get().queue_reason == QueueReason.REPEAT


def test_money_on_a_day_without_a_tariff_waits(worker):
    ApplicationFactory(person=worker)
    Tariff.objects.filter(valid_from__year=2026).delete()

    pay(on=date(2026, 1, 10))

    assert Placement.objects.queued().get().queue_reason == QueueReason.AMOUNT


# --- undoing


def test_a_receipt_is_open_again_when_the_whole_day_does_not_show_its_money(first_month):
    receipt, day = receipt_of(first_month), date(2026, 2, 13)
    take(
        piece(
            order(on=FEBRUARY, posted_on=day, purpose=receipt.snapshot["purpose"]),
            first=day,
        )
    )
    take(whole(first=day))

    receipt.refresh_from_db()
    assert (receipt.status, receipt.posted_on) == (ReceiptStatus.FORMED, None)
    assert standing_of(first_month.person, day).covered_through == date(2026, 2, 14)
    assert TimelineEntry.objects.filter(kind=timeline.WITHDRAWN).count() == 1
    check_ledger()


# --- the commands


def check_ledger() -> str:
    call_command("check_ledger")


def test_check_ledger_prints_one_line_of_totals(first_month, capsys):
    pay(on=date(2026, 2, 16), number="late")

    with translation.override("en"):
        check_ledger()

    assert capsys.readouterr().out == (
        "2 lines for 20 000 ₽: counted as paid months 10 000 ₽, the person's credit 0 ₽, "
        "waits for staff 10 000 ₽, returned 0 ₽, set aside 0 ₽\n"
    )


FAULTS = {
    "a place with another sum": lambda: Placement.objects.update(amount="9999.99"),
    "a line without a place": lambda: Placement.objects.all().delete(),
    "a receipt posted without money": lambda: Receipt.objects.filter(status="formed").update(
        status="posted", posted_on=FEBRUARY
    ),
    "a paid receipt that is not posted": lambda: Receipt.objects.filter(status="posted").update(
        status="formed", posted_on=None
    ),
    "months that were not paid for": lambda: Placement.objects.filter(receipt__isnull=False).update(
        months=7
    ),
    "a file that told of more": lambda: __import__(
        "payments.models"
    ).models.Statement.objects.update(incoming=1),
}


@pytest.mark.parametrize("plant", FAULTS.values(), ids=FAULTS)
def test_check_ledger_finds_a_planted_fault(first_month, plant, capsys):
    take(by_receipt(receipt_of(first_month)))
    receipt_of(first_month, months=2)
    check_ledger()
    capsys.readouterr()
    with behind_the_guards():
        plant()

    with pytest.raises(SystemExit) as exit_, translation.override("en"):
        check_ledger()

    assert exit_.value.code == 1
    assert len(capsys.readouterr().out.splitlines()) >= 2


def test_import_statement_prints_a_line_of_counts(application, tmp_path, capsys):
    path = tmp_path / "day.txt"
    path.write_bytes(whole(order(on=date(2026, 1, 14)), order(number="2", inn="0")))

    with translation.override("en"):
        call_command("import_statement", path)
        call_command("import_statement", path, "--json")

    words, as_json = capsys.readouterr().out.splitlines()
    assert words == f"{path}: 2 lines, 1 matched, 1 queued, 0 known"
    assert json.loads(as_json) == {
        "file": str(path),
        "lines": 2,
        "matched": 0,
        "queued": 0,
        "known": 2,
    }


@pytest.mark.parametrize("content", [b"", b"garbage", None], ids=["empty", "garbage", "missing"])
def test_import_statement_says_one_line_and_exits_with_1(content, tmp_path, capsys, db):
    bad, good = tmp_path / "bad.txt", tmp_path / "good.txt"
    good.write_bytes(whole())
    if content is not None:
        bad.write_bytes(content)

    with pytest.raises(SystemExit) as exit_:
        call_command("import_statement", bad, good)

    assert exit_.value.code == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert Account.objects.get().statements.count() == 1


def test_an_old_patent_is_not_prolonged_when_a_new_one_is_issued(application, worker):
    new = ApplicationFactory(person=worker, status="issued", ready_on=date(2026, 2, 1))
    PatentFactory(application=new, issued_on=FEBRUARY)

    pay(on=date(2026, 2, 9))

    assert Placement.objects.matched().get().application == new


@pytest.mark.parametrize(
    ("name", "words"), [("none.txt", "There is no such file."), (".", "This is a folder")]
)
def test_a_path_without_a_file_is_one_clear_line(tmp_path, capsys, name, words):
    with translation.override("en"), pytest.raises(SystemExit):
        call_command("import_statement", str(tmp_path / name))

    [line] = capsys.readouterr().err.splitlines()
    assert words in line
