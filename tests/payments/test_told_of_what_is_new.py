"""Money moves between places: the person hears of each rouble once, and it is never too late."""

from datetime import date
from decimal import Decimal

import pytest

from notifications.models import Message
from payments import timeline
from payments.messages import PART_POSTED, PAYMENT_POSTED
from payments.models import Placement
from payments.services.ledger.books import Books
from payments.services.online.credits import count_what_is_over
from tests.payments.test_parts_of_months import pay

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
EVENTS = {one.code: one for one in (PAYMENT_POSTED, PART_POSTED)}


@pytest.fixture
def joined(application):
    """4 450 and 5 550 are a month of 10 000."""
    pay("4450", on=date(2025, 12, 20), number="a")
    pay("5550", on=date(2026, 1, 3), number="c")
    count_what_is_over()
    return application


def join_anew() -> None:
    """With two more sums they are two months: of 8 900 and of 10 000."""
    pay("4450", on=date(2025, 12, 28), number="b", posted_on=date(2026, 1, 5))
    pay("4450", on=date(2026, 1, 6), number="d")
    count_what_is_over()


def sums_in_messages() -> list[str]:
    rows = Message.objects.filter(event__in=EVENTS).order_by("pk")
    return [EVENTS[row.event].context(row.subject_id)["amount"] for row in rows]


def sums_in_the_history(application) -> list[Decimal]:
    told = application.person.timeline.filter(kind=timeline.POSTED).order_by("pk")
    return sorted(Decimal(entry.facts["amount"]) for entry in told)


def test_joined_anew_only_the_sums_that_are_new_are_told(joined):
    assert sums_in_messages() == ["10 000 ₽"]

    join_anew()

    assert sums_in_messages() == ["10 000 ₽", "4 450 ₽", "4 450 ₽"]
    assert sums_in_the_history(joined) == [Decimal(4450)] * 3 + [Decimal(5550)]


def test_a_message_on_its_way_stays_true_when_the_money_is_joined_anew(joined):
    [message] = Message.objects.filter(event=PAYMENT_POSTED.code)

    join_anew()

    assert not Placement.objects.current().filter(pk=message.subject_id).exists()
    assert PAYMENT_POSTED.still_true(message.subject_id)


def test_without_knowing_what_was_told_every_sum_was_told_again(joined, monkeypatch):
    """The twin."""
    add = Books._add
    monkeypatch.setattr(Books, "_add", lambda self, *line, before: add(self, *line, before=[]))

    join_anew()

    assert sums_in_messages() == ["10 000 ₽", "8 900 ₽", "10 000 ₽"]
    assert len(sums_in_the_history(joined)) == 6
