"""Paid twice past the acquirer: the person is told once, whichever money was posted first."""

import sys
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from notifications.models import Message
from payments import messages, timeline
from payments.facts import standing_of
from payments.models import Placement
from payments.services.ledger import ledger
from tests.factories import ChargeFactory, TillPaymentFactory
from tests.payments.statement_files import ACQUIRER_ACCOUNT, BANK_ACCOUNT, TILL_ACCOUNT
from tests.payments.test_bank_beside_the_card import (
    PERSONS_ACCOUNT,
    at_a_bank,
    bring,
    of_the_acquirer,
    of_the_till,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
FIRST_DAY, SECOND_DAY, LATER = date(2026, 2, 12), date(2026, 2, 13), date(2026, 2, 14)
TWICE = [messages.PAID_TWICE, messages.CASH_TWICE, messages.SECOND_POSTED]
ONCE = [messages.ONE_PAYMENT, messages.CASH_WAS_ONE, messages.SECOND_WAS_ONE]
EVENTS = {one.code: one for one in [*TWICE, *ONCE]}


@pytest.fixture(autouse=True)
def _collectors(settings):
    settings.ACQUIRER_PAYERS = [ACQUIRER_ACCOUNT, TILL_ACCOUNT]
    settings.TILL_PAYERS = [TILL_ACCOUNT]


@pytest.fixture
def card(paper):
    noon = datetime(2026, 2, 11, 9, tzinfo=UTC)
    return ChargeFactory(receipt=paper, first_month=2, last_month=2, captured_at=noon)


@pytest.fixture
def cash(paper):
    return TillPaymentFactory(receipt=paper, taken_on=date(2026, 2, 10))


def by_card(paper):
    return of_the_acquirer(paper, FIRST_DAY)


def by_cash(paper):
    return of_the_till(paper, FIRST_DAY)


def by_bank(paper, **more):
    return at_a_bank(paper) | more


def by_another_bank(paper):
    return by_bank(paper, Номер="10", ПлательщикСчет=PERSONS_ACCOUNT[:-1] + "2")


def again(line: dict) -> dict:
    """The same line posted on the next day."""
    return line | {"ДатаПоступило": f"{SECOND_DAY:%d.%m.%Y}"}


def told(events) -> list[str]:
    """Messages that are true now, as a person would read them."""
    rows = Message.objects.filter(event__in=[one.code for one in events]).order_by("pk")
    return [row.event for row in rows if EVENTS[row.event].still_true(row.subject_id)]


def entries(paper, kind) -> int:
    return paper.person.timeline.filter(kind=kind).count()


PAIRS = {
    "card, then bank": ("card", by_card, by_bank),
    "bank, then card": ("card", by_bank, by_card),
    "cash, then bank": ("cash", by_cash, by_bank),
    "bank, then cash": ("cash", by_bank, by_cash),
    "bank, then another bank": (None, by_bank, by_another_bank),
    "another bank, then bank": (None, by_another_bank, by_bank),
}


@pytest.mark.parametrize(("taken", "first", "second"), PAIRS.values(), ids=PAIRS)
@pytest.mark.parametrize("in_one_file", [True, False])
def test_who_paid_twice_is_told_so_once(request, paper, taken, first, second, in_one_file):
    if taken:
        request.getfixturevalue(taken)

    if in_one_file:
        bring(first(paper), second(paper), on=FIRST_DAY)
    else:
        bring(first(paper), on=FIRST_DAY)
        bring(again(second(paper)), on=SECOND_DAY)

    assert standing_of(paper.person, LATER).months == 3
    assert len(told(TWICE)) == 1
    assert entries(paper, timeline.TAKEN_AGAIN) == 1


def test_the_words_say_that_the_money_is_safe_and_what_becomes_of_it(paper, card):
    bring(by_card(paper), on=FIRST_DAY)
    bring(again(by_bank(paper)), on=SECOND_DAY)

    message = Message.objects.get(event=messages.SECOND_POSTED.code)
    with translation.override("en"):
        facts = messages.SECOND_POSTED.context(message.subject_id)
        assert facts["amount"] == "10 000 RUB"
        assert facts["next"] == "The Treasury has it: it pays the next month."
    assert not Message.objects.filter(key=f"payment-posted:{message.subject_id}").exists()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"ПлательщикСчет": BANK_ACCOUNT}, {}),
        ({}, {"ПлательщикСчет": BANK_ACCOUNT, "Номер": "10"}),
        ({}, {"Плательщик1": "ДРУГИМИ СЛОВАМИ"}),
        ({}, {"НазначениеПлатежа": "еще раз, {purpose}"}),
    ],
    ids=["first in doubt", "second in doubt", "the same order", "the same order in other words"],
)
def test_where_it_may_be_one_payment_nobody_is_told_of_two(paper, first, second):
    second = {key: text.format(purpose=paper.snapshot["purpose"]) for key, text in second.items()}
    bring(by_bank(paper, **first), on=FIRST_DAY)
    bring(again(by_bank(paper, **second)), on=SECOND_DAY)

    assert told(TWICE) == []
    assert entries(paper, timeline.TAKEN_AGAIN) == 0


@pytest.mark.parametrize(
    ("taken", "first", "second"),
    [("card", by_card, by_bank), ("cash", by_bank, by_cash)],
)
def test_when_the_line_that_had_paid_is_withdrawn_the_person_reads_that_it_was_one(
    request, paper, taken, first, second
):
    request.getfixturevalue(taken)
    bring(first(paper), on=FIRST_DAY)
    bring(again(second(paper)), on=SECOND_DAY)

    line = Placement.objects.matched().get(receipt=paper).line
    ledger.hold_as_repeat(line=line, proven=True, reason="показана дважды")

    assert len(told(ONCE)) == 1
    assert entries(paper, timeline.ONE_PAYMENT) == 1


def test_without_the_mark_of_the_second_line_nobody_was_told(paper, card, monkeypatch):
    """The twin."""
    monkeypatch.setattr(
        sys.modules["payments.matching.decide"], "once_more", lambda parts, line, named: parts
    )
    bring(by_card(paper), on=FIRST_DAY)
    bring(again(by_bank(paper)), on=SECOND_DAY)

    assert standing_of(paper.person, LATER).months == 3
    assert told(TWICE) == []


def test_imported_again_it_is_told_no_more(paper, card):
    bring(by_card(paper), on=FIRST_DAY)
    for _time in range(2):
        bring(again(by_bank(paper)), on=SECOND_DAY)

    assert len(told(TWICE)) == 1
