"""The oracle of the simulation: it judges by the days of payment, and leans on nothing of ours."""

import ast
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.simulation import oracle
from bench.simulation.oracle import Paid, Said, Truth, is_called_valid, is_told_the_opposite
from payments import coverage

ISSUED = date(2026, 1, 15)  # the first month covers through 14 February


def feb(day: int) -> date:
    return date(2026, 2, day)


def paid(on: date, **more) -> Truth:
    return Truth(ISSUED, [Paid(date(2026, 1, 10), seen_on=ISSUED), Paid(on, **more)])


def test_the_oracle_imports_nothing_but_the_standard_library():
    tree = ast.parse(Path(oracle.__file__).read_text())
    named = [one.module for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)]
    plain = [it.name for one in ast.walk(tree) if isinstance(one, ast.Import) for it in one.names]

    assert {name.split(".")[0] for name in named + plain} <= sys.stdlib_module_names


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(0, 12))
def test_the_oracle_and_the_portal_count_months_alike_each_in_its_own_way(issued_on, months):
    assert oracle.last_day(issued_on, months) == coverage.covered_through(issued_on, months)


def test_whoever_paid_on_the_last_day_is_in_time_and_a_day_later_is_not():
    assert paid(feb(14)).is_in_time(feb(20))
    assert not paid(feb(15)).is_in_time(feb(20))


LAPSED, UNSEEN = Said("lapsed", "ended"), Said("unseen", "being-checked")


def test_nobody_in_time_may_read_that_their_patent_ended():
    assert is_told_the_opposite(paid(feb(14)), feb(20), LAPSED)
    assert not is_told_the_opposite(paid(feb(14)), feb(20), UNSEEN)
    assert not is_told_the_opposite(paid(feb(15)), feb(20), LAPSED)


@pytest.mark.parametrize(
    "said", [Said("valid", "valid"), Said("due", "valid"), Said("tracing", "valid-in-transit")]
)
def test_nobody_late_may_read_that_their_patent_lives_nor_may_others(said):
    assert is_called_valid(paid(feb(15)), feb(20), said)
    assert not is_called_valid(paid(feb(14)), feb(20), said)


def test_to_look_for_one_sum_says_nothing_of_today():
    assert not is_called_valid(paid(feb(15)), feb(20), Said("tracing", "being-checked"))


def test_money_is_hidden_only_where_the_seven_days_could_not_show_it():
    late, soon = date(2026, 3, 1), feb(21)

    assert paid(feb(14), posted_on=late, seen_on=late).is_hidden(feb(28))
    assert not paid(feb(14), posted_on=late, seen_on=late).is_hidden(late)
    assert not paid(feb(14), posted_on=soon, seen_on=late).is_hidden(feb(28))


def test_a_line_that_a_whole_statement_left_out_is_hidden_for_a_reason_of_its_own():
    left_out = {"posted_on": feb(15), "seen_on": date(2026, 3, 1), "left_out": True}

    assert paid(feb(14), **left_out).is_hidden(feb(28))
    assert paid(feb(14), **left_out).is_left_out(feb(28))
    assert not paid(feb(14), **left_out).is_hidden(date(2026, 3, 1))
    slow = left_out | {"posted_on": date(2026, 3, 1)}
    assert not paid(feb(14), **slow).is_left_out(feb(28))


def test_a_month_in_parts_is_seen_when_the_last_part_is():
    whole = Paid(feb(14), missing=2)
    whole.comes(feb(15))
    whole.comes(feb(15) + timedelta(days=3))

    assert whole.seen_on == feb(18)
