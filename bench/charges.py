"""Money taken online, tried: `python -m bench.charges --trials 10000 --seed 1`.

In a database of its own. Each trial is one person, an acquirer that fails in every known way, and
clicks, payments, notifications, sweeps, refunds and kills in an order drawn from its seed; among
them links for relatives, money at banks and at the till, credit, and the Treasury's statements.
"""

import argparse
import os
import sys
from time import perf_counter

TRIALS, PEOPLE = 200, "trials"
UNITS = {"posted": "lines", "astray": "roubles"}


def main(arguments: list[str] | None = None) -> None:
    given = _given(arguments or [])
    os.environ["DATABASE_URL"] = _database(given.seed)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mmc_portal.settings.test")
    import django

    django.setup()
    print_verdict(given.trials, given.seed)


def _given(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=TRIALS)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(arguments)


def _database(seed: int) -> str:
    from bench.stage import worlds

    return worlds.empty(f"bench_{PEOPLE}_{seed}")


def print_verdict(trials: int, seed: int) -> None:
    import logging

    from bench.trials import trial
    from bench.trials.verdict import Verdict

    logging.disable(logging.CRITICAL)
    total, start, pair, done = Verdict(), perf_counter(), trial.staff(), 0
    try:
        for done in range(1, trials + 1):
            found = trial.run(seed * 1_000_000 + done, pair)
            if not found.is_clean:
                print(f"trial_{seed * 1_000_000 + done}: {found}", flush=True)
            total += found
    except KeyboardInterrupt:  # what was tried so far is told
        done -= 1
    print(f"charges_trials: {done} trials")
    for name, value in vars(total).items():
        print(f"charges_{name}: {value} {UNITS.get(name, 'payments')}")
    print(f"charges_seconds: {perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
