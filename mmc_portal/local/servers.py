"""PostgreSQL and Valkey for this machine: those that are named, else embedded ones.

The embedded servers live as long as somebody uses them. Each process that asked for an address
holds a shared lock, which the kernel gives back however the process ends; the last one to leave
in an orderly way stops the servers. After a SIGKILL they stay until the next user or `make stop`.
"""

import atexit
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mmc_portal.local import postgres, valkey

ROOT = Path(__file__).resolve().parents[2]

_presence: int | None = None  # the descriptor that says: this process uses the servers


def var_dir() -> Path:
    """The folder of everything that the commands keep: $VAR_DIR, else `var` beside manage.py."""
    return Path(os.environ.get("VAR_DIR") or ROOT / "var").expanduser().resolve()


def database_url() -> str:
    """$DATABASE_URL, else the address of the embedded PostgreSQL, which is running from now on."""
    return os.environ.get("DATABASE_URL") or _embedded(postgres)


def redis_url() -> str:
    """$REDIS_URL, else the address of the embedded Valkey, which is running from now on."""
    return os.environ.get("REDIS_URL") or _embedded(valkey)


def stop() -> None:
    """Stop both embedded servers, whoever uses them."""
    with _turn():
        _stop_both()


def leave() -> None:
    """This process needs the servers no more; the last one out stops them."""
    global _presence
    if _presence is None:
        return
    with _turn():
        os.close(_presence)
        _presence = None
        if _nobody_left():
            _stop_both()


def _embedded(server) -> str:
    with _turn():
        url = server.start(var_dir())
        _count_in()
    return url


def _stop_both() -> None:
    valkey.stop(var_dir())
    postgres.stop(var_dir())


@contextmanager
def _turn() -> Iterator[None]:
    """One process at a time starts or stops servers."""
    lock = _open("servers.lock")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _count_in() -> None:
    global _presence
    if _presence is None:
        _presence = _open("servers.users")
        fcntl.flock(_presence, fcntl.LOCK_SH)
        atexit.register(_leave_at_exit, os.getpid())


def _leave_at_exit(owner: int) -> None:
    if os.getpid() == owner:  # a fork runs our exit handlers too, and leaves for nobody
        leave()


def _nobody_left() -> bool:
    users = _open("servers.users")
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        return True
    finally:
        os.close(users)


def _open(name: str) -> int:
    var_dir().mkdir(parents=True, exist_ok=True)
    return os.open(var_dir() / name, os.O_RDWR | os.O_CREAT, 0o644)
