"""Statement files on their way into the folder that the portal reads."""

import logging
import os
import threading
from pathlib import Path

from sandbox.store import Store

logger = logging.getLogger(__name__)

_one_writer = threading.Lock()


def flush(store: Store, folder: Path) -> None:
    """Write every file that is formed and not yet in the folder; a full disk is tried again."""
    with _one_writer:
        for row in store.rows("SELECT * FROM files WHERE written = 0 ORDER BY id"):
            try:
                _put(folder, row["name"], row["content"])
            except OSError:
                logger.warning("statement not written", extra={"file_id": row["id"]})
                return
            store.execute("UPDATE files SET written = 1 WHERE id = ?", row["id"])


def _put(folder: Path, name: str, content: bytes) -> None:
    """Under a hidden temporary name first: a reader never sees half a file."""
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{name}.part"
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / name)
