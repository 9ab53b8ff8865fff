"""How far an import has come, for whoever watches it. Nothing depends on it: it may be lost."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import BinaryIO

from common.kept import keep, kept
from payments.statements.model import Line, StatementHead

KEPT_SECONDS = 24 * 3600
LINES_AT_ONCE = 1000


@dataclass
class Progress:
    """Of the import of this name: `read` counts from the file, then `posted` of `lines`."""

    name: str
    read: int = 0
    percent_read: int = 0
    posted: int = 0
    lines: int | None = None  # unknown until the file is read

    def follow(
        self, found: Iterable[Line | StatementHead], file: BinaryIO, size: int
    ) -> Iterator[Line | StatementHead]:
        """The same, one by one."""
        for one in found:
            yield one
            self.read += 1
            if self.read % LINES_AT_ONCE == 0:
                self.percent_read = min(100, file.tell() * 100 // max(1, size))
                self._tell()

    def begin_posting(self, lines: int) -> None:
        self.percent_read, self.lines = 100, lines
        self._tell()

    def add(self, posted: int) -> None:
        self.posted += posted
        self._tell()

    @property
    def percent_posted(self) -> int:
        return min(100, self.posted * 100 // self.lines) if self.lines else 0

    def _tell(self) -> None:
        keep(f"import:{self.name}", asdict(self), KEPT_SECONDS)


def progress_of(name: str) -> Progress | None:
    """What the import of this name told last."""
    told = kept(f"import:{name}")
    return told and Progress(**told)
