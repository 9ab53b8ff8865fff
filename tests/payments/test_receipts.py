from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from random import Random
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from patents.models import Inn
from patents.services import annul
from payments import reference
from payments.errors import MonthsBeyondCap, NoInn, NothingToPay, TariffUnknown
from payments.models import Charge, ChargeStatus, Receipt, Tariff
from payments.room import months_left
from payments.services.papers import receipts
from payments.services.papers.receipts import form_receipt, purpose
from tests.at_once import at_once, meeting, no_row_is_locked
from tests.factories import ApplicationFactory

TODAY = date(2026, 2, 10)


def take(receipt: Receipt) -> Charge:
    """Living money: taken by card, not posted yet."""
    return Charge.objects.create(
        receipt=receipt,
        amount=receipt.amount,
        idempotence_key=uuid4(),
        provider_id=f"taken-{receipt.pk}",
        status=ChargeStatus.SUCCEEDED,
        captured_at=timezone.now(),
    )


def test_a_receipt_keeps_the_tariff_and_requisites_of_its_day(application):
    receipt = form_receipt(application=application, months=2, on=TODAY)

    assert (receipt.monthly, receipt.amount) == (Decimal("10000.00"), Decimal("20000.00"))
    assert receipt.snapshot["account"] == "03100643000000018500"
    assert receipt.snapshot["kpp"] == "770701001"
    assert receipt.snapshot["payer"] == {
        "last_name": "Каримов",
        "first_name": "Тимур",
        "middle_name": "Рустамович",
        "latin_name": receipt.person.latin_name,
        "inn": "775100004210",
        "passport": "FA1234567",
    }


def test_a_payment_in_december_has_the_old_price_for_months_of_the_next_year(application):
    patent = application.patent
    patent.issued_on = date(2025, 12, 20)
    patent.save()

    receipt = form_receipt(application=application, months=3, on=date(2025, 12, 31))

    assert receipt.amount == Decimal("26700.00")


def test_the_snapshot_stays_what_it_was(application):
    receipt = form_receipt(application=application, months=1, on=TODAY)
    Inn.objects.update(value="773370857141")
    Tariff.objects.filter(valid_from=date(2026, 1, 1)).update(monthly=Decimal(1))

    receipt.refresh_from_db()

    assert receipt.amount == Decimal("10000.00")
    assert receipt.snapshot["payer"]["inn"] == "775100004210"


def test_the_reference_is_valid_and_can_be_found_in_the_purpose(application):
    receipt = form_receipt(application=application, months=1, on=TODAY)

    assert reference.is_valid(receipt.reference)
    assert reference.find_in(receipt.snapshot["purpose"]) == [receipt.reference]


def test_the_purpose_names_the_patent_and_the_person(application):
    receipt = form_receipt(application=application, months=1, on=TODAY)

    assert receipt.snapshot["purpose"] == (
        "Налог на доходы физических лиц в виде фиксированного авансового платежа, "
        f"патент 77 № 2600418174, квитанция MMC-{receipt.reference}, Каримов Тимур"
    )


def test_before_issue_the_receipt_is_on_the_application_and_the_passport(worker):
    application = ApplicationFactory(person=worker, number="1381162")

    receipt = form_receipt(application=application, months=1, on=TODAY)

    assert receipt.patent is None
    assert "заявление № 1381162, паспорт FA1234567" in receipt.snapshot["purpose"]


def test_a_long_name_never_costs_the_reference(application):
    receipt = form_receipt(application=application, months=1, on=TODAY)
    snapshot = receipt.snapshot | {"payer": receipt.snapshot["payer"] | {"last_name": "А" * 200}}

    text = purpose(snapshot, receipt.reference)

    assert len(text) == 210
    assert reference.find_in(text) == [receipt.reference]


def test_without_an_inn_there_is_no_receipt(application):
    Inn.objects.all().delete()

    with pytest.raises(NoInn):
        form_receipt(application=application, months=1, on=TODAY)

    assert not Receipt.objects.exists()


def test_an_unknown_tariff_date_makes_no_receipt(application):
    with pytest.raises(TariffUnknown):
        form_receipt(application=application, months=1, on=date(2027, 1, 1))

    assert not Receipt.objects.exists()


