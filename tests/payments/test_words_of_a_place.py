"""Whatever the ledger tells of the place of money can be taken back with what a statement told."""

import pytest

from notifications.events import Event
from notifications.models import Message
from payments.messages import CASH_TWICE, CASH_WAS_ONE
from payments.services.deciding import withdrawals
from payments.services.ledger import news, second_lines, waiting
from tests.payments.test_withdrawals import close, people, scope

__all__ = ["people", "scope"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]


@pytest.mark.parametrize("event", [*withdrawals.OF_MONTHS, *withdrawals.OF_WAITING])
def test_whatever_was_told_of_money_that_is_not_theirs_is_taken_back(people, scope, event):
    Message.objects.update(event=event)
    close(people[0])

    assert withdrawals.people(withdrawals.told(scope)) == 1


def test_what_the_books_tell_of_a_place_of_money_can_all_be_taken_back():
    """Of cash the subject is its payment: a statement does not take the cash away."""
    told = {
        one
        for module in (news, second_lines, waiting)
        for one in vars(module).values()
        if isinstance(one, Event)
    } - {CASH_TWICE, CASH_WAS_ONE}

    assert {one.code for one in told} == {*withdrawals.OF_MONTHS, *withdrawals.OF_WAITING}
