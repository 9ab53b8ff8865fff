"""A file completes only days that are over, whatever its sender's clock says."""

from datetime import UTC, date, datetime

import pytest

from payments.facts import standing_of
from payments.models import Account
from payments.services.importing import completeness
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.standing import State
from tests.payments.statement_files import ACCOUNT, order, piece, whole

pytestmark = pytest.mark.django_db
TODAY, LAST_COVERED = date(2026, 2, 10), date(2026, 2, 14)
FIRST_MONTH = order(number="1", on=date(2026, 1, 14), posted_on=date(2026, 1, 14))
# "formed" on 22 February
AHEAD = whole(FIRST_MONTH, first=date(2026, 1, 1), last=date(2026, 2, 21))


@pytest.fixture
def covered(february, application):
    """On 10 February; with the first month covered through the 14th."""
    open_account(number=ACCOUNT, counted_through=date(2025, 12, 31))
    return application


def complete() -> date:
    return Account.objects.get().complete_through


def on_the_first_uncovered_day(february, application) -> State:
    february.move_to(datetime(2026, 2, 15, 9, tzinfo=UTC))
    return standing_of(application.person).state


def test_a_clock_that_is_ahead_makes_nobody_lapse_on_the_first_uncovered_day(covered, february):
    import_statement(content=AHEAD, name="ahead.txt")

    assert complete() == date(2026, 2, 9)
    assert on_the_first_uncovered_day(february, covered) == State.UNSEEN


def test_twin_without_our_own_clock_they_lapse_on_that_day(covered, february, monkeypatch):
    monkeypatch.setattr(completeness, "over_by", lambda came_at: date.max)
    import_statement(content=AHEAD, name="ahead.txt")

    assert complete() == date(2026, 2, 21)
    assert on_the_first_uncovered_day(february, covered) == State.LAPSED


def test_a_file_about_today_completes_nothing_and_its_money_counts_once(covered):
    """Its sender calls the day whole: a piece of the same day must not add to it."""
    line = order(posted_on=TODAY, on=date(2026, 1, 14))
    import_statement(content=piece(line, first=TODAY), name="noon.txt")
    import_statement(content=whole(line, first=TODAY), name="today.txt")

    assert complete() == date(2025, 12, 31)
    assert covered.placements.matched().count() == 1


def test_what_was_not_over_is_completed_by_a_file_of_the_next_day(covered, february):
    import_statement(content=AHEAD, name="ahead.txt")
    february.move_to(datetime(2026, 2, 16, 9, tzinfo=UTC))

    import_statement(content=whole(first=TODAY, last=date(2026, 2, 15)), name="next.txt")

    assert complete() == date(2026, 2, 15)
