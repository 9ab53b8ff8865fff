"""How tests read a file through the parsers, and what memory that takes."""

import io
import tracemalloc
from collections.abc import Iterable
from typing import BinaryIO

import pytest

from payments.statements import formats
from payments.statements.errors import NotAStatement
from payments.statements.model import Line, StatementHead
from payments.statements.protocol import Parser


def read(content: bytes, *more: Parser) -> tuple[list[Line], list[StatementHead]]:
    """The lines of a file and the heads of its accounts."""
    file = io.BytesIO(content)
    found = list(formats.parser_of(file, more).lines(file))
    heads = [one for one in found if isinstance(one, StatementHead)]
    return [one for one in found if isinstance(one, Line)], heads


def refusal(content: bytes, *more: Parser) -> str:
    with pytest.raises(NotAStatement) as caught:
        read(content, *more)
    return str(caught.value)


class Endless(io.RawIOBase):
    """A file made while it is read, so that only the parser's memory is seen."""

    def __init__(self, parts: Iterable[bytes]):
        self._parts, self._rest = iter(parts), b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, place: int, whence: int = 0) -> int:
        raise io.UnsupportedOperation("only in the buffer before it")

    def readinto(self, target) -> int:
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._rest = part
        taken, self._rest = self._rest[: len(target)], self._rest[len(target) :]
        target[: len(taken)] = taken
        return len(taken)


class Rewindable(io.BufferedReader):
    """What was just read can be read again from the beginning: all that a parser asks for."""

    def __init__(self, make):
        self._make = make
        super().__init__(Endless(make()), 1 << 16)

    def seek(self, place: int, whence: int = 0) -> int:
        assert (place, whence) == (0, 0)
        self.__init__(self._make)
        return 0


def memory_of(file: BinaryIO, parser: Parser) -> int:
    """The most bytes that reading the file held at once."""
    tracemalloc.start()
    try:
        for _line in parser.lines(file):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
