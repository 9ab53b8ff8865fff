"""A late cheque is recorded while somebody decides about the same person: no ring of waiting.

A decision holds the person and then the applications; who records cash holds the application and
then, for the day of the cheque, asks for a decision about the person.
"""

from contextlib import suppress
from datetime import date
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import OperationalError

from accounts.models import Approval
from accounts.services import approvals
from payments.models import TillPayment
from payments.services.papers.receipts import form_receipt
from payments.services.tills import till_corrections, tills
from tests.at_once import at_once
from tests.factories import (
    InnFactory,
    PassportFactory,
    PatentFactory,
    PersonFactory,
    PlacementFactory,
    StaffFactory,
    TillFactory,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("february"),
]
YESTERDAY = date(2026, 2, 9)
MEET = 2  # seconds: where a lock keeps one of them away, the other goes on alone


def meet(monkeypatch, *places: tuple) -> None:
    """Whoever comes to one of these places waits a moment for the other one."""
    gap = Barrier(2)

    def met(real):
        def wait(*args, **facts):
            with suppress(BrokenBarrierError):
                gap.wait(timeout=MEET)
            return real(*args, **facts)

        return wait

    for owner, name in places:
        monkeypatch.setattr(owner, name, met(getattr(owner, name)))


@pytest.fixture
def window(transactional_db):
    """A person whose paper is paid at a till, by a cheque of yesterday."""
    person = PersonFactory()
    PassportFactory(person=person)
    InnFactory(person=person)
    number = iter(range(100))

    def take(receipt):
        return tills.take(
            receipt=receipt,
            till=TillFactory(name=f"Касса {receipt.pk}"),
            cheque_number=str(next(number)),
            amount=receipt.amount,
            actor=StaffFactory(),
            taken_on=YESTERDAY,
        )

    patent = PatentFactory(application__person=person)
    PlacementFactory(application=patent.application)
    return take, form_receipt(application=patent.application, months=1, on=date(2026, 2, 10))


@pytest.fixture
def both(window, monkeypatch):
    """The day of one cheque is decided while the other one is recorded for the same application."""
    take, first = window
    taken = take(first)
    question, boss = Approval.objects.get(), StaffFactory()
    other = form_receipt(application=first.application, months=2, on=date(2026, 2, 10))
    meet(monkeypatch, (tills, "_ask_for_the_day"), (till_corrections, "_lock"))
    jobs = [
        lambda: take(other),
        lambda: approvals.decide(approval=question, granted=True, actor=boss),
    ]
    return jobs, taken


def test_cash_and_a_decision_at_once_are_both_written(both):
    jobs, taken = both

    at_once(*jobs)

    assert TillPayment.objects.filter(corrects=taken).exists()
    assert Approval.objects.open().count() == 1


def test_without_holding_the_person_first_they_wait_in_a_ring(both, monkeypatch):
    jobs, _taken = both
    monkeypatch.setattr(tills, "hold_still", lambda *ids: None)

    with pytest.raises(OperationalError, match="deadlock"):
        at_once(*jobs)
