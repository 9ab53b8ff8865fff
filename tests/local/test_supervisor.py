"""The supervisor with small children of the tests' own, in a process that can be killed."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from mmc_portal.local import servers

SUPERVISE = """
import os, sys
from pathlib import Path
from mmc_portal.local import supervisor
supervisor.STOP_SECONDS = 0.5
say = lambda line: print(line, flush=True)
boss = supervisor.Supervisor(dict(os.environ), Path.cwd(), say, first_pause=0.2)
boss.listen()
for number, program in enumerate(sys.argv[1:]):
    boss.start(f"child{number}", [sys.executable, "-c", program])
print("started", flush=True)
boss.watch()
boss.stop()
"""
SLEEPS = "import os, time; print(os.getpid(), flush=True); time.sleep(100)"
FALLS = "import os; print(os.getpid(), flush=True); raise SystemExit(3)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPS}"
FORKS = f"import os; os.fork(); {SLEEPS}"
RUN_ONCE = """
import os, sys
from pathlib import Path
from mmc_portal.local.supervisor import Supervisor
boss = Supervisor(dict(os.environ), Path.cwd(), print)
boss.listen()
print(boss.run_once("step", [sys.executable, "-c", sys.argv[1]]), flush=True)
"""


@pytest.fixture
def supervise(tmp_path):
    """Start a supervisor over children given as small programs."""
    started = []

    def start(*children, program=SUPERVISE):
        boss = subprocess.Popen(
            [sys.executable, "-c", program, *children],
            cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(servers.ROOT)},
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(boss)
        return boss

    yield start
    for boss in started:
        boss.kill()
        boss.communicate()


def pids(tmp_path, name, count):
    """The process numbers that a child has written, waited for until there are so many."""
    return [int(line) for line in eventually(lambda: lines(tmp_path / f"{name}.log"), count)]


def lines(log):
    return log.read_text().split() if log.exists() else []


def eventually(ask, count):
    deadline = time.monotonic() + 20
    while len(ask()) < count and time.monotonic() < deadline:
        time.sleep(0.02)
    found = ask()
    assert len(found) >= count
    return found


def alive(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def assert_gone(*numbers):
    deadline = time.monotonic() + 10
    while any(alive(pid) for pid in numbers) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert [pid for pid in numbers if alive(pid)] == []


def test_a_child_that_ends_is_started_again_after_a_pause_and_a_line(supervise, tmp_path):
    boss = supervise(FALLS)

    first, second = pids(tmp_path, "child0", 2)[:2]

    assert first != second
    assert boss.stdout.readline() == "started\n"
    said = boss.stdout.readline()
    assert said.startswith("child0 ended (code 3), starts again in 0.2 s.")
    assert str(tmp_path / "child0.log") in said
    assert "starts again in 0.4 s" in boss.stdout.readline()


def test_the_fall_of_one_leaves_the_others_alone(supervise, tmp_path):
    supervise(SLEEPS, FALLS)

    pids(tmp_path, "child1", 2)

    [steady] = pids(tmp_path, "child0", 1)
    assert alive(steady)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_way_of_asking_stops_all_children(supervise, tmp_path, number):
    boss = supervise(SLEEPS, SLEEPS)
    children = [*pids(tmp_path, "child0", 1), *pids(tmp_path, "child1", 1)]

    boss.send_signal(number)

    assert boss.wait(10) == 0
    assert_gone(*children)


def test_a_child_that_does_not_listen_is_killed(supervise, tmp_path):
    boss = supervise(STUBBORN)
    children = pids(tmp_path, "child0", 1)

    boss.terminate()

    assert boss.wait(10) == 0
    assert_gone(*children)


def test_what_a_child_has_forked_goes_with_it(supervise, tmp_path):
    boss = supervise(FORKS)
    family = pids(tmp_path, "child0", 2)

    boss.terminate()
    boss.wait(10)

    assert_gone(*family)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="prctl is Linux's")
def test_children_end_when_the_supervisor_is_killed(supervise, tmp_path):
    boss = supervise(SLEEPS, SLEEPS)
    children = [*pids(tmp_path, "child0", 1), *pids(tmp_path, "child1", 1)]

    boss.kill()

    assert_gone(*children)


@pytest.mark.parametrize(("program", "success"), [("pass", "True\n"), ("exit(1)", "False\n")])
def test_a_step_says_whether_it_succeeded(supervise, program, success):
    assert supervise(program, program=RUN_ONCE).stdout.read() == success


def test_a_step_can_be_broken_off(supervise, tmp_path):
    boss = supervise(SLEEPS, program=RUN_ONCE)
    [step] = pids(tmp_path, "step", 1)

    boss.send_signal(signal.SIGINT)

    assert boss.stdout.read() == "False\n"
    assert_gone(step)
