"""What this process would render: kept pieces of pages of another release are not its own."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

RENDERS = {".py", ".html", ".mo"}
NOT_SHIPPED = {"tests", "var", "bench", "sandbox"}


@cache
def fingerprint() -> str:
    """The same in every process of a release; another one after a deployment."""
    found = sha256()
    for path in sorted(_files()):
        found.update(path.read_bytes())
    return found.hexdigest()


def _files() -> Iterator[Path]:
    for folder in settings.BASE_DIR.iterdir():
        if folder.is_dir() and folder.name not in NOT_SHIPPED and not folder.name.startswith("."):
            yield from (path for path in folder.rglob("*") if path.suffix in RENDERS)
