"""Every page of a cabinet and every page of the staff, with few people and with many.

Both worlds are served at once and asked in turns, so that whatever else the machine does falls on
both. What decides is processor time, of the web processes and of the database together: on a busy
machine the clock tells more about the others. The figure is the least of some: noise only adds.
"""

from statistics import median

from bench.stage import visits
from bench.stage.worlds import opened

FEW, MANY = 200, 200_000
TRIES = 3
SLOWER, SPARE = 1.5, 10  # times and milliseconds: together as fast


def main() -> None:
    times = {}
    with opened(FEW) as few, opened(MANY) as many:
        for name, pair in visits.timed(few, many, TRIES):
            times[name] = pair
            few_ms, many_ms = pair
            print(f"{name}: {few_ms:.1f} ms with {FEW}, {many_ms:.1f} with {MANY}", flush=True)
    _sum_up(times)


def _sum_up(times: dict[str, tuple[float, float]]) -> None:
    slow = {name: pair for name, pair in times.items() if not as_fast(*pair)}
    for name, (quick, long) in sorted(slow.items(), key=lambda one: -one[1][1]):
        print(f"slower_{name}: {long / quick:.1f} × ({quick:.1f} and {long:.1f} ms)")
    print(f"pages_measured: {len(times)} pages")
    print(f"pages_ratio_median: {median(long / quick for quick, long in times.values()):.2f} ×")
    print(f"pages_slower_than_{SLOWER}_times_and_{SPARE}_ms: {len(slow)} pages")


def as_fast(quick: float, long: float) -> bool:
    return long <= SLOWER * quick + SPARE
