"""Keeps processes alive until somebody asks to stop, and leaves none of them behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

STOP_SECONDS = 8  # a polite stop; a worker that is deep in a task is killed, and tasks bear it
STEADY_SECONDS = 60  # who lived that long starts again at once
LONGEST_PAUSE = 30
TICK = 0.1

_PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    name: str
    command: Sequence[str]
    process: subprocess.Popen | None = None
    started: float = 0.0
    pause: float = 0.0
    start_again_at: float | None = None


@dataclass
class Supervisor:
    """Starts children in order, restarts the fallen, stops all.

    Each child leads a process group of its own, so that Ctrl-C reaches it through us, in order,
    and what it forked goes with it. When we are killed the kernel asks it to end (Linux).
    """

    environment: Mapping[str, str]
    logs: Path
    say: Callable[[str], None]
    first_pause: float = 1.0
    children: list[Child] = field(default_factory=list)
    stopping: bool = False

    def listen(self) -> None:
        """From now on Ctrl-C, SIGTERM and a closed terminal mean: stop everything."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)

    def start(self, name: str, command: Sequence[str]) -> None:
        child = Child(name, command)
        self.children.append(child)
        self._start(child)

    def run_once(self, name: str, command: Sequence[str]) -> bool:
        """Run a command to its end, or until somebody asks to stop; True when it succeeded."""
        child = Child(name, command)
        self._start(child)
        while child.process.poll() is None:
            if self.stopping:
                self._end([child])
                return False
            time.sleep(TICK / 2)
        return child.process.returncode == 0

    def watch(self, until: Callable[[], bool] = lambda: False) -> None:
        """Restart who falls, until `until()` is true or somebody asks to stop."""
        while not self.stopping and not until():
            for child in self.children:
                self._look_after(child)
            time.sleep(TICK)

    def stop(self) -> None:
        """End all children, politely first, the last started first."""
        self._end(list(reversed(self.children)))

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def _asked_to_stop(self, number: int, _frame: object) -> None:
        self.stopping = True

    def _start(self, child: Child) -> None:
        with self.log(child.name).open("ab") as log:
            child.process = subprocess.Popen(
                child.command,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with(os.getpid()),
            )
        child.started, child.start_again_at = time.monotonic(), None

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.start_again_at is not None:
            if now >= child.start_again_at:
                self._start(child)
        elif child.process.poll() is not None:
            _signal_group(child, signal.SIGKILL)  # what it forked must not live beside the new one
            child.pause = self._next_pause(child, lived=now - child.started)
            child.start_again_at = now + child.pause
            self.say(
                f"{child.name} ended ({_how(child.process.returncode)}), "
                f"starts again in {child.pause:g} s. See {self.log(child.name)}"
            )

    def _next_pause(self, child: Child, *, lived: float) -> float:
        if lived >= STEADY_SECONDS or not child.pause:
            return self.first_pause
        return min(child.pause * 2, LONGEST_PAUSE)

    def _end(self, children: list[Child]) -> None:
        for child in children:
            # The leader only: it ends its own workers in its own order.
            if child.process and child.process.poll() is None:
                child.process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        while any(c.process and c.process.poll() is None for c in children):
            if time.monotonic() > deadline:
                break
            time.sleep(TICK / 2)
        for child in children:
            _signal_group(child, signal.SIGKILL)
            if child.process:
                child.process.wait()


def _signal_group(child: Child, number: int) -> None:
    if child.process:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.process.pid, number)


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"code {code}"


def _end_with(parent: int) -> Callable[[], None] | None:
    """What a child does before it becomes its program: ask the kernel to end it with `parent`."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)

    def ask() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before we could ask
            os.kill(os.getpid(), signal.SIGTERM)

    return ask
