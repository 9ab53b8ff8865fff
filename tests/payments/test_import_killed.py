"""SIGKILL at any moment: the file comes again, and every table holds what it would have held."""

import random
import shutil
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from stdnum.ru import inn as stdnum_inn

from payments.services.importing.completeness import open_account
from tests import emptying
from tests.factories import (
    ApplicationFactory,
    ChargeFactory,
    InnFactory,
    PatentFactory,
    ReceiptFactory,
)
from tests.payments import killed_imports
from tests.payments.killed_imports import (
    LONGEST_WAIT,
    Killer,
    ask,
    copy,
    drop,
    keep,
    put_back,
    rows,
)
from tests.payments.statement_files import ACCOUNT, BANK_ACCOUNT, WORDING, order, piece, whole

# One worker makes the world of these once.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("killed")]
PEOPLE = 45
STAGES = [
    ("payments.services.importing.staging", "_stage"),
    ("payments.services.importing.statements", "_begin"),
    ("payments.services.importing.oddness", "is_believed"),
    ("payments.services.importing.slices", "share_out"),
    ("payments.services.importing.slices", "keep"),
    ("payments.services.ledger.ledger", "place"),
    ("payments.services.importing.posting", "post"),
    ("payments.services.importing.released", "finish"),
]
# Which file keeps a line and how often a place was decided; not what stands in the end.
OF_TWO_FILES = {"statements", "sightings"}
NOT_FINISHED = "SELECT count(*) FROM payments_statement WHERE finished_at IS NULL"


@dataclass(frozen=True)
class World:
    """People whose money comes in `path`; `undisturbed` are the rows after a quiet import of it,
    which took so many `seconds`."""

    killer: Killer
    path: Path
    overlapping: Path
    undisturbed: dict
    seconds: float


