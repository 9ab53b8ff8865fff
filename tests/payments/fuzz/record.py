"""What the last long run of a fuzzer reached, kept with its inputs from run to run."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from mmc_portal.local import servers

ROOT = Path(__file__).resolve().parents[3]
INSTRUMENTED = ("payments/statements", "payments/opening", "tests/payments/fuzz")
RECORD = "record.json"
ALL, ENDED = "all", "the fuzzer ended with"  # as the fuzzers of all formats are asked, and say


@dataclass(frozen=True, slots=True)
class Seen:
    """How many inputs were tried, and how much of the code they reached together."""

    runs: int
    lines: int
    ways: int

    def __str__(self) -> str:
        return f"{self.runs} executions, {self.lines} lines of code, {self.ways} ways through them"


def kept_in(name: str) -> Path:
    return servers.var_dir() / "fuzz" / name


def must_not_lose(folder: Path, seen: Seen) -> None:
    """Ways are counted by how often a line ran, which what was remembered before changes a little:
    only the lines are held against the last run. Other code has other lines."""
    record = folder.parent / f"{folder.name}-{RECORD}"
    last = json.loads(record.read_text()) if record.exists() else {}
    if last.get("code") == code():
        assert seen.lines >= last["lines"], f"{seen.lines} lines reached, {last['lines']} before"
    record.write_text(json.dumps({"code": code(), "lines": seen.lines, "runs": seen.runs}))


def code() -> str:
    digest = hashlib.sha256()
    for path in sorted(path for it in INSTRUMENTED for path in (ROOT / it).glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
