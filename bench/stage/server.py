"""A gunicorn with production's settings, and the processor time it and its database take."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
NAME = "bench"  # what the backends of this server call themselves
ALONE = "options=-c%20max_parallel_workers_per_gather%3D0"  # helpers of a backend leave no count
WORKERS = 2
HTTPS = {"X-Forwarded-Proto": "https", "Accept-Language": "ru"}


class Browser:
    """Asks a server of this machine."""

    def __init__(self, port: int):
        self.port = port

    def get(self, path: str, cookies: str = "") -> http.client.HTTPResponse:
        return self._ask("GET", path, None, {"Cookie": cookies})

    def post(self, path: str, fields: dict, cookies: str) -> http.client.HTTPResponse:
        """As a form does: with the token of its page."""
        token = "a" * 32
        own = {
            "Cookie": f"{cookies}; csrftoken={token}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"https://127.0.0.1:{self.port}/",
        }
        body = urlencode({**fields, "csrfmiddlewaretoken": token}, doseq=True)
        return self._ask("POST", path, body, own)

    def _ask(self, method: str, path: str, body, headers: dict) -> http.client.HTTPResponse:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        line.request(method, path, body, {**HTTPS, **headers})
        answer = line.getresponse()
        answer.body = answer.read()
        line.close()
        return answer


class Server(Browser):
    """Use as a context; `get` asks, `cpu` is the time taken since the start in seconds."""

    def __init__(self, database: str, redis: str):
        self._static = TemporaryDirectory()
        self.database = f"{database}&application_name={NAME}&{ALONE}"
        self.environment = {**os.environ, **_complete(), **self._own(redis)}
        super().__init__(_free_port())

    def _own(self, redis: str) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": "bench.stage.settings",
            "DATABASE_URL": self.database,
            "REDIS_URL": redis,
            "STATIC_ROOT": self._static.name,
            "ALLOWED_HOSTS": "127.0.0.1",
            "PYTHONPATH": str(ROOT),
        }

    def __enter__(self) -> "Server":
        self._manage("collectstatic", "--no-input", "--verbosity=0")
        command = [
            *(sys.executable, "-m", "gunicorn", "--no-control-socket", f"--workers={WORKERS}"),
            *(
                f"--bind=127.0.0.1:{self.port}",
                "--log-level=error",
                "bench.stage.served:application",
            ),
        ]
        self._process = subprocess.Popen(command, cwd=ROOT, env=self.environment)
        self._wait()
        return self

    def __exit__(self, *raised) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(20)
        self._static.cleanup()

    def cpu(self) -> tuple[float, float]:
        """Seconds of processor time: of the workers, and of their backends in the database."""
        from django.db import connection

        return taken_by(self.pid, connection)

    @property
    def pid(self) -> int:
        return self._process.pid

    def _manage(self, *arguments: str) -> None:
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True)

    def _wait(self) -> None:
        for _try in range(300):
            try:
                if self.get("/bare/").status == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server does not answer")


def taken_by(process: int, database) -> tuple[float, float]:
    """Seconds of the workers of this process, and of their backends in this database."""
    workers = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return sum(map(ran, workers)), sum(map(ran, _backends(database)))


def _backends(database) -> list[str]:
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE application_name = %s AND datname = current_database()",
            [NAME],
        )
        return [str(pid) for (pid,) in cursor.fetchall()]


def ran(pid: str) -> float:
    """A process of one thread: the scheduler counts its nanoseconds."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def parent(pid: int) -> int:
    return int(_stat(pid)[1])


def children_ran(pid: int) -> float:
    """Seconds of all children that are over, to a hundredth."""
    return sum(map(int, _stat(pid)[13:15])) / os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    """From the state on: the name before it may have spaces."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _complete() -> dict[str, str]:
    lines = (ROOT / "mmc_portal" / "local" / "complete.env").read_text().splitlines()
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return {name: value.strip('"') for name, value in pairs}
