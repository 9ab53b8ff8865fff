"""Messages out: one worker process against an operator that answers in 50 ms, with real payments
told to real people and every write: `python -m bench messages`."""

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

PEOPLE, BURST, CODES = 4_000, 2_000, 10
GOAL_RATE, GOAL_BURST_SECONDS, ANSWER_MS = 250, 10, 50
OURS = "from bench.messages import stand; stand()"


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    given = parser.parse_args(arguments or [])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mmc_portal.settings.local")
    world = _told(given.people)
    for name, measured in (("rate", _rate), ("burst", _burst), ("code", _code)):
        _measured(name, measured, world)
    _as_it_runs(world)


def _measured(name: str, measure, world: str) -> None:
    from bench.stage import operator, worlds

    copy = f"{world}_{name}"
    worlds.copied(world, copy)
    with operator.answering(ANSWER_MS) as stub:
        quick, slow = stub.latency()
        print(f"messages_{name}_stub: {quick:.0f} ms in the middle, {slow:.0f} ms of the slowest")
        with _Worker(worlds.address(copy), stub.url) as worker:
            measure(worker, stub)


def _told(people: int) -> str:
    """A database where each of so many people has a posted payment, and a message that waits."""
    from bench.stage import money_world, worlds

    world = money_world.made(people)
    told = f"{world}_told"
    worlds.copied(world, told)
    with _Worker(worlds.address(told), "http://127.0.0.1:9") as worker:
        worker("import", people=people)
    return told


def _environment(database: str, operator: str, **more: str) -> dict[str, str]:
    given = {
        "DATABASE_URL": database,
        "SMS_AERO_URL": operator,
        "SMS_PROVIDERS": "smsaero",
        "SMS_QUIET": "",
        "SMS_LIMIT_HOUR": "codes=9999999,notices=9999999,reminders=9999999",
    }
    return os.environ | given | more


class _Worker:
    """The worker's process: it does one thing after another, as it is told."""

    def __init__(self, database: str, operator: str, **more: str):
        self.database, self.operator = database, operator
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        command = [sys.executable, "-c", OURS]
        given = _environment(database, operator, **more)
        self.child = subprocess.Popen(command, env=given, **pipes)

    def __enter__(self) -> "_Worker":
        return self

    def __exit__(self, *_failure) -> None:
        self.child.stdin.close()
        self.child.wait(600)

    def tell(self, order: str, **given) -> None:
        print(json.dumps({"order": order, **given}), file=self.child.stdin, flush=True)

    def hear(self) -> dict:
        return json.loads(self.child.stdout.readline())

    def __call__(self, order: str, **given) -> dict:
        self.tell(order, **given)
        return self.hear()


def _rate(worker: _Worker, stub) -> None:
    done = worker("drain")
    rate, processors = done["sent"] / done["seconds"], done["client"] + done["database"]
    print(f"messages_rate: {rate:.0f} messages/s of {done['sent']} (goal {GOAL_RATE})")
    print(
        f"messages_processors: {1000 * done['client'] / done['sent']:.2f} ms of the worker and"
        f" {1000 * done['database'] / done['sent']:.2f} ms of the database a message"
    )
    print(
        f"messages_rate_by_processor: {done['sent'] / processors:.0f} messages a second of one"
        " processor, the worker and the database together (clocks of a busy machine lie)"
    )
    print(f"messages_sent_twice: {_twice(stub)} of {done['sent']}")


def _burst(worker: _Worker, stub) -> None:
    """A transaction promises them all, and commits."""
    promised = worker("burst", size=BURST)
    worker("drain")
    most = stub.instants()[int(BURST * 0.95) - 1]
    print(
        f"messages_burst: {most - promised['at']:.1f} s until 95 % of {BURST} are handed over"
        f" (goal {GOAL_BURST_SECONDS})"
    )


def _code(worker: _Worker, stub) -> None:
    """Codes asked for while the same worker sends thousands of news."""
    worker.tell("drain")
    with _Worker(worker.database, worker.operator) as other:
        asked = [_ask(other, number) for number in range(CODES)]
    worker.hear()
    taken = stub.by_reference()
    waited = sorted(taken[one["reference"]] - one["at"] for one in asked)
    behind = max(stub.between(one["at"], taken[one["reference"]]) for one in asked)
    print(f"messages_code_waited: {waited[-1]:.2f} s at most of {CODES}, among {BURST}+ news")
    print(f"messages_code_behind: {behind} news at most went in between (a batch is under way)")