@pytest.fixture(scope="module")
def whole_world(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("killed")
    with django_db_blocker.unblock(), killed_imports.forking() as process:
        orders = _people_with_their_orders()
        here = connection.settings_dict["NAME"]
        connection.close()
        name = copy(here, f"{here}_killed")
        emptying.put_back(connection)
        keep(name)
        path, overlapping = folder / "day.txt", folder / "piece.txt"
        path.write_bytes(whole(*orders))
        overlapping.write_bytes(piece(*orders[::3], number="3"))
        yield _watched(Killer(process, name), path, overlapping)
        drop(name)


def _watched(killer: Killer, path: Path, overlapping: Path) -> World:
    """The first import of a process also reads what is read once: the second one is timed."""
    for _time in range(2):
        put_back(killer.database)
        begun = time.monotonic()
        assert killer.run(path) == 0
        seconds = time.monotonic() - begun
    return World(killer, path, overlapping, rows(killer.database), seconds)


@pytest.fixture
def world(whole_world):
    """As nothing had come yet."""
    whole_world.killer.odd_lines = 100
    put_back(whole_world.killer.database)
    return whole_world


def _people_with_their_orders() -> list[dict]:
    open_account(number=ACCOUNT, counted_through=date(2026, 2, 10))
    return [one for number in range(PEOPLE) for one in _orders_of(number)]


def _orders_of(number: int) -> list[dict]:
    """Each sixth person pays in the same way."""
    inn, own, on = _inn(number), f"{number:06d}", {"on": date(2026, 1, 12)}
    patent = PatentFactory(application__person=InnFactory(value=inn).person)
    receipt = ReceiptFactory(application=patent.application)
    named = f"{WORDING}, квитанция MMC-{receipt.reference}"
    kind = number % 6
    if kind == 0:
        return [order(**on, number=own, inn="", purpose=named)]
    if kind == 1:
        ApplicationFactory(person=patent.application.person)
        return [order(**on, number=own, inn=inn)] * 2
    if kind == 2:
        ChargeFactory(receipt=receipt)
        return [order(**on, number=own, inn="", purpose=named)]
    if kind == 3:
        return [order(**on, number=f"{own}{part}", inn=inn, amount="5000.00") for part in range(2)]
    if kind == 4:
        return [order(number="777", inn="", purpose=f"{WORDING} ИНН {inn}")]
    gone = {"ПлательщикСчет": ACCOUNT, "ПолучательСчет": BANK_ACCOUNT, "ДатаСписано": "11.02.2026"}
    return [order(number=own, inn="", purpose=own), order(number=own, purpose="Возврат") | gone]


def _inn(number: int) -> str:
    body = f"77{number:08d}"
    return body + stdnum_inn.calc_personal_check_digits(body)


def differing(killer: Killer, undisturbed: dict, *but: str) -> set[str]:
    """Kinds of rows; the ledger is proved on the way."""
    assert killer.run("", "proof") == 0
    found = rows(killer.database)
    return {name for name in found if found[name] != undisturbed[name]} - {*but}


def killed_at_random(world: World, at: random.Random, path, job="command") -> int:
    """Its exit code: it may have ended before."""
    pid = world.killer.start(path, job)
    time.sleep(at.uniform(0, world.seconds))
    world.killer.kill(pid)
    return world.killer.ended(pid)


def test_the_world_has_all_kinds_of_rows(world):
    """Equal rows of nothing would prove nothing."""
    assert {name for name, found in world.undisturbed.items() if not found} == set()


def test_killed_after_each_stage_in_turn_the_file_ends_as_if_nothing_had_been(world):
    killer = world.killer
    for module, name in STAGES:
        assert killer.run(world.path, dies_after=(module, name, 1)) < 0
        if name not in ("_stage", "finish"):
            assert ask(killer.database, NOT_FINISHED) == 1

    assert killer.run(world.path) == 0
    assert differing(killer, world.undisturbed) == set()


def killed_often(world, seed: int, times: int = 5) -> None:
    killer, at = world.killer, random.Random(seed)
    for _kill in range(times):
        killed_at_random(world, at, world.path)

    assert killer.run(world.path) == 0
    assert differing(killer, world.undisturbed) == set()


def two_killed(world, seed: int) -> None:
    """Both take the same file; each is killed at its own moment."""
    killer, at = world.killer, random.Random(seed)
    both = [killer.start(world.path) for _one in range(2)]
    for pid in both:
        time.sleep(at.uniform(0, world.seconds))
        killer.kill(pid)
    assert {killer.ended(pid) for pid in both} <= {0, -9}

    both = [killer.start(world.path) for _one in range(2)]
    assert [killer.ended(pid) for pid in both] == [0, 0]
    assert differing(killer, world.undisturbed) == set()


def two_files_killed(world, seed: int) -> None:
    """A statement of the day and a piece of it: which line came with which file is open, where the
    money is is not."""
    killer, at = world.killer, random.Random(seed)
    paths = [world.path, world.overlapping]
    both = [killer.start(path) for path in paths]
    for pid in at.sample(both, 2):
        time.sleep(at.uniform(0, world.seconds))
        killer.kill(pid)
    assert {killer.ended(pid) for pid in both} <= {0, -9}

    both = [killer.start(path) for path in paths]
    assert [killer.ended(pid) for pid in both] == [0, 0]
    assert differing(killer, world.undisturbed) <= OF_TWO_FILES


def folder_killed(world, seed: int) -> None:
    """The worker dies with the file in its hands; the next ones find it in the folder."""
    killer, at, inbox = world.killer, random.Random(seed), world.path.parent / str(seed) / "inbox"
    inbox.mkdir(parents=True)
    shutil.copy(world.path, inbox)
    for _kill in range(3):
        killed_at_random(world, at, inbox, "folder")

    until = time.monotonic() + LONGEST_WAIT
    while any(inbox.iterdir()) and time.monotonic() < until:
        assert killer.run(inbox, "folder") == 0
    assert [path.read_bytes() for path in (inbox.parent / "done").iterdir()] == [
        world.path.read_bytes()
    ]
    assert differing(killer, world.undisturbed) == set()


def held_and_killed(world, seed: int) -> None:
    """A file that nobody believes is kept and tells nobody anything, however often it is killed."""
    killer, at = world.killer, random.Random(seed)
    killer.odd_lines = 1
    assert killer.run(world.path) == 0
    undisturbed = rows(killer.database)
    put_back(killer.database)
    for _kill in range(3):
        killed_at_random(world, at, world.path)

    assert killer.run(world.path) == 0
    assert undisturbed["places"]
    assert not undisturbed["all messages"]
    assert differing(killer, undisturbed, "statements") == set()


def test_killed_at_random_moments_the_file_ends_as_if_nothing_had_been(world):
    for seed in range(2):
        put_back(world.killer.database)
        killed_often(world, seed, times=3)


def test_two_imports_at_once_that_are_killed_end_as_one(world):
    two_killed(world, 1)
    put_back(world.killer.database)
    two_files_killed(world, 1)


def test_a_worker_that_dies_with_a_file_of_the_folder_loses_and_doubles_nothing(world):
    folder_killed(world, 1)


def test_a_held_file_that_is_killed_is_held_as_if_nothing_had_been(world):
    held_and_killed(world, 1)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 130))
def test_many_more_kills(world, seed):
    for trial in (killed_often, two_killed, two_files_killed, folder_killed, held_and_killed):
        put_back(world.killer.database)
        trial(world, seed)
