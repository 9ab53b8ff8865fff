"""Whose money we hold is not asked to show a cheque, unless its day is all that is missing."""

from datetime import date

import pytest
from django.utils import translation

from payments import sentence
from payments.models import Placement, QueueReason
from payments.standing import LateMoney, State
from tests.payments.statement_files import ACQUIRER_ACCOUNT
from tests.payments.test_denied_money import denied, first_month, shown, standing_later, take

pytestmark = pytest.mark.django_db
__all__ = ["first_month"]


@pytest.fixture
def in_doubt(first_month):
    """A line without a day of its own, which the statement of the whole day does not show."""
    take(shown(payer_account=ACQUIRER_ACCOUNT))
    take(denied())
    waiting = Placement.objects.queued().get()
    assert (waiting.queue_reason, waiting.paid_on) == (QueueReason.REPEAT, None)
    return first_month


def said(standing) -> sentence.Sentence:
    with translation.override("en"):
        return sentence.sentence(standing)


def test_money_that_may_be_a_repeat_asks_nobody_for_a_cheque(in_doubt):
    standing = standing_later(in_doubt)
    page = said(standing)

    assert standing.state == State.UNSEEN
    assert page.action == sentence.Action.CERTIFICATE
    assert "cheque" not in " ".join([page.title, *page.text]).lower()
    assert "We have 10\xa0000\xa0₽. The centre is checking this payment by itself." in page.text
    with translation.override("en"):
        assert "cheque" not in sentence.short(standing).lower()


def test_where_the_day_alone_is_missing_the_cheque_is_asked_for(in_doubt):
    Placement.objects.queued().update(queue_reason=QueueReason.DAY_UNKNOWN)

    page = said(standing_later(in_doubt))

    assert page.action == sentence.Action.CHEQUE
    assert "Show us the cheque." in " ".join(page.text)


def test_what_waits_for_another_reason_asks_for_no_day():
    assert LateMoney(1, None, date(2026, 2, 20)).asks_day
    assert not LateMoney(1, None, date(2026, 2, 20), doubted=True).asks_day
    assert not LateMoney(1, date(2026, 2, 14), date(2026, 2, 20)).asks_day
