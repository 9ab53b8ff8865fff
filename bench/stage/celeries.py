"""Celery workers as `make run` starts them, one for a queue."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

READY, START_SECONDS = " ready.", 120
COMMAND = [sys.executable, "-m", "celery", "-A", "mmc_portal", "worker", "--loglevel=INFO"]
QUIET = ["--without-gossip", "--without-mingle"]


@contextmanager
def working(queue: str, at_once: int, environment: Mapping[str, str], folder: Path) -> Iterator:
    """A worker of this queue that takes tasks already; it is ended after the block."""
    log = folder / f"{queue}.log"
    named = [f"--queues={queue}", f"--concurrency={at_once}", f"--hostname={queue}@bench"]
    with log.open("wb") as file:
        child = subprocess.Popen(
            [*COMMAND, *QUIET, *named], env=environment, stdout=file, stderr=file
        )
    try:
        _wait(log, child)
        yield
    finally:
        child.terminate()
        child.wait(60)


def _wait(log: Path, child: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while READY not in log.read_text():
        if child.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the worker does not start: {log.read_text()[-500:]}")
        time.sleep(0.1)
