import fcntl
import os
import socket

import pytest

from mmc_portal.local import __main__, browser, run, servers
from mmc_portal.local.supervisor import Supervisor


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path):
    """A place of its own with two free ports; nothing of the developer's settings."""
    for name in ("HOST", "PORTAL_URL", "SANDBOX_URL", "SANDBOX_HOLD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    for name in ("PORT", "SANDBOX_PORT"):
        with socket.create_server(("127.0.0.1", 0)) as free:
            monkeypatch.setenv(name, str(free.getsockname()[1]))
    monkeypatch.setattr(run, "_run", lambda place: 0)


def refusal(capsys):
    """The one line that a refused start says."""
    assert run.run() == 1
    [line] = capsys.readouterr().out.splitlines()
    return line


@pytest.mark.parametrize("name", ["PORT", "SANDBOX_PORT"])
def test_a_busy_port_gives_one_clear_line(capsys, monkeypatch, name):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        monkeypatch.setenv(name, str(port))

        line = refusal(capsys)

    assert line == f"Port {port} is busy. Choose another: make run {name}={port + 10}"


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1"])
def test_a_port_that_is_none_gives_one_clear_line(capsys, monkeypatch, port):
    monkeypatch.setenv("PORT", port)

    assert refusal(capsys) == f"PORT={port} is not a port: give a number from 1 to 65535."


def test_one_port_for_both_gives_one_clear_line(capsys, monkeypatch):
    monkeypatch.setenv("SANDBOX_PORT", os.environ["PORT"])

    assert refusal(capsys) == "PORT and SANDBOX_PORT are the same: choose two different ports."


def test_a_second_start_in_the_same_folder_gives_one_clear_line(capsys, tmp_path):
    with run.only_one(tmp_path):
        line = refusal(capsys)

    assert line == (
        f"The portal already runs with its data in {tmp_path}: stop it first (make stop)."
    )


def test_the_lock_of_a_dead_run_does_not_stand_in_the_way(tmp_path):
    (tmp_path / "run.lock").write_text("1")

    assert run.run() == 0


def test_reset_is_refused_while_the_portal_runs(capsys, tmp_path):
    (tmp_path / "postgres").mkdir()
    with run.only_one(tmp_path):
        assert __main__.main(["resetdb"]) == 1

    assert "already runs" in capsys.readouterr().out
    assert (tmp_path / "postgres").exists()


def test_reset_forgets_the_data_and_keeps_what_is_not_ours(capsys, monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "postgres").mkdir()
    (tmp_path / "notes.txt").touch()

    assert __main__.main(["resetdb"]) == 0

    assert not (tmp_path / "postgres").exists()
    assert (tmp_path / "notes.txt").exists()


def test_reset_does_not_touch_a_database_of_the_developers_own(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://db.example.org/mmc")
    (tmp_path / "postgres").mkdir()

    assert __main__.main(["resetdb"]) == 1
    assert (tmp_path / "postgres").exists()


def test_the_children_learn_where_their_neighbours_are(monkeypatch, tmp_path):
    monkeypatch.setenv("PORT", "8100")
    monkeypatch.setenv("SANDBOX_PORT", "8101")

    seen = run.Place.from_environment().environment(database="postgres://x/y", redis="redis://z")

    expected = {
        "DJANGO_SETTINGS_MODULE": "mmc_portal.settings.local",
        "DATABASE_URL": "postgres://x/y",
        "REDIS_URL": "redis://z",
        "VAR_DIR": str(tmp_path),
        "STATEMENTS_DIR": f"{tmp_path}/statements/inbox",
        "PORTAL_URL": "http://127.0.0.1:8100",
        "SANDBOX_URL": "http://127.0.0.1:8101",
        "YOOKASSA_URL": "http://127.0.0.1:8101/yookassa/v3",
        "SMS_AERO_URL": "http://127.0.0.1:8101/smsaero/v2",
        "SMS_RU_URL": "http://127.0.0.1:8101/smsru",
        "SANDBOX_HOLD": "1381163",
    }
    assert {name: seen[name] for name in expected} == expected
    assert seen["PATH"] == os.environ["PATH"]


def test_a_step_that_fails_ends_the_start_with_its_last_words(monkeypatch, tmp_path):
    monkeypatch.setattr(run.sys, "executable", "/bin/false")
    (tmp_path / "prepare.log").write_text("the reason\n")

    with pytest.raises(run.CannotRun, match="the reason\n\nStopped: manage.py migrate"):
        run._prepare(Supervisor({}, tmp_path, lambda line: None))


def test_an_unknown_command_says_which_there_are(capsys):
    assert __main__.main(["fly"]) == 2
    assert "run | stop" in capsys.readouterr().out


def test_a_browser_is_one_that_starts(monkeypatch, tmp_path):
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert browser.find() is None

    broken.write_text("#!/bin/sh\nexit 0\n")
    assert browser.find() == str(broken)


def test_the_named_browser_wins(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/bin/true")
    assert browser.find() == "/bin/true"

    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    assert browser.find() is None


def test_a_missing_browser_is_said_loudly_and_ends_nothing(capsys, monkeypatch):
    monkeypatch.setattr(browser, "find", lambda: None)
    monkeypatch.setattr(browser, "install", lambda: False)

    assert __main__.main(["browser"]) == 0
    assert "THE BROWSER TESTS WILL BE SKIPPED" in capsys.readouterr().out


def test_the_commands_leave_the_place_free(tmp_path):
    run.run()

    with (tmp_path / "run.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert servers.var_dir() == tmp_path
