"""The folder into which the Treasury's files are dropped."""

import io
import logging
import os
import time
from pathlib import Path

from django.conf import settings
from django.utils import translation

from common.mishaps import log_mishap
from payments.services.importing.refused import note_refused
from payments.services.importing.statements import import_statement
from payments.services.ledger import locks
from payments.statements.errors import NotAStatement
from payments.statements.formats import content_hash_of, knows_its_end
from payments.statements.protocol import HEAD_BYTES

logger = logging.getLogger(__name__)

LOCK = "statements-folder"
HALF_WRITTEN = (".part", ".tmp", ".temp", ".filepart", ".crdownload", ".partial", ".swp", "~")
LONGEST_NAME = 200  # bytes; the mark and `.txt` still fit into what disks allow
MARK = 12  # letters of the hash
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


def _waiting(folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    return sorted(path for path in folder.iterdir() if _is_ready(path))


def _is_ready(path: Path) -> bool:
    named_ready = not path.name.startswith(".") and not path.name.endswith(HALF_WRITTEN)
    return named_ready and path.is_file() and not path.is_symlink()


def _import_one(path: Path) -> bool:
    try:
        return _take(path)
    except FileNotFoundError:
        return False  # somebody took it away again
    except NotAStatement as refusal:
        return _refuse(path, refusal)
    except Exception as error:
        log_mishap(logger, f"statement {_mark(path)} not imported", error)
        return False


def _take(path: Path) -> bool:
    with path.open("rb") as file:
        if _is_fresh(path) and not knows_its_end(file.read(HEAD_BYTES)):
            return False
        import_statement(content=file, name=path.name)
    _put_away(path, "done")
    return True


def _refuse(path: Path, refusal: NotAStatement) -> bool:
    if not _is_fresh(path):
        content_hash = _hash(path)
        logger.error("statement %s refused", content_hash[:MARK])
        kept = _put_away(path, "refused")
        with translation.override(settings.LANGUAGE_CODE):
            Path(f"{kept}.txt").write_text(f"{refusal}\n", encoding="utf-8")
            note_refused(content_hash=content_hash, kept=kept.name, reason=str(refusal))
    return False


def _is_fresh(path: Path) -> bool:
    return time.time() - path.stat().st_mtime < QUIET_SECONDS


def _put_away(path: Path, where: str) -> Path:
    folder = path.parent.parent / where
    folder.mkdir(parents=True, exist_ok=True)
    name = os.fsdecode(os.fsencode(path.name)[-LONGEST_NAME:])
    return path.rename(folder / f"{_mark(path)}-{name}")


def _mark(path: Path) -> str:
    """Enough of the hash to find the file again; a name could hold anything."""
    return _hash(path)[:MARK]


def _hash(path: Path) -> str:
    """Of what is too big to be a statement only the beginning is read."""
    try:
        with path.open("rb") as file:
            whole = path.stat().st_size <= settings.MAX_STATEMENT_BYTES
            return content_hash_of(file if whole else io.BytesIO(file.read(HEAD_BYTES)))
    except OSError:
        return "unreadable"
