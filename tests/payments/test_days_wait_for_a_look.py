"""A day is complete only when somebody has looked whose its waiting money may be: an evening's
notices that run in between tell nobody that nothing came."""

from datetime import date

import pytest

from payments.facts import standing_of
from payments.models import Account, Notice, Placement
from payments.services.importing import completeness, likely
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.services.notices import telling
from payments.standing import State
from tests.factories import PlacementFactory
from tests.payments.statement_files import ACCOUNT, order, whole

pytestmark = pytest.mark.django_db
POSTED = date(2026, 2, 20)
OVER = date(2026, 2, 22)  # covered through the 14th, and the seven days are over
NAMED_ONLY = {"inn": "", "payer": "КАРИМОВ ТИМУР РУСТАМОВИЧ", "purpose": "НДФЛ патент"}
PAID = date(2026, 2, 13)


@pytest.fixture
def first_month(application, february):
    """Covered through 14 February; statements are known through the day before the line's."""
    february.move_to(f"{OVER} 10:00:00+03:00")
    open_account(number=ACCOUNT, counted_through=date(2026, 1, 20))
    PlacementFactory(application=application)
    import_statement(
        content=whole(first=date(2026, 1, 21), last=date(2026, 2, 19)), name="before.txt"
    )
    return application


def the_line_comes() -> None:
    """It names nobody by a number, and its sum is the month that is looked for."""
    one = order(on=PAID, posted_on=POSTED, **NAMED_ONLY)
    import_statement(content=whole(one, first=POSTED, last=date(2026, 2, 21)), name="line.txt")


@pytest.fixture
def broken_off(monkeypatch):
    """The import dies, or its file has too many such lines, before anybody has looked."""
    monkeypatch.setattr(likely, "weigh_lines_of", lambda statement: None)


def told() -> list[str]:
    telling.tell_of_days_over()
    return list(Notice.objects.values_list("kind", flat=True))


def state_of(application) -> State:
    return standing_of(application.person, OVER).state


def through() -> date:
    return Account.objects.get().complete_through


def test_the_import_itself_looks_before_its_days_are_complete(first_month):
    the_line_comes()

    assert (through(), state_of(first_month)) == (date(2026, 2, 21), State.UNSEEN)
    assert Placement.objects.queued().get().may_be_of == [first_month.pk]
    assert "lapsed" not in told()


def test_while_nobody_has_looked_the_day_is_not_complete_and_nobody_is_told(
    first_month, broken_off
):
    the_line_comes()

    assert (through(), state_of(first_month)) == (date(2026, 2, 19), State.UNSEEN)
    assert "lapsed" not in told()


def test_the_next_minute_looks_and_then_the_day_is_complete(first_month, broken_off):
    the_line_comes()

    assert likely.weigh_waiting() == 1

    assert (through(), state_of(first_month)) == (date(2026, 2, 21), State.UNSEEN)
    assert "lapsed" not in told()


def test_a_fault_in_the_looking_holds_up_no_more_than_its_day(first_month, monkeypatch, caplog):
    weigh = likely.weigh

    def fails_for_one(rows):
        if any(row.amount == 10_000 for row in rows):
            raise ArithmeticError
        weigh(rows)

    monkeypatch.setattr(likely, "weigh", fails_for_one)
    lines = [
        order(on=PAID, posted_on=POSTED, **NAMED_ONLY),
        order(on=PAID, posted_on=POSTED, amount="9000.00", number="2", **NAMED_ONLY),
    ]
    import_statement(content=whole(*lines, first=POSTED), name="two.txt")

    assert through() == date(2026, 2, 19)
    assert Placement.objects.unweighed().get().amount == 10_000
    assert "nobody can look whose" in caplog.text


def test_two_runs_do_not_look_at_the_same_money(first_month, broken_off, monkeypatch):
    the_line_comes()
    monkeypatch.setattr(likely.locks, "take", lambda name: False)

    assert likely.weigh_waiting() == 0


def test_twin_where_days_do_not_wait_the_person_is_told_that_the_term_has_passed(
    first_month, broken_off, monkeypatch
):
    monkeypatch.setattr(completeness, "_before_unweighed", lambda account: date.max)
    the_line_comes()

    assert state_of(first_month) == State.LAPSED
    assert "lapsed" in told()
