"""Which alphabet a text is written in. Its own line about it may lie, so the bytes decide."""

import io
from collections.abc import Collection, Iterator
from itertools import chain
from operator import itemgetter
from typing import BinaryIO

from django.utils.translation import gettext as _

from payments.statements.errors import NotAStatement, Refused, WrongEncoding

UTF8_BOM = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
DOS_END = "\x1a"  # some programs of DOS end a text with it
SAMPLE_BYTES = 64 * 1024
LONGEST_LINE = 64 * 1024
CANDIDATES = ("utf-8", "cp1251", "cp866")
# Bytes that Russian in UTF-8 does not do without, and that no Russian in these encodings has.
SIGNS_OF_UTF8 = {"cp1251": b"\x90\x95\x9d\x9e\xb5\xbd\xbe", "cp866": b"\xd0\xd1"}
LETTERS_BY_ACCIDENT = 6


def must_be_a_text(head: bytes) -> None:
    """What no format can be: nothing at all, or two bytes a letter."""
    if not head.removeprefix(UTF8_BOM).strip():
        raise NotAStatement(_("The file is empty."))
    if head.startswith(UTF16_MARKS):
        raise WrongEncoding


def encoding_of(head: bytes, known_words: Collection[str]) -> str:
    """The encoding in which the beginning of a file has one of its words at least."""
    for encoding in CANDIDATES:
        # Half a letter at the end of the sample is no fault of the file.
        text = head[:SAMPLE_BYTES].decode(encoding, errors="ignore")
        if any(word in text for word in known_words):
            return encoding
    raise WrongEncoding


def lines_of(file: BinaryIO, encoding: str) -> Iterator[tuple[int, str]]:
    """Line numbers from 1 and the lines, stripped, without the blank ones. Keeps 64 KB at most."""
    return chain.from_iterable(_numbered(*one) for one in _texts(file, encoding))


def _numbered(first: int, piece: str) -> Iterator[tuple[int, str]]:
    """Twenty for each payment: nothing of ours runs between them."""
    stripped = map(str.strip, piece.split("\n"))
    return filter(itemgetter(1), enumerate(stripped, start=first))


def raw_lines_of(file: BinaryIO, encoding: str) -> Iterator[str]:
    """All the lines as they are, with their ends."""
    for _number, piece in _texts(file, encoding):
        yield from io.StringIO(piece, newline="\n")


def _texts(file: BinaryIO, encoding: str) -> Iterator[tuple[int, str]]:
    number = 1
    for piece in _pieces(file):
        yield number, _decoded(number, piece, encoding)
        number += piece.count(b"\n")


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """Parts of the file that end where lines end."""
    number, rest = 1, file.read(len(UTF8_BOM)).removeprefix(UTF8_BOM)
    while more := file.read(LONGEST_LINE):
        whole, newline, tail = (rest + more).rpartition(b"\n")
        _must_not_be_endless(number, whole if newline else tail)
        if newline:
            yield whole + newline
        number += whole.count(b"\n") + len(newline)
        rest = tail
    yield rest


def _must_not_be_endless(number: int, piece: bytes) -> None:
    """Only the first line of a piece can have begun in the one before."""
    end = piece.find(b"\n")
    if (end if end >= 0 else len(piece)) >= LONGEST_LINE:
        raise Refused(number, _("the line is too long for a statement."))


def _decoded(number: int, piece: bytes, encoding: str) -> str:
    if b"\x00" in piece:
        raise Refused(_line(number, piece, piece.index(b"\x00")), _("this is not text."))
    if len(piece.translate(None, SIGNS_OF_UTF8.get(encoding, b""))) < len(piece):
        _must_not_change_to_utf8(number, piece)
    try:
        return piece.decode(encoding)
    except UnicodeDecodeError as error:
        line = _line(number, piece, error.start)
        raise Refused(line, _("the encoding changes within the file.")) from None


def _line(first: int, piece: bytes, place: int) -> int:
    return first + piece.count(b"\n", 0, place)


def _must_not_change_to_utf8(number: int, piece: bytes) -> None:
    for line, raw in enumerate(piece.split(b"\n"), start=number):
        if _is_utf8(raw):
            raise Refused(line, _("the encoding changes within the file."))


def _is_utf8(raw: bytes) -> bool:
    """Russian in one-byte letters is never valid UTF-8, but for a letter or two by accident."""
    if sum(byte >= 0x80 for byte in raw) < LETTERS_BY_ACCIDENT:
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
