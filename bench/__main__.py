"""All benchmarks, or those named, each in a process of its own: `python -m bench login`."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ALONE = sorted(file.stem for file in HERE.glob("[a-z]*.py"))
PACKAGES = sorted(file.parent.name for file in HERE.glob("*/__main__.py"))
for name in sys.argv[1:] or ALONE + PACKAGES:
    module = f"bench.{name}.__main__" if name in PACKAGES else f"bench.{name}"
    subprocess.run([sys.executable, "-c", f"from {module} import main; main()"], check=True)
