"""Months that were paid before the portal went live count like any other, once, and in time."""

from datetime import date

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError

from payments.facts import known_facts, standing_of
from payments.models import Place, Placement
from payments.pages import payments
from payments.room import months_left
from payments.services.importing.statements import import_statement
from payments.standing import Channel, Money, State
from tests.factories import (
    MONTHLY,
    ApplicationFactory,
    OpeningMonthsFactory,
    PatentFactory,
    statements_through,
)
from tests.payments.statement_files import order, whole

pytestmark = pytest.mark.django_db
ISSUED = date(2026, 1, 15)
OPENED = date(2026, 4, 9)


@pytest.fixture
def opened(application):
    """Issued on 15 January, three months counted: covered through 14 April."""
    OpeningMonthsFactory(application=application)
    return application


def test_they_are_money_paid_and_posted_on_the_day_of_issue(opened):
    [case] = known_facts(opened.person, OPENED).cases

    assert case.money == (Money(MONTHLY * 3, 3, ISSUED, ISSUED, Channel.OPENING),)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 4, 3), State.VALID),
        (date(2026, 4, 14), State.DUE),
        (date(2026, 4, 15), "unseen"),
    ],
)
def test_the_standing_goes_on_from_them(opened, day, state):
    statements_through(OPENED)

    assert standing_of(opened.person, day).state == state


def test_lapsed_is_said_only_when_statements_reach_seven_days_further(opened):
    statements_through(date(2026, 4, 20))
    assert standing_of(opened.person, date(2026, 4, 22)).state == State.UNSEEN

    statements_through(date(2026, 4, 21))
    assert standing_of(opened.person, date(2026, 4, 22)).state == State.LAPSED


def test_how_an_earlier_day_looked_is_not_made_worse_by_a_corrected_day_of_issue(opened):
    """Had the file a slip of the pen, the months still count from the right day of issue."""
    patent = opened.patent
    patent.issued_on = date(2026, 1, 5)
    patent.save()

    standing = standing_of(opened.person, date(2026, 2, 1))

    assert (standing.months, standing.covered_through) == (3, date(2026, 4, 4))


def test_before_issue_they_are_the_first_months_of_the_patent_to_come(worker):
    application = ApplicationFactory(person=worker, accepted_on=date(2026, 4, 1))
    OpeningMonthsFactory(application=application, months=1)
    assert standing_of(worker, date(2026, 4, 10)).months == 1

    PatentFactory(application=application, issued_on=date(2026, 4, 20))

    standing = standing_of(worker, date(2026, 4, 21))
    assert (standing.state, standing.covered_through) == (State.VALID, date(2026, 5, 19))


def test_they_take_their_room(opened):
    assert months_left(opened) == 9


def test_the_next_payment_by_inn_is_the_fourth_month(opened):
    day = date(2026, 4, 13)

    import_statement(content=whole(order(on=day, posted_on=day), first=day), name="day.txt")

    assert Placement.objects.get().place == Place.MATCHED
    assert standing_of(opened.person, date(2026, 4, 20)).covered_through == date(2026, 5, 14)
    call_command("check_ledger")


def test_with_twelve_counted_money_finds_no_month(application):
    OpeningMonthsFactory(application=application, months=12)
    day = date(2026, 4, 13)

    import_statement(content=whole(order(on=day, posted_on=day), first=day), name="day.txt")

    assert Placement.objects.get().queue_reason == "no_room"


def test_the_page_of_payments_says_what_they_are(opened):
    with time_machine.travel("2026-04-12 09:00:00+00:00"):
        [row] = payments(opened.person)["paid"]

    assert (row.first_number, row.last_number, row.is_from_before) == (1, 3, True)


def test_an_application_is_counted_once(opened):
    with pytest.raises(IntegrityError):
        OpeningMonthsFactory(application=opened)
