"""Celery workers and a broker of a trial's own, to be killed."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import redis

from mmc_portal.local import valkey

ROOT = Path(__file__).resolve().parents[2]


class Broker:
    def __init__(self, folder: Path):
        self._folder = folder
        self.url = valkey.start(folder)

    def restart(self) -> None:
        """Killed without a word, started again with what it had written down."""
        home = self._folder / "valkey"
        valkey._process(home).kill()
        while valkey.running(self._folder):
            time.sleep(0.01)
        # Not `valkey.start`: that takes a new password, and the workers have the former one.
        subprocess.run([valkey._binary(), str(home / "valkey.conf")], cwd=home, check=True)
        valkey._wait_for_answer(home, self.url)

    def flush(self) -> None:
        with redis.from_url(self.url) as client:
            client.flushall()

    def stop(self) -> None:
        valkey.stop(self._folder)


class Workers:
    """One celery with two processes and its schedule; killed as a whole or one process of it."""

    def __init__(self, folder: Path, *, database: str, broker: str, operator: str, of: str):
        self._log = folder / "worker.log"
        self._schedule = folder / "schedule"
        self._environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "DATABASE_URL": database,
            "REDIS_URL": broker,
            "SMS_AERO_URL": operator,
            "SMS_RU_URL": f"{operator}/ru",
            "TRIAL_OF": of,
        }
        self.start()

    def start(self) -> None:
        command = [
            *(sys.executable, "-m", "celery", "-A", "mmc_portal", "worker", "--beat"),
            *("--concurrency=2", "--queues=celery,messages,codes", f"--schedule={self._schedule}"),
            *("--without-gossip", "--without-mingle", "--loglevel=WARNING"),
        ]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill_one(self, chance: random.Random) -> None:
        """A process in the midst of its work; the main one forks another."""
        with suppress(psutil.NoSuchProcess):
            children = psutil.Process(self._process.pid).children()
            if children:
                chance.choice(children).kill()

    def kill_all(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def look_after(self) -> None:
        """As whoever supervises them does: what fell is started again."""
        if self._process.poll() is not None:
            self.kill_all()
            self.start()
