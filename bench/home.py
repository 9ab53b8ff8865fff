"""What a visit of the home page costs: processor time of web process and database, as a multiple
of a bare view of Django on the same server in the same run."""

from statistics import median

ROUNDS, REQUESTS = 9, 60
GOALS = {"cached": 12, "cold": 20}


def main() -> None:
    from bench.stage import worlds

    with worlds.served(200) as (server, world):
        cookie = world.signed_in(world.somebody().user)
        visits = {
            "bare": lambda: server.get("/bare/"),
            "cached": lambda: server.get("/cabinet/", cookie),
            "cold": lambda: (world.forget_kept(), server.get("/cabinet/", cookie))[1],
        }
        for visit in visits.values():
            _warm(visit)
        costs = {name: [] for name in visits}
        for _round in range(ROUNDS):
            for name, visit in visits.items():
                costs[name].append(_cost(server, visit))
    _print(costs)


def _warm(visit) -> None:
    for _request in range(30):
        answer = visit()
        if answer.status != 200:
            raise RuntimeError(f"no page: {answer.status}")


def _cost(server, visit) -> tuple[float, float]:
    """Milliseconds of a request: web, database."""
    before = server.cpu()
    for _request in range(REQUESTS):
        visit()
    return tuple((b - a) / REQUESTS * 1000 for a, b in zip(before, server.cpu(), strict=True))


def _print(costs: dict) -> None:
    bare = [sum(one) for one in costs["bare"]]
    for name, measured in costs.items():
        web = median(web for web, _database in measured)
        database = median(database for _web, database in measured)
        print(f"home_{name}_web: {web:.3f} ms")
        print(f"home_{name}_database: {database:.3f} ms")
        if name in GOALS:
            # Round by round: the machine's own speed drifts under the work of others.
            ratio = median(sum(one) / plain for one, plain in zip(measured, bare, strict=True))
            print(f"home_{name}_ratio: {ratio:.1f} × a bare view (goal {GOALS[name]})")
