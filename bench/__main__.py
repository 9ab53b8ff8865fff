"""All benchmarks, or those named: `python -m bench login`."""

import sys
from importlib import import_module
from pathlib import Path

found = sorted(file.stem for file in Path(__file__).parent.glob("[a-z]*.py"))
for name in sys.argv[1:] or found:
    import_module(f"bench.{name}").main()
