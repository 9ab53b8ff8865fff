"""Excel files that would fill the memory: measured before they are read, nothing is believed.

The reader makes a table of every cell up to the last that has something in it: two cells in a file
of five kilobytes, one at A1 and one at XFD1048576, would end the process, not raise an error.
"""

import io
import lzma
import struct
import zipfile
import zlib
from functools import lru_cache
from xml.parsers import expat

from patents.lists.errors import ListTooBig, ListUnreadable

MAX_MEMBERS = 200
PIECE = 64 * 1024
BROKEN_ZIP = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(NotImplementedError, RuntimeError, EOFError, OSError, ValueError),
)
SAYS_SOMETHING = {"v", "is"}  # within a cell; a cell without them only has a colour
MEASURED = {"row", "c", *SAYS_SOMETHING}
FIRST_LETTER = ord("A") - 1


def must_be_harmless(content: bytes, *, most_unpacked: int, most_cells: int) -> None:
    """Unpacks in pieces and stops at the limit. Raises ListTooBig, ListUnreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise ListTooBig
            for member in members:
                most_unpacked -= _measure(archive, member, most_unpacked, most_cells)
    except (*BROKEN_ZIP, expat.ExpatError) as error:
        raise ListUnreadable from error


def _measure(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, most_unpacked: int, most_cells: int
) -> int:
    """How many bytes a member has; its cells are measured when it is XML, whatever its name."""
    size, cells = 0, None
    with archive.open(member) as packed:
        while piece := packed.read(PIECE):
            if not size and piece.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
                cells = Cells(most_cells)
            size += len(piece)
            if size > most_unpacked:
                raise ListTooBig
            if cells:
                cells.feed(piece)
    if cells:
        cells.feed(b"", is_last=True)
    return size


class Cells:
    """Counts the places of a sheet's cells as the reader does: by their names, else in turn."""

    def __init__(self, most: int):
        self._most = most
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._begins
        self._parser.StartDoctypeDeclHandler = self._has_a_type
        self._row, self._column = 0, 0  # of the last that began
        self._at_row = 0
        self._rows, self._columns = 0, 0

    def feed(self, piece: bytes, *, is_last: bool = False) -> None:
        self._parser.Parse(piece, is_last)

    def _begins(self, name: str, attributes: dict[str, str]) -> None:
        name = name if name in MEASURED else name.rpartition(":")[2]
        if name == "c":
            self._cell(attributes.get("r", ""))
        elif name in SAYS_SOMETHING:
            self._note()
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0

    def _cell(self, place: str) -> None:
        """Of B5, or the next of the row. A place out of turn does not move the row."""
        self._at_row, self._column = self._row, self._column + 1
        if place:
            letters = place.rstrip("0123456789")
            self._at_row, self._column = int(place[len(letters) :]), _column(letters)

    def _note(self) -> None:
        if self._at_row > self._rows or self._column > self._columns:
            self._rows = max(self._rows, self._at_row)
            self._columns = max(self._columns, self._column)
            if self._rows * self._columns > self._most:
                raise ListTooBig

    def _has_a_type(self, *_said) -> None:
        raise ListUnreadable


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - FIRST_LETTER
    return number
