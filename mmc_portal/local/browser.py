"""Chromium for the browser tests: found on the machine, else installed from its packages."""

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = """\
*******************************************************************************
  No Chromium on this machine: THE BROWSER TESTS WILL BE SKIPPED.
  (In CI a missing browser fails them.)
  Install Chromium or Chrome, or name it: CHROMIUM=/path/to/chromium make test
*******************************************************************************"""


def find() -> str | None:
    """The path of a browser that starts: $CHROMIUM, else a usual name on PATH."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else [shutil.which(name) for name in NAMES]
    return next((path for path in candidates if path and _starts(path)), None)


def install() -> bool:
    """Install Chromium from the system's packages where we may; True when one is there now."""
    before = _administrator()
    if before is None or not shutil.which("apt-get"):
        return False
    print("Installing Chromium from the system's packages (a minute or two) ...", flush=True)
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    for arguments in (["update", "-q"], ["install", "-qy", "--no-install-recommends", "chromium"]):
        command = [*before, *environment, "apt-get", *arguments]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            print(f"apt-get {arguments[0]} failed: {done.stderr.strip()[-500:]}", flush=True)
    return find() is not None


def ensure() -> int:
    """Find or install a browser and say what came of it; never fails: the tests decide."""
    if find() or install():
        print(f"Browser tests use {find()}", flush=True)
    else:
        print(MISSING, flush=True)
    return 0


def _starts(path: str) -> bool:
    # Ubuntu's chromium-browser may be an empty shell that only asks for a snap.
    try:
        done = subprocess.run(
            [path, "--version"], check=False, capture_output=True, timeout=30
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _administrator() -> list[str] | None:
    """What to write before a command that needs root; None when we may not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        quiet = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True)
        if quiet.returncode == 0:
            return ["sudo", "-n"]
    return None
