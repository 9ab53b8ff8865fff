"""A winter of some hundred people, as `python -m bench.simulation` acts it, and what it proves.

The whole year of many: `python -m bench.simulation --people 100000 --days 400 --seed 1`.
"""

from datetime import date
from unittest import mock

import pytest
from django.db import transaction

from bench.simulation import people
from bench.simulation.run import Simulation
from payments.services.ledger import books
from payments.services.notices import telling
from tests.payments.without_rules import (
    without_complete_statements,
    without_living_money,
    without_money_that_may_be_theirs,
    without_the_seven_days,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.timeout(900),  # a busy machine takes its time
    pytest.mark.xdist_group("winter"),  # one worker lives through it once
]
NOVEMBER = date(2025, 11, 10)  # whoever is issued a patent then pays before, in and after January
LATE_NOVEMBER = date(2025, 11, 24)  # from a December on some rules had nothing to show
STATES = {"valid", "unseen", "lapsed", "in-transit", "tracing"}
RULES = {
    "the seven days": without_the_seven_days,
    "complete statements": without_complete_statements,
    "living money": without_living_money,
    "money that may be theirs": without_money_that_may_be_theirs,
}
MORE_WRONG_INNS = {"wrong inn": 60}  # of a thousand payments: a winter of few people has some


def lived(number: int, days: int, seed: int) -> Simulation:
    with mock.patch.dict(people.MISHAPS, MORE_WRONG_INNS):
        simulation = Simulation(number, days, seed, start=LATE_NOVEMBER, without=RULES)
    with transaction.atomic():
        simulation.run()
        transaction.set_rollback(True)
    return simulation


@pytest.fixture(scope="module")
def winter(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield lived(90, days=52, seed=9)


def test_nobody_who_paid_in_time_is_told_the_opposite_and_nobody_late_is_called_valid(winter):
    figures = winter.figures

    assert figures.is_clean, "\n".join(figures.lines_to_print())
    assert figures.unknown >= 0.6
    assert figures.notices > 10
    assert figures.words["payments.reminder"] > 0
    assert {said.state for said in figures.states} >= STATES


def test_whoever_could_not_be_known_of_is_told_when_the_line_comes(winter):
    figures = winter.figures

    assert figures.withdrawn > 0
    by_people = figures.by_hand + figures.by_cheque
    assert figures.others == figures.withdrawn + by_people + figures.overtaken
    assert figures.by_the_hour == 0
    assert 0 < figures.told_lapsed == figures.told_taken_back


@pytest.mark.parametrize("rule", RULES)
def test_without_this_rule_people_in_time_would_be_told_the_opposite(winter, rule):
    assert winter.judges[rule].told_the_opposite


@pytest.mark.parametrize("rule", RULES)
def test_without_this_rule_messages_would_tell_them_so(winter, rule):
    assert winter.told[rule].late["payments.lapsed"]


@pytest.mark.long
def test_where_the_apology_is_missing_somebody_stays_untold(monkeypatch):
    """The twin: the figures that count those who never hear that their term has not passed."""
    monkeypatch.setattr(books, "lapsed_among", lambda moves: set())
    monkeypatch.setattr(telling, "take_lapses_back", lambda: 0)
    figures = Simulation(people=140, days=66, seed=9, start=NOVEMBER).run()

    assert figures.untold > 0
    assert figures.told_left > 0


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_year_of_many_is_as_clean():
    simulation = Simulation(people=1500, days=400, seed=2)

    assert simulation.run().is_clean, "\n".join(simulation.figures.lines_to_print())
