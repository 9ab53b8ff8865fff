"""All benchmarks, or those named, each in a process of its own: `python -m bench login`.

Some are asked for in sizes that take hours: `python -m bench --full money simulation`.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ALONE = sorted(file.stem for file in HERE.glob("[a-z]*.py"))
PACKAGES = sorted(file.parent.name for file in HERE.glob("*/__main__.py"))
BIG = {
    "charges": ["--trials", "10000"],
    "money": ["--lines", "1000000"],
    "simulation": ["--people", "100000", "--days", "400"],
}
FULL = "--full"


def main(given: list[str]) -> None:
    for name in [word for word in given if word != FULL] or ALONE + PACKAGES:
        arguments = BIG.get(name, []) if FULL in given else []
        if name in BIG and not arguments:
            print(f"{name}: smaller than its goal asks; `python -m bench {FULL} {name}` takes")
            print(f"    {' '.join(BIG[name])}", flush=True)
        run = f"from {_module(name)} import main; main({arguments!r})"
        subprocess.run([sys.executable, "-c", run], check=True)


def _module(name: str) -> str:
    return f"bench.{name}.__main__" if name in PACKAGES else f"bench.{name}"


if __name__ == "__main__":
    main(sys.argv[1:])
