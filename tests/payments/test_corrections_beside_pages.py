"""A correction gives cash to another receipt while its payment page is opened: never both."""

from datetime import date

import pgtrigger
import pytest

from accounts.models import Approval
from accounts.services import approvals
from common.errors import Refusal
from payments.errors import AlreadyPaid, PageOpenAtTill
from payments.models import Charge, TillPayment
from payments.services.online.charges import start_charge
from payments.services.papers.receipts import form_receipt
from payments.services.tills import till_corrections, tills
from tests.at_once import at_once
from tests.factories import PlacementFactory, StaffFactory, TillFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("february")]
TODAY = date(2026, 2, 10)


@pytest.fixture
def other(application, acquirer):
    """The receipt that two want the cash of another one to be for."""
    PlacementFactory(application=application)
    paper = form_receipt(application=application, months=1, on=TODAY)
    other = form_receipt(application=application, months=2, on=TODAY)
    clerk = StaffFactory(username="clerk")
    cheque = {"till": TillFactory(), "cheque_number": "17", "amount": paper.amount}
    taken = tills.take(receipt=paper, actor=clerk, **cheque)
    till_corrections.ask(
        taken=taken, receipt=other, taken_on=TODAY, actor=clerk, reason="не та квитанция"
    )
    return other


def grant(actor):
    return approvals.decide(approval=Approval.objects.get(), granted=True, actor=actor)


def outcome(job):
    try:
        job()
    except Refusal as refusal:
        return type(refusal)
    return None


def stand(other) -> tuple[int, int]:
    """Entries of cash for the receipt, and open pages of it."""
    cash = TillPayment.objects.standing().filter(receipt=other)
    return cash.count(), Charge.objects.open().filter(receipt=other).count()


def test_of_eight_at_once_the_correction_or_the_page_is_there_never_both(other):
    deciders = [StaffFactory() for _number in range(4)]

    found = at_once(
        *(lambda actor=actor: outcome(lambda: grant(actor)) for actor in deciders),
        *(lambda: outcome(lambda: start_charge(receipt=other)) for _number in range(4)),
    )

    assert stand(other) in {(1, 0), (0, 1)}
    assert set(found) <= {None, AlreadyPaid, PageOpenAtTill, approvals.AlreadyDecided}


def opened_in_between(monkeypatch, other):
    """After the look and before the entry a page is opened; the correction holds no lock."""
    looks = till_corrections.require_no_page

    def look(application):
        looks(application)
        at_once(lambda: start_charge(receipt=other))

    monkeypatch.setattr(till_corrections, "require_no_page", look)
    monkeypatch.setattr(till_corrections, "_lock", lambda *rows: None)


def test_without_the_lock_the_wall_still_stands_and_the_refusal_says_why(other, monkeypatch):
    opened_in_between(monkeypatch, other)

    with pytest.raises(PageOpenAtTill):
        grant(StaffFactory())

    assert stand(other) == (0, 1)
    assert Approval.objects.get().decided_at is None


def test_without_lock_and_wall_the_cash_stands_beside_an_open_page(other, monkeypatch):
    """The twin: if this fails, the tests above prove nothing."""
    opened_in_between(monkeypatch, other)

    with pgtrigger.ignore("payments.TillPayment:no_page_open"):
        grant(StaffFactory())

    assert stand(other) == (1, 1)
