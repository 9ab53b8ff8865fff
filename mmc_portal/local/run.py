"""`make run`: the whole portal and the world around it on one machine."""

import contextlib
import fcntl
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from mmc_portal.local import servers
from mmc_portal.local.errors import ServerFailed
from mmc_portal.local.supervisor import Supervisor

READY_SECONDS = 90
STOP_SECONDS = 20
CELERY = [sys.executable, "-m", "celery", "-A", "mmc_portal"]

DEMO_LOGINS = """\
  1381161     demo-Parol-1381161      patent valid, everything posted
  1381162     demo-Parol-1381162      temporary password; patent ready, first month to be paid
  1381163     demo-Parol-1381163      paid online 3 days ago, the money is on its way
  1381164     demo-Parol-1381164      lapsed: nothing paid, statements complete
  1381165     demo-Parol-1381165      last covered day 3 days ago, no payment visible yet
  1381166     demo-Parol-1381166      paid at the till today, has money over and a link to pay by
  operator    demo-Parol-operator     staff: enters applications
  accountant  demo-Parol-accountant   staff: statements and money
  reviewer    demo-Parol-reviewer     staff: checks documents
  supervisor  demo-Parol-supervisor   staff: decides what others may not
  auditor     demo-Parol-auditor      staff: reads everything, writes nothing
  hotline     demo-Parol-hotline      staff: answers callers"""


class CannotRun(Exception):
    """The portal cannot start; the text is one line for the person at the terminal."""


@dataclass(frozen=True)
class Place:
    """Where this portal stands: its folder, host and two ports."""

    var: Path
    host: str
    port: int
    sandbox_port: int

    @classmethod
    def from_environment(cls) -> "Place":
        return cls(
            var=servers.var_dir(),
            host=os.environ.get("HOST") or "127.0.0.1",
            port=_port("PORT", 8000),
            sandbox_port=_port("SANDBOX_PORT", 8001),
        )

    @property
    def portal_url(self) -> str:
        return os.environ.get("PORTAL_URL") or f"http://{self._near}:{self.port}"

    @property
    def sandbox_url(self) -> str:
        return os.environ.get("SANDBOX_URL") or f"http://{self._near}:{self.sandbox_port}"

    @property
    def health(self) -> dict[str, str]:
        """Where each server says that it is up, asked from this machine."""
        return {
            "web": f"http://{self._near}:{self.port}/healthz",
            "sandbox": f"http://{self._near}:{self.sandbox_port}/healthz",
        }

    @property
    def _near(self) -> str:
        return "127.0.0.1" if self.host == "0.0.0.0" else self.host

    def environment(self, *, database: str, redis: str) -> dict[str, str]:
        """What the children see: everything we see, and where their neighbours are."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "mmc_portal.settings.local",
            "PYTHONUNBUFFERED": "1",
            "DATABASE_URL": database,
            "REDIS_URL": redis,
            "VAR_DIR": str(self.var),
            "STATEMENTS_DIR": str(self.var / "statements" / "inbox"),
            "PORTAL_URL": self.portal_url,
            "SANDBOX_URL": self.sandbox_url,
            "YOOKASSA_URL": f"{self.sandbox_url}/yookassa/v3",
            "SMS_AERO_URL": f"{self.sandbox_url}/smsaero/v2",
            "MINISTRY_URL": f"{self.sandbox_url}/ministry/v1",
            "SMS_RU_URL": f"{self.sandbox_url}/smsru",
            # Both operators play, so that their shares are seen.
            "SMS_PROVIDERS": os.environ.get("SMS_PROVIDERS") or "smsaero,smsru",
            # The Treasury never posts this demo person's money by itself.
            "SANDBOX_HOLD": os.environ.get("SANDBOX_HOLD") or "1381163",
        }


def run() -> int:
    """Start everything, keep it alive, stop it when asked; the exit code."""
    try:
        place = Place.from_environment()
        with only_one(place.var):
            _refuse_busy_ports(place)
            return _run(place)
    except (CannotRun, ServerFailed) as refusal:
        say(str(refusal).strip())
        return 1


def stop() -> int:
    """Stop the portal that runs in this VAR_DIR, and the embedded servers."""
    pid = _running(servers.var_dir())
    if pid:
        say(f"Stopping the portal (process {pid}).")
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while _running(servers.var_dir()) and time.monotonic() < deadline:
            time.sleep(0.1)
    servers.stop()
    say("The database and the message broker are stopped.")
    return 0


def say(line: str) -> None:
    # A closed terminal must not keep us from stopping what we started.
    with contextlib.suppress(OSError):
        print(line, flush=True)


def _run(place: Place) -> int:
    began = time.monotonic()
    for folder in ("logs", "beat", "media", "statements/inbox"):
        (place.var / folder).mkdir(parents=True, exist_ok=True)
    _put_old_logs_aside(place.var / "logs")
    supervisor = Supervisor({}, place.var / "logs", say)
    supervisor.listen()
    try:
        say("Starting the database and the message broker ...")
        supervisor.environment = place.environment(
            database=servers.database_url(), redis=servers.redis_url()
        )
        _prepare(supervisor)
        _start_all(supervisor, place)
        if not supervisor.stopping:
            _announce(place, time.monotonic() - began)
        supervisor.watch()
    finally:
        say("Stopping ...")
        supervisor.stop()
        servers.leave()
    say("Everything is stopped. The data is kept.")
    return 0


def _prepare(supervisor: Supervisor) -> None:
    steps = [
        ("Preparing the tables ...", ["migrate", "--no-input"]),
        ("Preparing the translations ...", ["catalogues", "--compile"]),
        ("Packing the styles ...", ["collectstatic", "--no-input", "--clear", "-v0"]),
        ("Preparing the demo people ...", ["demo_data"]),
    ]
    for words, arguments in steps:
        if supervisor.stopping:
            return
        say(words)
        done = supervisor.run_once("prepare", [sys.executable, "manage.py", *arguments])
        if not done and not supervisor.stopping:
            raise CannotRun(_failed(f"manage.py {arguments[0]}", supervisor.log("prepare")))


def _start_all(supervisor: Supervisor, place: Place) -> None:
    if supervisor.stopping:
        return
    say("Starting the portal, the worker, the schedule and the sandbox ...")
    for name, command in _commands(place).items():
        supervisor.start(name, command)
    deadline = time.monotonic() + READY_SECONDS
    waiting = place.health

    def all_answer() -> bool:
        for name in [name for name, url in waiting.items() if _healthy(url)]:
            del waiting[name]
        return not waiting or time.monotonic() > deadline

    supervisor.watch(until=all_answer)
    if waiting and not supervisor.stopping:
        name = next(iter(waiting))
        raise CannotRun(_failed(f"{name} does not answer", supervisor.log(name)))


def _commands(place: Place) -> dict[str, list[str]]:
    python = [sys.executable, "-m"]
    gunicorn = [*python, "gunicorn", "--no-control-socket"]  # one in the home would be shared
    beat_state = str(place.var / "beat" / "schedule")
    return {
        "sandbox": [*gunicorn, "--workers=1", "--threads=8", "--graceful-timeout=3",
                    f"--bind={place.host}:{place.sandbox_port}", "sandbox.app:app"],
        "web": [*gunicorn, "--workers=2", "--threads=4", "--graceful-timeout=5",
                f"--bind={place.host}:{place.port}", "mmc_portal.wsgi"],
        # Alone with their queues: an import of an hour, or a thousand reminders, is before nobody.
        "worker": _worker("celery", at_once=2),
        "messenger": _worker("messages", at_once=1),
        "codes": _worker("codes", at_once=2),
        # One imports, one waits for it with days that moved, one does what is left.
        "importer": _worker("imports", at_once=3),
        "beat": [*CELERY, "beat", "--loglevel=INFO", f"--schedule={beat_state}", "--pidfile="],
    }  # fmt: skip


def _worker(queue: str, *, at_once: int) -> list[str]:
    own = [f"--queues={queue}", f"--hostname={queue}@%h", f"--concurrency={at_once}"]
    return [*CELERY, "worker", *own, "--loglevel=INFO", "--without-gossip", "--without-mingle"]


def _announce(place: Place, seconds: float) -> None:
    say(
        f"""
