"""One seeded trial: a dozen and a half of things happen in an order that only chance knows."""

from random import Random

import time_machine

from accounts.models import User
from bench.trials.verdict import Verdict, judge, settle
from bench.trials.world import WAYS, World

START = "2026-02-10 09:00:00+00:00"
ACTS = 14
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
    }
    acts[act]()


def _wait(world: World, traveller, minutes: int) -> None:
    traveller.shift(minutes * 60)
    world.acquirer.pass_time()


def staff() -> tuple[User, User]:
    pair = [User.objects.get_or_create(username=f"trials-{n}")[0] for n in (1, 2)]
    return pair[0], pair[1]
