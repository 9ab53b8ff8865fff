"""A receipt that must not be paid: staff end it with a reason, and the person reads it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import translation

from accounts import timeline as words
from notifications.length import segments
from notifications.models import Message
from payments import room, timeline
from payments.errors import CannotCancel, ReceiptCancelled
from payments.messages import RECEIPT_CANCELLED
from payments.models import Place, Placement, Receipt, ReceiptHistory
from payments.services.importing.statements import import_statement
from payments.services.online.charges import record_taken
from payments.services.papers import cancellations
from payments.services.papers.cancellations import cancel_receipt
from payments.services.papers.receipts import form_receipt
from tests.at_once import at_once, meeting, no_row_is_locked
from tests.factories import ChargeFactory, PlacementFactory, ReceiptFactory, StaffFactory
from tests.payments.statement_files import order, whole
from tests.payments.test_assist import enter

ENGLISH = {"accept-language": "en"}
TODAY = date(2026, 2, 10)
WHY = "Не тот срок: нужен один месяц."

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]


@pytest.fixture
def receipt(application):
    return form_receipt(application=application, months=2, on=TODAY)


@pytest.fixture
def clerk(db):
    return StaffFactory()


def cancel(receipt, clerk, reason=WHY) -> Receipt:
    return cancel_receipt(receipt=receipt, reason=reason, actor=clerk)


def told(receipt) -> list[str]:
    return list(Message.objects.of(receipt.person_id).values_list("event", flat=True))


def test_it_keeps_who_ended_it_and_why(receipt, clerk):
    cancel(receipt, clerk)

    receipt.refresh_from_db()
    assert receipt.status == "cancelled"
    assert (receipt.cancelled_by, receipt.cancel_reason) == (clerk, WHY)
    former = ReceiptHistory.objects.get(pgh_obj_id=receipt.pk)
    assert former.status == "formed"


def test_the_person_reads_the_reason_and_gets_a_message(receipt, clerk):
    cancel(receipt, clerk)

    entry = receipt.person.timeline.get(kind=timeline.RECEIPT_CANCELLED)
    assert WHY in words.words(entry)
    assert told(receipt) == [RECEIPT_CANCELLED.code]
    assert RECEIPT_CANCELLED.still_true(receipt.pk)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_message_is_short(receipt, language):
    with translation.override(language):
        text = translation.gettext(RECEIPT_CANCELLED.template) % RECEIPT_CANCELLED.context(
            receipt.pk
        )

    assert segments(text) <= 2


def test_a_paper_that_nobody_would_pay_any_more_ends_without_a_message(application, clerk):
    old = ReceiptFactory(application=application, monthly=8900)

    cancel(old, clerk)

    assert told(old) == []
    assert old.person.timeline.filter(kind=timeline.RECEIPT_CANCELLED).exists()


def test_it_takes_no_money_any_more(client, receipt, clerk):
    cancel(receipt, clerk)
    client.force_login(receipt.person.user)

    with pytest.raises(ReceiptCancelled):
        room.require_payable(receipt_again(receipt), TODAY)
    page = client.get(reverse("payments:receipt", args=[receipt.reference]), headers=ENGLISH)
    said = page.content.decode()
    assert "The centre cancelled it on" in said
    assert WHY in said
    assert "Pay by card" not in said
    for name in ("receipt_pdf", "receipt_qr", "receipt_txt"):
        answer = client.get(reverse(f"payments:{name}", args=[receipt.reference]))
        assert answer.status_code == 302


def receipt_again(receipt) -> Receipt:
    return Receipt.objects.get(pk=receipt.pk)


def test_the_archive_says_that_it_is_cancelled(client, receipt, clerk):
    cancel(receipt, clerk)
    client.force_login(receipt.person.user)

    page = client.get(reverse("payments:papers"), headers=ENGLISH).content.decode()

    assert "cancelled on February 10, 2026" in " ".join(page.split())


def test_money_that_still_comes_by_it_counts_for_the_person(receipt, clerk):
    PlacementFactory(application=receipt.application)
    cancel(receipt, clerk)
    purpose = f"НДФЛ квитанция MMC-{receipt.reference}"
    content = whole(
        order(amount=receipt.amount, on=TODAY, posted_on=TODAY, purpose=purpose), first=TODAY
    )

    import_statement(content=content, name="file.txt")

    place = Placement.objects.get(line__purpose=purpose)
    assert (place.place, place.months) == (Place.MATCHED, 2)
    assert place.application == receipt.application
    assert receipt_again(receipt).status == "cancelled"


def test_a_new_one_for_the_same_months_is_another_paper(receipt, clerk):
    cancel(receipt, clerk)

    again = form_receipt(application=receipt.application, months=2, on=TODAY)

    assert again.reference != receipt.reference


# --- what is refused


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_ends(receipt, clerk, reason):
    with pytest.raises(CannotCancel):
        cancel(receipt, clerk, reason)

    assert receipt_again(receipt).status == "formed"


def test_a_paid_one_stays(receipt, clerk):
    record_taken(receipt=receipt, provider_id="x", captured_at=datetime(2026, 2, 10, 9, tzinfo=UTC))

    with pytest.raises(CannotCancel, match="paid"), translation.override("en"):
        cancel(receipt, clerk)


def test_a_posted_one_stays(receipt, clerk):
    Receipt.objects.update(status="posted", posted_on=TODAY)

    with pytest.raises(CannotCancel):
        cancel(receipt, clerk)


def test_one_whose_money_waits_stays(receipt, clerk):
    PlacementFactory(
        application=receipt.application,
        receipt=receipt,
        place=Place.QUEUE,
        queue_reason="late",
        months=0,
    )

    with pytest.raises(CannotCancel, match="queue"), translation.override("en"):
        cancel(receipt, clerk)


@pytest.mark.parametrize("status", ["new", "pending"])
def test_one_with_an_open_payment_page_stays(receipt, clerk, status):
    ChargeFactory(receipt=receipt, status=status, captured_at=None)

    with pytest.raises(CannotCancel, match="open"), translation.override("en"):
        cancel(receipt, clerk)


def test_nobody_ends_it_twice(receipt, clerk):
    cancel(receipt, clerk)

    with pytest.raises(CannotCancel):
        cancel(receipt, clerk, "Another reason")

    assert receipt_again(receipt).cancel_reason == WHY
    assert len(told(receipt)) == 1


def test_the_database_knows_no_cancelled_receipt_without_a_reason(receipt, clerk):
    with pytest.raises(IntegrityError, match="receipt_cancelled_says_by_whom_and_why"):
        Receipt.objects.update(status="cancelled", cancelled_by=clerk)


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_end_it_once(receipt, clerk):
    start = Barrier(2)

    def press(reason):
        start.wait()
        try:
            cancel(receipt, clerk, reason)
        except CannotCancel:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(press, ["First", "Second"]))

    assert sorted(done) == [False, True]
    assert receipt.person.timeline.filter(kind=timeline.RECEIPT_CANCELLED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_locks_the_person_reads_two_reasons(receipt, clerk, monkeypatch):
    no_row_is_locked(monkeypatch)
    meeting(monkeypatch, cancellations, "_end", 2)

    reasons = "First", "Second"
    at_once(*[lambda reason=reason: cancel(receipt, clerk, reason) for reason in reasons])

    assert receipt.person.timeline.filter(kind=timeline.RECEIPT_CANCELLED).count() == 2


# --- the page of the staff


def page_of(receipt) -> str:
    return reverse("admin:payments_receipt_cancel", args=[receipt.pk])


def test_an_operator_cancels_with_a_reason_and_the_history_names_it(client, receipt):
    user = enter(client, "operator")
    card = reverse("admin:payments_receipt_change", args=[receipt.pk])
    assert page_of(receipt) in client.get(card).content.decode()

    answer = client.post(page_of(receipt), {"reason": WHY})

    assert answer.url == card
    assert receipt_again(receipt).cancelled_by == user
    history = client.get(reverse("admin:payments_receipt_history", args=[receipt.pk]))
    assert WHY in history.content.decode()
    assert page_of(receipt) not in client.get(card).content.decode()


def test_an_empty_reason_is_asked_for(client, receipt):
    enter(client, "operator")

    answer = client.post(page_of(receipt), {"reason": " "}, headers=ENGLISH)

    assert "Write the reason" in answer.content.decode()
    assert receipt_again(receipt).status == "formed"


def test_the_page_of_a_paid_receipt_has_no_button(client, receipt):
    Receipt.objects.update(status="posted", posted_on=TODAY)
    enter(client, "supervisor")

    page = client.get(page_of(receipt), headers=ENGLISH).content.decode()

    assert "Nobody cancels a paid one" in page
    assert 'name="reason"' not in page


@pytest.mark.parametrize("role", ["accountant", "auditor", "reviewer"])
def test_who_may_not_cancel(client, receipt, role):
    enter(client, role)

    assert client.post(page_of(receipt), {"reason": WHY}).status_code == 403
    assert receipt_again(receipt).status == "formed"


def test_a_receipt_that_is_not_there(client, db):
    enter(client, "operator")

    assert client.get(reverse("admin:payments_receipt_cancel", args=[4040])).status_code == 404