def _as_it_runs(world: str) -> None:
    """As `make run` has it: hints through the broker, one process for news, two for codes."""
    from bench.stage import operator, worlds
    from bench.stage.celeries import working
    from mmc_portal.local import valkey

    copy = f"{world}_run"
    worlds.copied(world, copy)
    with TemporaryDirectory() as place, operator.answering(ANSWER_MS) as stub:
        folder, database = Path(place), worlds.address(copy)
        broker = {"REDIS_URL": valkey.start(folder)}
        given = _environment(database, stub.url, **broker)
        try:
            with working("messages", 1, given, folder), working("codes", 2, given, folder):
                _told_by_celery(_Worker(database, stub.url, **broker), stub)
        finally:
            valkey.stop(folder)


def _told_by_celery(worker: _Worker, stub) -> None:
    """A burst is promised by one process, codes are asked for while it goes out."""
    with worker:
        promised = worker("burst", size=BURST)
        asked = [_ask(worker, number) for number in range(CODES)]
        deadline = time.monotonic() + 20 * GOAL_BURST_SECONDS
        while len(stub.by_reference()) < BURST + CODES and time.monotonic() < deadline:
            time.sleep(0.2)
    taken = stub.by_reference()
    codes = {one["reference"]: one["at"] for one in asked}
    news = sorted(at for reference, at in taken.items() if reference not in codes)
    waited = max(taken[reference] - at for reference, at in codes.items())
    print(f"messages_celery_rate: {_pace(news):.0f} messages/s of {len(news)} (goal {GOAL_RATE})")
    print(
        f"messages_celery_burst: {news[int(BURST * 0.95) - 1] - promised['at']:.1f} s until 95 % of"
        f" {BURST} are handed over (goal {GOAL_BURST_SECONDS})"
    )
    print(f"messages_celery_code_waited: {waited:.2f} s at most of {CODES}, beside {BURST} news")


def _pace(instants: list[float]) -> float:
    """A second, from the first to the last."""
    return len(instants) / (instants[-1] - instants[0])


def _ask(other: _Worker, number: int) -> dict:
    time.sleep(0.4)
    return other("code", number=number)


def _twice(stub) -> int:
    return sum(1 for count in Counter(stub.references()).values() if count > 1)


# --- in the worker's process


def stand() -> None:
    import django

    django.setup()
    for line in sys.stdin:
        given = json.loads(line)
        print(json.dumps(ORDERS[given.pop("order")](**given)), flush=True)


def _import(people: int) -> dict:
    import tempfile

    from bench.stage import money_world
    from payments.services.importing.statements import import_statement

    folder = Path(tempfile.mkdtemp(prefix="bench-messages"))
    [path] = money_world.files(folder, people, people)
    with path.open("rb") as file:
        import_statement(content=file, name=path.name)
    _reach_everybody()
    return {}


def _reach_everybody() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_phone (person_id, kind, number, valid_from, bound_at)"
            " SELECT id, 'own', '+7916' || lpad(id::text, 7, '0'), now(), now()"
            " FROM accounts_person"
        )
        cursor.execute("ANALYZE")
    connection.close()


def _drain() -> dict:
    from notifications.models import Message
    from notifications.services import drain

    waiting = Message.objects.filter(status="queued").count()
    begun, client = time.perf_counter(), time.process_time()
    database = _database_ran()
    while drain():
        pass
    done = {
        "seconds": time.perf_counter() - begun,
        "client": time.process_time() - client,
        "database": _database_ran() - database,
    }
    sent = waiting - Message.objects.filter(status="queued").count()
    return done | {"sent": sent}


def _server() -> int:
    """The process whose children the backends are."""
    from django.db import connection

    from bench.stage.server import parent

    connection.ensure_connection()
    return parent(connection.connection.get_backend_pid())


def _database_ran() -> float:
    """Seconds of processors that backends took which are over: a drain has one for each batch."""
    from django.db import connection

    from bench.stage.server import children_ran

    server = _server()
    connection.close()
    time.sleep(0.2)  # it counts them when it has seen them go
    return children_ran(server)


def _again(size: int) -> dict:
    """All that waited is settled; so many are promised anew, in one transaction."""
    from django.db import transaction

    from notifications.models import Message
    from notifications.services import queue_many
    from payments.messages import PAYMENT_POSTED

    rows = list(Message.objects.values_list("subject_id", "person_id")[:size])
    Message.objects.all()._raw_delete("default")
    with transaction.atomic():
        queue_many(PAYMENT_POSTED, [(*row, f"burst:{row[0]}") for row in rows])
    return {"at": time.time()}


def _asked_code(number: int) -> dict:
    from accounts.messages import NUMBER_ASKED
    from accounts.models import TimelineEntry
    from notifications.services import queue
    from notifications.services.sending import _reference

    entry = TimelineEntry.objects.order_by("pk")[number]
    message = queue(NUMBER_ASKED, entry.pk, key=f"code:{number}")
    return {"at": time.time(), "reference": _reference(message)}


ORDERS = {"import": _import, "drain": _drain, "burst": _again, "code": _asked_code}

if __name__ == "__main__":
    main(sys.argv[1:])
