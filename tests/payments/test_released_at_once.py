"""Held statements and completeness by two at once, each guard beside a race without it."""

from contextlib import nullcontext
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.db.models import QuerySet

from common.errors import Refusal
from payments.models import Account, OpeningCorrection, Placement, Statement
from payments.models.statements import StatementQuerySet
from payments.services.audit import audit
from payments.services.importing import completeness, released
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.services.ledger import opening_corrections
from tests.at_once import at_once, meeting
from tests.factories import (
    ApplicationFactory,
    InnFactory,
    OpeningFactory,
    OpeningMonthsFactory,
    StaffFactory,
)
from tests.payments.statement_files import ACCOUNT, INN, order, whole

pytestmark = pytest.mark.django_db(transaction=True)
ODD = [order(number=str(n), inn="", purpose=f"За товар {n}") for n in range(3)]
FIRST, SECOND = date(2026, 2, 11), date(2026, 2, 12)


def outcome(job):
    def run():
        try:
            return job()
        except (Refusal, DatabaseError) as error:
            return type(error)

    return run


@pytest.fixture
def held(settings):
    settings.ODD_LINES, settings.ODD_SHARE = 3, 0.3
    open_account(number=ACCOUNT, counted_through=date(2026, 2, 10))
    ApplicationFactory(person=InnFactory(value=INN).person)
    import_statement(content=whole(order(), *ODD), name="file.txt")
    return Statement.objects.get()


# --- somebody releases it


def releases(statement):
    actors = StaffFactory(), StaffFactory()
    return [
        outcome(lambda actor=actor: released.release(statement=statement, actor=actor, reason="ok"))
        for actor in actors
    ]


def test_of_two_who_release_it_at_once_one_has(held, monkeypatch):
    jobs = releases(held)
    meeting(monkeypatch, StatementQuerySet, "held", 2)

    assert sorted(map(str, at_once(*jobs))) == sorted(map(str, [None, released.NotHeld]))


def test_twin_where_a_release_does_not_look_again_both_sign_it(held, monkeypatch):
    monkeypatch.setattr(StatementQuerySet, "held", lambda self: self)

    assert at_once(*releases(held)) == [None, None]


# --- it is posted


@pytest.fixture
def ready(held, monkeypatch):
    """Released, and no task has begun yet."""
    monkeypatch.setattr(released, "_hint", lambda: None)
    released.release(statement=held, actor=StaffFactory(), reason="ok")
    return held


def posted_by_two() -> list:
    return at_once(outcome(released.post_released), outcome(released.post_released))


def test_of_two_who_post_it_at_once_one_finds_something_to_do(ready, monkeypatch):
    meeting(monkeypatch, released, "alone_with_imports", 2)

    assert sorted(posted_by_two()) == [0, 1]
    assert Placement.objects.matched().count() == 1
    assert audit().faults == []


def test_twin_where_they_do_not_wait_for_each_other_both_post_it(ready, monkeypatch):
    monkeypatch.setattr(released, "alone_with_imports", lambda numbers: nullcontext())
    meeting(monkeypatch, released, "_find_their_like", 2)

    assert posted_by_two() == [1, 1]


# --- how far statements are complete


def ended(statement):
    def run():
        released.finish(statement)

    return run


@pytest.fixture
def two_days(db):
    open_account(number=ACCOUNT, counted_through=date(2026, 2, 10))
    for day in (FIRST, SECOND):
        import_statement(content=whole(first=day), name=f"{day}.txt")
    Statement.objects.update(finished_at=None)
    Account.objects.update(complete_through=date(2026, 2, 10))
    return list(Statement.objects.order_by("first_day"))


def through() -> date:
    return Account.objects.get(number=ACCOUNT).complete_through


def test_two_files_that_end_at_once_complete_both_days(two_days, monkeypatch):
    meeting(monkeypatch, released, "hold_accounts", 2)

    at_once(*map(ended, two_days))

    assert through() == SECOND


def test_twin_without_the_account_held_neither_sees_the_other_file(two_days, monkeypatch):
    monkeypatch.setattr(released, "hold_accounts", lambda numbers: None)
    meeting(monkeypatch, completeness, "derived", 2)

    at_once(*map(ended, two_days))

    assert through() < SECOND


def test_an_opening_that_moved_under_an_import_stays_where_it_is(two_days):
    """The statement was read with its account before the opening moved."""
    first, _second = Statement.objects.select_related("account").order_by("first_day")
    Account.objects.update(counted_through=date(2026, 2, 9), complete_through=date(2026, 2, 9))

    released.finish(first)

    assert Account.objects.get(number=ACCOUNT).counted_through == date(2026, 2, 9)


# --- months counted at the opening


def corrections() -> list:
    months = OpeningMonthsFactory(opening=OpeningFactory(), months=3, amount=Decimal(30000))
    asked = [
        opening_corrections.ask_correction(
            application=months.application,
            months=count,
            amount=Decimal(10000) * count,
            reason="книга",
            actor=StaffFactory(),
        )
        for count in (4, 5)
    ]
    return [outcome(lambda one=one: _carried_out(one)) for one in asked]


@transaction.atomic
def _carried_out(asked) -> None:
    opening_corrections.carry_out(asked, StaffFactory())


def befores() -> list[int]:
    return sorted(OpeningCorrection.objects.values_list("months_before", flat=True))


def test_of_two_corrections_at_once_the_second_begins_where_the_first_ended():
    jobs = corrections()

    at_once(*jobs)

    assert befores() in ([3, 4], [3, 5])


def test_twin_without_the_application_locked_both_begin_at_the_same_months(monkeypatch):
    jobs = corrections()
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **options: self.all())
    meeting(monkeypatch, opening_corrections, "_refuse_wrong", 2)

    at_once(*jobs)

    assert befores() == [3, 3]
