"""One seeded trial: a dozen and a half of things happen in an order that only chance knows."""

from collections.abc import Callable
from random import Random

import time_machine

from accounts.models import User
from bench.trials.elsewhere import Elsewhere
from bench.trials.verdict import Verdict, judge, settle
from bench.trials.world import WAYS, World

START = "2026-02-10 09:00:00+00:00"
ACTS = 20
WEIGHTS = {
    "click": 6,
    "pay": 4,
    "leave": 1,
    "come back": 2,
    "bring": 4,
    "work": 3,
    "sweep": 2,
    "refund": 1,
    "wait": 2,
    "make a link": 2,
    "pay by a link": 3,
    "withdraw a link": 1,
    "at a bank": 1,
    "at the till": 2,
    "a sum that fits nothing": 1,
    "count credit": 2,
    "post": 4,
}


def run(seed: int, staff: tuple[User, User], faulty: float = 0.35) -> Verdict:
    chance = Random(seed)
    with time_machine.travel(START, tick=False) as traveller:
        world = World(chance, faulty, staff)
        with world.plugged():
            for _act in range(ACTS):
                _do(world, chance, traveller)
            settle(world, traveller)
        return judge(world)


def _do(world: World, chance: Random, traveller) -> None:
    act = chance.choices(list(WEIGHTS), WEIGHTS.values())[0]
    acts = {
        "click": lambda: world.click(chance.choice([1, 1, 1, 2, 3]), chance.choice(WAYS)),
        "pay": lambda: world.pay(chance.randrange(9)),
        "leave": lambda: world.leave(chance.randrange(9)),
        "come back": world.come_back,
        "bring": lambda: world.bring(
            chance.randrange(9), twice=chance.random() < 0.3, lost=chance.random() < 0.2
        ),
        "work": world.work,
        "sweep": world.sweep,
        "refund": world.refund,
        "wait": lambda: _wait(world, traveller, chance.choice([2, 20, 70])),
        **_elsewhere(world.elsewhere, chance),
    }
    acts[act]()


def _elsewhere(there: Elsewhere, chance: Random) -> dict[str, Callable]:
    return {
        "make a link": lambda: there.make_link(chance.choice([1, 1, 2])),
        "pay by a link": lambda: there.pay_by_link(chance.randrange(9)),
        "withdraw a link": lambda: there.withdraw(chance.randrange(9)),
        "at a bank": lambda: there.at_a_bank(chance.choice([1, 1, 2])),
        "at the till": lambda: there.at_the_till(
            chance.choice([1, 1, 2]), page_left=chance.random() < 0.5
        ),
        "a sum that fits nothing": there.a_sum_that_fits_nothing,
        "count credit": there.count_credit,
        "post": lambda: there.post(
            chance.randrange(9), times=chance.choice([1, 1, 2]), notified=chance.random() < 0.4
        ),
    }


def _wait(world: World, traveller, minutes: int) -> None:
    traveller.shift(minutes * 60)
    world.acquirer.pass_time()


def staff() -> tuple[User, User]:
    pair = [User.objects.get_or_create(username=f"trials-{n}")[0] for n in (1, 2)]
    return pair[0], pair[1]
