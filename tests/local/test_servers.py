import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg2
import pytest
import redis

from mmc_portal.local import postgres, servers, valkey
from mmc_portal.local.errors import ServerFailed

USER = """
import sys
from mmc_portal.local import servers
print(servers.database_url(), servers.redis_url(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def var(monkeypatch):
    """A folder of its own outside pytest's, whose rights pytest guards against other users."""
    folder = Path(tempfile.mkdtemp(prefix="mmc-test-"))
    monkeypatch.setenv("VAR_DIR", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    yield folder
    postgres.stop(folder)
    valkey.stop(folder)
    shutil.rmtree(folder)


@pytest.fixture
def start_user(var):
    """Start a process that uses the servers until its standard input is closed."""
    started = []

    def start():
        process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", USER],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=servers.ROOT,
        )  # fmt: skip
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def end(process):
    process.communicate(timeout=30)
    assert process.returncode == 0


def query(var, sql):
    connection = psycopg2.connect(postgres.start(var))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows = cursor.fetchall() if cursor.description else []
    connection.close()
    return rows


def test_servers_that_are_named_are_used_and_nothing_is_started(var, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://u:p@db.example.org/portal")
    monkeypatch.setenv("REDIS_URL", "redis://broker.example.org/3")

    assert servers.database_url() == "postgres://u:p@db.example.org/portal"
    assert servers.redis_url() == "redis://broker.example.org/3"
    assert list(var.iterdir()) == []


def test_two_users_who_start_at_once_share_one_pair_of_servers(var, start_user):
    one, two = start_user(), start_user()

    addresses = one.stdout.readline().split()

    assert two.stdout.readline().split() == addresses
    database, broker = addresses
    psycopg2.connect(database).close()
    with redis.from_url(broker) as client:
        assert client.config_get("maxmemory-policy")["maxmemory-policy"] == "noeviction"
        assert client.config_get("appendfsync")["appendfsync"] == "everysec"


def test_the_servers_stay_for_the_last_user_and_end_with_it(var, start_user):
    one, two = start_user(), start_user()
    one.stdout.readline()
    two.stdout.readline()

    end(one)
    assert postgres.running(var)
    assert valkey.running(var)

    end(two)
    assert not postgres.running(var)
    assert not valkey.running(var)


def test_a_killed_user_leaves_servers_that_the_next_user_takes_along(var, start_user):
    killed = start_user()
    addresses = killed.stdout.readline()
    killed.kill()
    killed.wait()
    assert postgres.running(var)

    following = start_user()
    assert following.stdout.readline() == addresses
    end(following)

    assert not postgres.running(var)
    assert not valkey.running(var)


def test_a_fork_that_ends_does_not_stop_the_servers_of_its_parent(var):
    parent = """
import os, sys
from mmc_portal.local import servers
servers.database_url()
if os.fork() == 0:
    sys.exit()
os.wait()
from mmc_portal.local import postgres
print(postgres.running(servers.var_dir()))
"""
    said = subprocess.run(
        [sys.executable, "-c", parent], check=True, capture_output=True, text=True, cwd=servers.ROOT
    ).stdout

    assert said == "True\n"
    assert not postgres.running(var)


def test_data_outlives_the_servers(var):
    query(var, "CREATE TABLE kept AS SELECT 7 AS number")
    with redis.from_url(valkey.start(var)) as client:
        client.set("kept", "seven")

    servers.stop()
    assert not postgres.running(var)
    assert not valkey.running(var)

    assert query(var, "SELECT number FROM kept") == [(7,)]
    with redis.from_url(valkey.start(var)) as client:
        assert client.get("kept") == b"seven"


def test_a_server_of_some_size_is_wished_for(var, monkeypatch):
    monkeypatch.setenv("POSTGRES_SETTINGS", "work_mem=7MB max_wal_size=3GB")

    assert query(var, "SHOW work_mem") == [("7MB",)]
    assert query(var, "SHOW max_wal_size") == [("3GB",)]


def test_names_in_cyrillic_know_their_case(var):
    assert query(var, "SELECT lower('ЁЛКИНА'), upper('әлиев'), 'Жук' ILIKE 'жУК'") == [
        ("ёлкина", "ӘЛИЕВ", True)
    ]


def test_a_cluster_whose_making_was_cut_off_is_made_anew(var):
    draft = var / "postgres.new"
    draft.mkdir()
    (draft / "PG_VERSION").write_text("18\n")

    assert query(var, "SELECT 1") == [(1,)]


def test_a_number_that_another_program_got_after_a_reboot_is_no_running_server(var):
    postgres.start(var)
    postgres.stop(var)
    (var / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{var}/postgres\n0\n5432\n")
    (var / "valkey").mkdir()
    (var / "valkey" / "pid").write_text(str(os.getpid()))

    assert not postgres.running(var)
    assert not valkey.running(var)
    assert query(var, "SELECT 1") == [(1,)]


def test_a_server_that_was_killed_comes_back_with_its_data(var):
    query(var, "CREATE TABLE kept AS SELECT 7 AS number")
    pid = int((var / "postgres" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    while postgres.running(var):
        time.sleep(0.02)

    assert query(var, "SELECT number FROM kept") == [(7,)]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root closes a folder to the server's user")
def test_a_folder_closed_to_the_server_meanwhile_does_not_keep_it_from_stopping(var):
    assert query(var, "SELECT 1") == [(1,)]
    var.chmod(0o700)

    postgres.stop(var)
    assert not postgres.running(var)

    assert query(var, "SELECT 1") == [(1,)]


def test_a_folder_too_deep_for_a_socket_works_too(var):
    deep = var / ("a folder, deep " * 8).strip()

    try:
        assert query(deep, "SELECT 1") == [(1,)]
    finally:
        postgres.stop(deep)
    assert not postgres._socket_dir(deep / "postgres").exists()


def test_a_link_laid_out_in_the_temporary_folder_is_not_followed(var):
    deep = var / ("a folder, deep " * 8).strip()
    lure = postgres._socket_dir(deep / "postgres")
    lure.symlink_to(var)

    try:
        with pytest.raises(ServerFailed, match="is in the way"):
            postgres.start(deep)
    finally:
        lure.unlink()


def test_a_busy_port_sends_the_broker_to_another_one(var):
    first = valkey.start(var)
    valkey.stop(var)
    port = int(first.rsplit(":", 1)[1].split("/")[0])

    with socket.create_server(("127.0.0.1", port)):
        second = valkey.start(var)

    assert f":{port}/" not in second
    with redis.from_url(second) as client:
        assert client.ping()
