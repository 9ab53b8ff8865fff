"""A year of many people: `python -m bench.simulation --people 100000 --days 400 --seed 1`.

In a database of its own, made anew each time.
"""

import argparse
import os
import sys
from time import process_time

PEOPLE, DAYS = 500, 400
EMPTY = "bench_simulation"


def main(arguments: list[str] | None = None) -> None:
    given = _given(arguments or [])
    os.environ["DATABASE_URL"] = _database(given.seed)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mmc_portal.settings.test")
    import django

    django.setup()
    _run(given)


def _given(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every-day", action="store_true", help="ask everybody on each day")
    return parser.parse_args(arguments)


def _database(seed: int) -> str:
    """A copy of an empty one, which is kept: to migrate costs half a minute."""
    from bench.stage import worlds

    if worlds.exists(EMPTY):
        worlds.migrated(EMPTY)
    else:
        worlds.empty(EMPTY)
    worlds.copied(EMPTY, f"{EMPTY}_{seed}")
    return worlds.address(f"{EMPTY}_{seed}")


def _run(given: argparse.Namespace) -> None:
    import logging

    from bench.simulation.run import Simulation

    logging.disable(logging.CRITICAL)
    simulation = Simulation(given.people, given.days, given.seed, every_day=given.every_day)
    figures = simulation.run(lambda day: _tell(day) if day.day == 1 else None)
    for line in figures.lines_to_print():
        print(line)
    print(f"simulation_cpu: {process_time():.0f} s of this process, the database apart")


def _tell(day) -> None:
    print(f"… {day}: {process_time():.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
