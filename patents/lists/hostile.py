"""Excel files that would fill the memory: measured before they are read, nothing is believed.

The reader makes a table of every cell up to the last that has something in it: two cells in a file
of five kilobytes, one at A1 and one at XFD1048576, would end the process, not raise an error.
"""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from xml.parsers import expat

from patents.lists.errors import ListTooBig, ListUnreadable

MAX_MEMBERS = 200
# Of a mark that does not end the parser reads all it has with each piece: in pieces of 64 kilobytes
# the longest such file took it fifteen seconds.
PIECE = 1024 * 1024
BROKEN_ZIP = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(NotImplementedError, RuntimeError, EOFError, OSError, ValueError),
)
SAYS_SOMETHING = {"v", "is"}  # within a cell; a cell without them only has a colour
READ = re.compile(rb"sheetData|[<:]si[\s/>]")  # without these the reader finds no cells or texts
LONGEST_MARK = len(b"sheetData")
MEASURED = {"row", "c", "t", "si", *SAYS_SOMETHING}
# The reader opens these too, whose cells are written in other ways: .xlsb and .ods.
NOT_MEASURED = {"xl/workbook.bin", "content.xml"}
FIRST_LETTER = ord("A") - 1


def must_be_harmless(content: bytes, *, most_unpacked: int, most_cells: int) -> None:
    """Unpacks in pieces and stops at the limit. Raises ListTooBig, ListUnreadable."""
    texts, left = Texts(most_cells), most_unpacked
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise ListTooBig
            if NOT_MEASURED & {member.filename.casefold() for member in members}:
                raise ListUnreadable
            for member in members:
                left -= _measure(archive, member, left, Part(Cells(most_cells, texts)))
        if texts.written_out() > most_unpacked:
            raise ListTooBig
    except BROKEN_ZIP as error:
        raise ListUnreadable from error


def _measure(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int, part: "Part") -> int:
    """How many bytes a member has."""
    size = 0
    with archive.open(member) as packed:
        while piece := packed.read(PIECE):
            size += len(piece)
            if size > most:
                raise ListTooBig
            part.feed(piece)
    part.feed(b"", is_last=True)
    return size


class Texts:
    """Texts stand in the file once and are copied into each cell that names their number."""

    def __init__(self, most: int):
        self._most = most
        self._lengths: list[int] = []
        self._named: Counter[str] = Counter()

    def begin(self) -> None:
        self._lengths.append(0)
        if len(self._lengths) > self._most:
            raise ListTooBig

    def go_on(self, text: str) -> None:
        self._lengths[-1] += len(text)

    def name(self, number: str) -> None:
        self._named[number] += 1

    def written_out(self) -> int:
        known = dict(enumerate(self._lengths))
        return sum(known.get(int(number), 0) * count for number, count in self._named.items())


class Part:
    """A part of the file: anything but a sheet or texts that only the reader can read.

    The reader finds them behind whatever else a part begins with, and whatever its name is.
    """

    def __init__(self, cells: "Cells"):
        self._cells = cells
        self._is_xml, self._is_read = True, False
        self._end = b""

    def feed(self, piece: bytes, *, is_last: bool = False) -> None:
        joined = self._end + piece
        self._is_read = self._is_read or READ.search(joined) is not None
        self._end = joined[-LONGEST_MARK:]
        try:
            if self._is_xml:
                self._cells.feed(piece, is_last=is_last)
        except expat.ExpatError:
            self._is_xml = False
        if self._is_read and not self._is_xml:
            raise ListUnreadable


class Cells:
    """Counts the places of a sheet's cells as the reader does: by their names, else in turn."""

    def __init__(self, most: int, texts: Texts):
        self._most, self._texts = most, texts
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._begins
        self._parser.CharacterDataHandler = self._says
        self._parser.StartDoctypeDeclHandler = self._has_a_type
        self._row, self._column = 0, 0  # of the last that began
        self._at_row = 0
        self._names_text, self._is_texts = False, False
        self._read: Callable[[str], None] | None = None
        self._rows, self._columns = 0, 0

    def feed(self, piece: bytes, *, is_last: bool) -> None:
        self._parser.Parse(piece, is_last)

    def _begins(self, name: str, attributes: dict[str, str]) -> None:
        name = name if name in MEASURED else name.rpartition(":")[2]
        self._read = None
        if name == "c":
            self._cell(attributes.get("r", ""))
            self._names_text = attributes.get("t") == "s"
        elif name in SAYS_SOMETHING:
            self._note()
            self._read = self._texts.name if self._names_text else None
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
        else:
            self._text_begins(name)

    def _text_begins(self, name: str) -> None:
        """Of the texts that cells name, in the order of their numbers."""
        if name == "si":
            self._is_texts = True
            self._texts.begin()
        elif self._is_texts and name == "t":
            self._read = self._texts.go_on

    def _says(self, text: str) -> None:
        if self._read:
            self._read(text)

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
