"""The folder into which the Treasury's files are dropped."""

import logging
import os
import time
from pathlib import Path

from django.conf import settings
from django.utils import translation

from payments.services import locks
from payments.services.statements import import_statement
from payments.statements.errors import NotAStatement
from payments.statements.formats import content_hash, knows_its_end, must_not_be_too_big
from payments.statements.protocol import HEAD_BYTES

logger = logging.getLogger(__name__)

LOCK = "statements-folder"
HALF_WRITTEN = (".part", ".tmp", ".temp", ".filepart", ".crdownload", ".partial", ".swp", "~")
LONGEST_NAME = 200  # bytes; the mark and `.txt` still fit into what disks allow
# A bad file younger than this may be one that is still being written, and so may a register.
QUIET_SECONDS = 10


def import_folder() -> int:
    """Import what lies in the folder; returns how many files were taken in.

    Taken files move to `done` beside it, refused ones to `refused` with the reason. A file that
    fails otherwise stays for the next time and does not stop the others.
    """
    if not locks.take(LOCK):
        return 0
    try:
        return sum(_import_one(path) for path in _waiting(Path(settings.STATEMENTS_DIR)))
    finally:
        locks.give_back(LOCK)


def read_statement_file(path: Path) -> bytes:
    """The content; NotAStatement for what is too big, without reading it."""
    must_not_be_too_big(path.stat().st_size, settings.MAX_STATEMENT_BYTES)
    return path.read_bytes()


def _waiting(folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    return sorted(path for path in folder.iterdir() if _is_ready(path))


def _is_ready(path: Path) -> bool:
    named_ready = not path.name.startswith(".") and not path.name.endswith(HALF_WRITTEN)
    return named_ready and path.is_file() and not path.is_symlink()


def _import_one(path: Path) -> bool:
    content = b""
    try:
        content = read_statement_file(path)
        if _is_fresh(path) and not knows_its_end(content[:HEAD_BYTES]):
            return False
        import_statement(content=content, name=path.name)
        _put_away(path, "done", content)
    except FileNotFoundError:
        return False  # somebody took it away again
    except NotAStatement as refusal:
        return _refuse(path, content, refusal)
    except Exception:
        logger.exception("statement %s not imported", _short(content))
        return False
    return True


def _refuse(path: Path, content: bytes, refusal: NotAStatement) -> bool:
    if not _is_fresh(path):
        logger.error("statement %s refused", _short(content))
        kept = _put_away(path, "refused", content)
        with translation.override(settings.LANGUAGE_CODE):
            Path(f"{kept}.txt").write_text(f"{refusal}\n", encoding="utf-8")
    return False


def _is_fresh(path: Path) -> bool:
    return time.time() - path.stat().st_mtime < QUIET_SECONDS


def _put_away(path: Path, where: str, content: bytes) -> Path:
    folder = path.parent.parent / where
    folder.mkdir(parents=True, exist_ok=True)
    name = os.fsdecode(os.fsencode(path.name)[-LONGEST_NAME:])
    return path.rename(folder / f"{_short(content)}-{name}")


def _short(content: bytes) -> str:
    """Enough of the hash to find the file again; a name could hold anything."""
    return content_hash(content)[:12]