@pytest.mark.parametrize("months", [0, -1, 13])
def test_no_more_than_twelve_months_from_issue(application, months):
    with pytest.raises(MonthsBeyondCap):
        form_receipt(application=application, months=months, on=TODAY)


def test_living_money_leaves_less_room(application):
    take(form_receipt(application=application, months=10, on=TODAY))

    form_receipt(application=application, months=2, on=TODAY)
    with pytest.raises(MonthsBeyondCap):
        form_receipt(application=application, months=3, on=TODAY)


def test_twelve_living_months_leave_nothing_to_pay(application):
    take(form_receipt(application=application, months=12, on=TODAY))

    with pytest.raises(MonthsBeyondCap):
        form_receipt(application=application, months=1, on=TODAY)
    assert months_left(application) == 0


def test_the_same_asked_twice_on_a_day_is_one_paper(application):
    first = form_receipt(application=application, months=1, on=TODAY)
    again = form_receipt(application=application, months=1, on=TODAY)

    assert first == again


def test_another_number_of_months_or_another_inn_is_another_paper(application):
    first = form_receipt(application=application, months=1, on=TODAY)
    longer = form_receipt(application=application, months=2, on=TODAY)
    Inn.objects.update(value="773370857141")
    corrected = form_receipt(application=application, months=1, on=TODAY)

    assert len({first, longer, corrected}) == 3


def test_a_paper_that_was_paid_by_card_is_not_given_again(application):
    paid = form_receipt(application=application, months=1, on=TODAY)
    take(paid)

    assert form_receipt(application=application, months=1, on=TODAY) != paid


def test_a_reference_that_is_taken_is_drawn_again(application, monkeypatch):
    first = form_receipt(application=application, months=1, on=TODAY)
    drawn = iter([first.reference, reference.new(Random(7))])
    monkeypatch.setattr("payments.reference.new", lambda random: next(drawn))

    second = form_receipt(application=application, months=2, on=TODAY)

    assert second.reference != first.reference
    assert reference.find_in(second.snapshot["purpose"]) == [second.reference]


def test_a_generator_that_only_repeats_itself_is_an_error(application, monkeypatch):
    first = form_receipt(application=application, months=1, on=TODAY)
    monkeypatch.setattr("payments.reference.new", lambda random: first.reference)

    with pytest.raises(IntegrityError):
        form_receipt(application=application, months=2, on=TODAY)


def test_a_refused_application_takes_no_money(worker):
    application = ApplicationFactory(person=worker, refused=True)

    with pytest.raises(NothingToPay):
        form_receipt(application=application, months=1, on=TODAY)


def test_an_annulled_patent_takes_no_money(application):
    patent = application.patent
    annul(patent=patent, annulled_on=TODAY, reason="решение МВД")

    with pytest.raises(NothingToPay):
        form_receipt(application=application, months=1, on=TODAY)


@pytest.mark.parametrize(("day", "taken"), [(date(2026, 12, 31), True), (date(2026, 2, 1), True)])
def test_money_is_taken_to_the_end_of_the_year_of_the_patent(application, day, taken):
    assert form_receipt(application=application, months=1, on=day)


def test_after_the_year_of_the_patent_no_money_is_taken(application):
    Tariff.objects.create(region="77", valid_from=date(2027, 1, 1), monthly=Decimal("11000"))

    assert form_receipt(application=application, months=1, on=date(2027, 1, 14))
    with pytest.raises(NothingToPay):
        form_receipt(application=application, months=1, on=date(2027, 1, 15))


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_form_one_paper(application):
    def form(_):
        try:
            return form_receipt(application=application, months=1, on=TODAY).reference
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        references = set(pool.map(form, range(8)))

    assert len(references) == 1


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_lock_two_tabs_form_two_papers(application, monkeypatch):
    no_row_is_locked(monkeypatch)
    meeting(monkeypatch, receipts, "_save_under_new_reference", 2)

    at_once(*[lambda: form_receipt(application=application, months=1, on=TODAY)] * 2)

    assert Receipt.objects.count() == 2
