"""Money that seemed late is in time once earlier months count, however they came to count."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from accounts.services import approvals
from notifications.models import Message
from payments.facts import standing_of
from payments.models import Place, Placement, QueueReason
from payments.services.audit import audit
from payments.services.deciding.by_hand import Share, ask
from payments.services.importing.statements import import_statement
from payments.services.ledger import ledger
from payments.services.online.credits import count_what_is_over
from tests.factories import StaffFactory
from tests.payments.statement_files import order, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
JANUARY_12, JANUARY_14, FEBRUARY_5 = date(2026, 1, 12), date(2026, 1, 14), date(2026, 2, 5)
FEBRUARY_6, FEBRUARY_9 = date(2026, 2, 6), date(2026, 2, 9)


def pay(amount: str, *, on: date, posted_on: date, **more) -> None:
    line = order(on=on, posted_on=posted_on, amount=Decimal(amount), number=f"{on}", **more)
    import_statement(content=whole(line, first=posted_on), name=f"{on}.txt")


def second_month() -> Placement:
    return Placement.objects.current().get(line__document_number=f"{FEBRUARY_5}")


def told() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("event", flat=True))


def is_sound() -> bool:
    connection.check_constraints()
    return audit().faults == []


@pytest.fixture
def seems_late(application):
    """Half of the first month is there; the second month was paid while the other half was still
    on its way."""
    pay("5000", on=JANUARY_12, posted_on=JANUARY_12)
    pay("10000", on=FEBRUARY_5, posted_on=FEBRUARY_6)
    assert second_month().queue_reason == QueueReason.LATE
    return application


def test_parts_that_make_the_month_before_show_that_it_was_in_time(seems_late):
    pay("5000", on=JANUARY_14, posted_on=FEBRUARY_9)
    count_what_is_over()

    assert (second_month().place, second_month().months) == (Place.MATCHED, 1)
    assert standing_of(seems_late.person).months == 2
    assert told()[-1] == "payments.posted"
    assert is_sound()


def test_a_decision_of_two_of_the_staff_shows_it_too(seems_late):
    pay("10000", on=JANUARY_14, posted_on=FEBRUARY_9, inn="", payer="НЕИЗВЕСТНЫЙ")
    names_nobody = Placement.objects.queued().get(application__isnull=True)

    by_two(names_nobody, Share(Decimal(10000), seems_late.pk))

    assert (second_month().place, second_month().months) == (Place.MATCHED, 1)
    assert standing_of(seems_late.person).months == 2
    assert is_sound()


def test_without_that_question_it_stays_late(seems_late, monkeypatch):
    monkeypatch.setattr(ledger, "may_be_timely_of", lambda people: Placement.objects.none())

    pay("5000", on=JANUARY_14, posted_on=FEBRUARY_9)
    count_what_is_over()

    assert second_month().queue_reason == QueueReason.LATE


def test_what_is_late_all_the_same_stays_late(seems_late):
    """The month before is counted, but the sum came after its days."""
    pay("5000", on=date(2026, 1, 17), posted_on=FEBRUARY_9)
    count_what_is_over()

    assert second_month().queue_reason == QueueReason.LATE
    assert is_sound()


def by_two(placement: Placement, *shares: Share) -> None:
    asked = ask(placement=placement, shares=shares, actor=StaffFactory(), reason="заявление")
    approvals.decide(approval=asked, granted=True, actor=StaffFactory())
