"""`make run` itself: the real portal, worker, schedule and sandbox in a place of their own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from mmc_portal.local import postgres, servers, valkey

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def place():
    """The environment of a fresh folder with two free ports."""
    var = tempfile.mkdtemp(prefix="mmc-run-")
    foreign = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "STATEMENTS_DIR")
    inherited = {name: text for name, text in os.environ.items() if name not in foreign}
    ports = {"PORT": str(free_port()), "SANDBOX_PORT": str(free_port())}
    yield {**inherited, **ports, "VAR_DIR": var}
    postgres.stop(Path(var))
    valkey.stop(Path(var))
    shutil.rmtree(var)


@pytest.fixture
def portal(place):
    """`make run` that has announced itself, and the lines it said."""
    process = start(place)
    killer = threading.Timer(120, process.kill)
    killer.start()
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("Ctrl-C stops"):
            break
    killer.cancel()
    assert lines[-1:] == ["Ctrl-C stops everything; the data is kept.\n"], "".join(lines)
    process.lines = lines
    yield process
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)


def start(place):
    return subprocess.Popen(
        [sys.executable, "-m", "mmc_portal.local", "run"],
        cwd=servers.ROOT, env=place, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def health(place, name):
    with urllib.request.urlopen(f"http://127.0.0.1:{place[name]}/healthz", timeout=5) as answer:
        return answer.status


def child(portal, words):
    """The leader of the child whose command line has these words."""
    for process in psutil.Process(portal.pid).children():
        if words in " ".join(process.cmdline()):
            return process
    return None


def test_it_answers_and_says_where_and_who(portal, place):
    said = "".join(portal.lines)

    assert health(place, "PORT") == 200
    assert health(place, "SANDBOX_PORT") == 200
    assert f"http://127.0.0.1:{place['PORT']}/\n" in said
    assert f"http://127.0.0.1:{place['SANDBOX_PORT']}/sms/" in said
    assert "demo-Parol-1381161" in said


def test_a_second_one_in_the_same_folder_says_one_line(portal, place):
    second = start(place)
    said, _ = second.communicate(timeout=30)

    assert second.returncode == 1
    assert said == (
        f"The portal already runs with its data in {place['VAR_DIR']}: stop it first (make stop).\n"
    )


@pytest.mark.fault
def test_a_killed_web_server_is_back_in_a_moment(portal, place):
    killed = child(portal, "mmc_portal.wsgi")
    killed.kill()

    assert "web ended (signal 9)" in portal.stdout.readline()
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        new = child(portal, "mmc_portal.wsgi")
        if new and new.pid != killed.pid and _answers(place):
            break
        time.sleep(0.1)
    assert health(place, "PORT") == 200


def _answers(place):
    try:
        return health(place, "PORT") == 200
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_leaves_nothing_running(portal, place, number):
    family = psutil.Process(portal.pid).children(recursive=True)
    assert len(family) >= 4

    portal.send_signal(number)
    said, _ = portal.communicate(timeout=20)

    assert portal.returncode == 0
    assert said.endswith("Everything is stopped. The data is kept.\n")
    assert [p for p in family if p.is_running() and p.status() != psutil.STATUS_ZOMBIE] == []
    assert not postgres.running(Path(place["VAR_DIR"]))
    assert not valkey.running(Path(place["VAR_DIR"]))
    with socket.create_server(("127.0.0.1", int(place["PORT"]))):
        pass  # the port is free again


@pytest.mark.fault
def test_killed_itself_it_takes_its_children_along(portal, place):
    family = psutil.Process(portal.pid).children(recursive=True)

    portal.kill()
    portal.wait()

    deadline = time.monotonic() + 20
    while any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in family):
        assert time.monotonic() < deadline
        time.sleep(0.1)
