"""Names and wrong numbers of the simulation: such that a portal could tell whose they may be."""

from collections import Counter
from datetime import date

from bench.simulation import paper
from bench.simulation.names import name_of
from bench.simulation.people import INN, Payment
from bench.stage.money_world import inn_of
from common import identifiers
from payments.matching.near import near_inns
from payments.services.importing.namesakes import FEW


def test_some_have_namesakes_and_nobody_so_many_that_a_name_leads_nowhere():
    alike = Counter((one.last, one.first) for one in map(name_of, range(1, 5001)))

    assert 10 <= max(alike.values()) <= FEW
    assert sum(alike.values()) == 5000
    assert name_of(77) == name_of(77) != name_of(78)


def wrong(order: int) -> str:
    one = Payment(order, 7, date(2026, 1, 1), 10000, INN, 1, None, None, order, wrong_inn=True)
    return paper.inn(one)


def test_half_of_the_wrong_inns_are_wrong_by_one_digit_and_lead_to_their_owner():
    for order in range(1, 24, 2):
        assert sum(a != b for a, b in zip(wrong(order), inn_of(7), strict=True)) == 1
        assert inn_of(7) in near_inns(wrong(order))


def test_the_others_are_a_stranger_s():
    assert identifiers.is_inn_of_a_person(wrong(2))
    assert inn_of(7) not in near_inns(wrong(2))