The portal is ready ({seconds:.0f} s).

  Portal      {place.portal_url}/
  Staff       {place.portal_url}/admin/
  Sandbox     {place.sandbox_url}/        (play the bank, the Treasury, the SMS centre)
  Read SMS    {place.sandbox_url}/sms/
  Logs        {place.var / "logs"}/

  Login       Password                Who
{DEMO_LOGINS}

Ctrl-C stops everything; the data is kept."""
    )


def _healthy(url: str) -> bool:
    try:
        # A proxy of the machine must not stand between us and ourselves.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(url, timeout=2) as answer:
            return answer.status == 200
    except (OSError, urllib.error.URLError):
        return False


def _failed(what: str, log: Path) -> str:
    end = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
    return f"{end}\n\nStopped: {what}. The whole log: {log}"


def _put_old_logs_aside(logs: Path) -> None:
    for log in logs.glob("*.log"):
        log.replace(log.with_suffix(".log.1"))


def _port(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotRun(f"{name}={text} is not a port: give a number from 1 to 65535.")
    return int(text)


def _refuse_busy_ports(place: Place) -> None:
    if place.port == place.sandbox_port:
        raise CannotRun("PORT and SANDBOX_PORT are the same: choose two different ports.")
    for name, port in (("PORT", place.port), ("SANDBOX_PORT", place.sandbox_port)):
        reason = _why_not(place.host, port)
        if reason:
            raise CannotRun(f"{reason} Choose another: make run {name}={port + 10}")


def _why_not(host: str, port: int) -> str:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except PermissionError:
            return f"Port {port} is not allowed for this user."
        except OSError:
            return f"Port {port} is busy."
    return ""


@contextlib.contextmanager
def only_one(var: Path):
    """Hold the place: a second `make run` on the same folder is refused."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotRun(
                f"The portal already runs with its data in {var}: stop it first (make stop)."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _running(var: Path) -> int | None:
    """The process that holds the place, if one does."""
    try:
        with (var / "run.lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except BlockingIOError:
        return int((var / "run.lock").read_text())
    return None
