"""What stands between a format and the import: parsers give lines one by one, and keep none."""

from collections.abc import Iterator
from typing import BinaryIO, Protocol

from payments.statements.model import Line, StatementHead

HEAD_BYTES = 64 * 1024


class Parser(Protocol):
    """One format. Memory does not grow with the file, and a line costs the import its time twice:
    a statement may have a million of them.
    """

    def recognises(self, head: bytes) -> bool:
        """Whether a file that begins with these bytes (at most HEAD_BYTES) is of this format."""

    def lines(self, file: BinaryIO) -> Iterator[Line | StatementHead]:
        """Every line of the file, and for each account that it is about one head, after its lines.

        The file stands at its beginning and can be rewound. Whatever is wrong raises NotAStatement
        (with the line of the file where there is one), at the latest after the last line: totals
        and balances are checked here. What was given before it is then thrown away.
        """
