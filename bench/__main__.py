"""All benchmarks, or those named, each in a process of its own: `python -m bench login`."""

import subprocess
import sys
from pathlib import Path

found = sorted(file.stem for file in Path(__file__).parent.glob("[a-z]*.py"))
for name in sys.argv[1:] or found:
    subprocess.run([sys.executable, "-c", f"from bench.{name} import main; main()"], check=True)
