"""The graph of states: drawn in one place, and held by the database for whoever writes."""

from datetime import UTC, date, datetime
from itertools import product

import pytest
from django.db import IntegrityError, transaction

from payments import steps
from payments.errors import IllegalStep
from payments.models import Charge, ChargeCorrection, ChargeStatus
from payments.services.papers.receipts import form_receipt
from tests.factories import ApplicationFactory, ChargeFactory

TODAY = date(2026, 2, 10)
NOON = datetime(2026, 2, 10, 9, tzinfo=UTC)
PAIRS = [pair for pair in product(ChargeStatus.values, repeat=2) if pair[0] != pair[1]]
LEGAL = {(one, other) for one, others in steps.CHARGE.items() for other in others}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]


@pytest.fixture
def charge(application):
    receipt = form_receipt(application=application, months=1, on=TODAY)
    return ChargeFactory(receipt=receipt)


def put(charge: Charge, status: str) -> Charge:
    """In this state as if it had always been: made anew, for no step may lead there."""
    taken = NOON if status in ("succeeded", "refunded") else None
    Charge.objects.all().delete()
    return ChargeFactory(receipt=charge.receipt, status=status, captured_at=taken)


def move(charge: Charge, after: str, **more) -> None:
    taken = NOON if after in ("succeeded", "refunded") else None
    Charge.objects.filter(pk=charge.pk).update(status=after, captured_at=taken, **more)


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_a_step_that_is_not_drawn_raises_in_the_code_and_in_the_database(charge, before, after):
    found = put(charge, before)
    if (before, after) in LEGAL - {("succeeded", "refunded")}:
        move(found, after)
        assert steps.step(steps.CHARGE, before, after) == after
        return

    with pytest.raises(IntegrityError, match="no step leads"), transaction.atomic():
        move(found, after)
    if (before, after) not in LEGAL:
        with pytest.raises(IllegalStep):
            steps.step(steps.CHARGE, before, after)


@pytest.mark.parametrize(("before", "after"), sorted(steps.CORRECTIONS))
def test_a_final_state_is_left_with_a_correction_and_not_without(charge, before, after):
    found = put(charge, before)
    noted = ChargeCorrection.objects.create(
        charge=found, before=before, after=after, reason="по выписке эквайера"
    )

    move(found, after, correction=noted)

    found.refresh_from_db()
    assert found.status == after


def test_one_correction_makes_one_step(charge):
    found = put(charge, "canceled")
    noted = ChargeCorrection.objects.create(
        charge=found, before="canceled", after="succeeded", reason="по выписке эквайера"
    )
    move(found, "succeeded", correction=noted)
    other = ChargeCorrection.objects.create(
        charge=found, before="succeeded", after="canceled", reason="ошибка"
    )
    move(found, "canceled", correction=other)

    with pytest.raises(IntegrityError, match="no step leads"), transaction.atomic():
        move(found, "succeeded", correction=other)


def test_a_correction_stays_as_it_was_written(charge):
    noted = ChargeCorrection.objects.create(
        charge=charge, before="canceled", after="succeeded", reason="по выписке эквайера"
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        ChargeCorrection.objects.filter(pk=noted.pk).update(reason="другая")
    with pytest.raises(IntegrityError), transaction.atomic():
        noted.delete()


@pytest.mark.parametrize(
    "change", [{"amount": 1}, {"provider_id": "another"}, {"method": "sbp"}], ids=str
)
def test_what_a_charge_is_about_never_changes(charge, change):
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Charge.objects.filter(pk=charge.pk).update(**change)


def test_the_application_is_the_receipts_whatever_is_written(charge):
    other = ApplicationFactory(person=charge.receipt.person)

    Charge.objects.filter(pk=charge.pk).update(application=other)

    charge.refresh_from_db()
    assert charge.application == charge.receipt.application


def test_no_month_is_bought_by_two_charges(charge):
    first = ChargeFactory(receipt=_paper(charge), first_month=2, last_month=4)

    with pytest.raises(IntegrityError, match="charge_no_month_twice"), transaction.atomic():
        ChargeFactory(receipt=_paper(charge), first_month=4, last_month=4)
    assert ChargeFactory(receipt=_paper(charge), first_month=5, last_month=5).pk
    assert first.pk


def test_an_application_has_one_open_page(charge):
    open_page = {"status": "pending", "captured_at": None}
    ChargeFactory(receipt=_paper(charge), **open_page)

    with pytest.raises(IntegrityError, match="charge_one_open"), transaction.atomic():
        ChargeFactory(receipt=_paper(charge, months=2), **open_page)


def _paper(charge: Charge, months: int = 1):
    """Another receipt of the same application."""
    return form_receipt(application=charge.receipt.application, months=months, on=TODAY)
