"""XML element by element. No document type, nothing from outside, no element without end."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import BinaryIO

from django.utils.translation import gettext as _
from lxml import etree

from common.clock import MOSCOW
from payments.statements.encodings import UTF8_BOM
from payments.statements.errors import NotAStatement, Refused, WrongEncoding
from payments.statements.protocol import HEAD_BYTES
from payments.statements.values import YEARS

SAFE = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
# In all of these a mark is the same byte, so that a document type cannot hide from us.
ENCODINGS = {"utf-8", "us-ascii", "windows-1251", "cp1251", "koi8-r", "cp866", "ibm866"}
DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
LAST_COUNTED_LINE = 65_535
BETWEEN_ELEMENTS = 4 * 2**20  # bytes that may be read before the next element is over
DAY_AND_ZONE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?")


def begins_like_xml(head: bytes) -> bool:
    return head.removeprefix(UTF8_BOM).lstrip().startswith(b"<")


def elements(file: BinaryIO, *names: str) -> Iterator[etree._Element]:
    """The elements of these local names, in whatever namespace, when each of them is over.

    An element is forgotten with all that stands before it once the next one is asked for. Raises
    NotAStatement for what is no XML, has a document type or has an element without end.
    """
    _must_be_harmless(file.read(HEAD_BYTES))
    file.seek(0)
    source = _Measured(file)
    tags = [f"{{*}}{name}" for name in names]
    try:
        for _event, element in etree.iterparse(source, events=("end",), tag=tags, **SAFE):
            _must_have_no_type(element)
            yield element
            _forget(element)
            source.unread = 0
    except etree.XMLSyntaxError as error:
        words = _("the XML is broken here. The file is damaged or cut off.")
        raise Refused(error.lineno or 1, words) from None


class _Measured:
    """A file that stops the reading of an element that never ends."""

    def __init__(self, file: BinaryIO):
        self._file = file
        self.unread = 0

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.unread += len(piece)
        if self.unread > BETWEEN_ELEMENTS:
            raise NotAStatement(_("A part of the file is too long for a statement."))
        return piece


def _must_be_harmless(head: bytes) -> None:
    if b"<!DOCTYPE" in head:
        raise _has_a_type(head.count(b"\n", 0, head.index(b"<!DOCTYPE")) + 1)
    declared = DECLARED.match(head.removeprefix(UTF8_BOM))
    if declared and declared[1].decode("ascii").lower() not in ENCODINGS:
        raise WrongEncoding


def _must_have_no_type(element: etree._Element) -> None:
    """Asked again of the parsed tree: the beginning of the file could be all spaces."""
    if element.getroottree().docinfo.internalDTD is not None:
        raise _has_a_type(line_of_root(element))


def _has_a_type(line: int) -> Refused:
    words = _("a document type (DOCTYPE) stands here. No statement has one, so it is not read.")
    return Refused(line, words)


def _forget(element: etree._Element) -> None:
    element.clear(keep_tail=False)
    for one in (element, *element.iterancestors()):
        while one.getprevious() is not None:
            del one.getparent()[0]


# --- what an element says


def local(element: etree._Element) -> str:
    """The name without its namespace; a prefix that nobody declared stays a part of it."""
    return _local(str(element.tag))


def line_of(element: etree._Element) -> int:
    """Where it begins. libxml2 counts to 65535; beyond that it names the end of the first text."""
    line = element.sourceline or 1
    if line <= LAST_COUNTED_LINE:
        return line
    while element.text is None and len(element):
        element = element[0]
    return line - (element.text or "").count("\n")


def line_of_root(element: etree._Element) -> int:
    return element.getroottree().getroot().sourceline or 1


def namespace(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[0].removeprefix("{")


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def flat(elements: Iterable[etree._Element], before: str = "") -> dict[str, str]:
    """Every attribute and text of these by its way, as sent: `Payer.payerName`, `Amt.Ccy`, `Amt`.

    An element stands for its children.
    """
    found: dict[str, str] = {}
    for element in elements:
        _flatten(element, before + local(element), found)
    return found


def _flatten(element: etree._Element, way: str, found: dict[str, str]) -> None:
    text = (element.text or "").strip()
    if text:
        _put(found, way, text)
    for name, value in element.attrib.items():
        _put(found, f"{way}.{_local(name)}", value)
    for child in element:
        _flatten(child, f"{way}.{local(child)}", found)


def _put(found: dict[str, str], way: str, text: str) -> None:
    """What stands there several times gets numbers, by how many things are known already."""
    found[way if way not in found else f"{way} {len(found)}"] = text


# --- days of XML Schema


def day_of(text: str) -> date:
    """The Moscow day of a date or an instant. Raises ValueError."""
    if "T" in text:
        return instant_of(text).date()
    found = DAY_AND_ZONE.fullmatch(text)
    if not found:
        raise ValueError(text)
    return _sane(date.fromisoformat(found[1]))


def instant_of(text: str) -> datetime:
    """An aware Moscow instant; without a zone it was Moscow's. Raises ValueError."""
    said = datetime.fromisoformat(text)
    _sane(said.date())
    return (said if said.tzinfo else said.replace(tzinfo=MOSCOW)).astimezone(MOSCOW)


def _sane(day: date) -> date:
    if day.year not in YEARS:
        raise ValueError(day)
    return day
