"""The frame of a 1CClientBankExchange file: header, account sections, documents, end."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from payments.statements.errors import NotAStatement, Refused

KEY = re.compile(r"[A-Za-zА-Яа-яЁё0-9_]{1,40}")
REPEATED_IN_HEADER = {"РасчСчет", "Документ"}
LAST_KEY_MAY_GO_ON = "НазначениеПлатежа"
ACCOUNT_BEGINS, ACCOUNT_ENDS = "СекцияРасчСчет", "КонецРасчСчет"
DOCUMENT_BEGINS, DOCUMENT_ENDS = "СекцияДокумент", "КонецДокумента"
FILE_ENDS = "КонецФайла"
ENDS = {ACCOUNT_BEGINS: ACCOUNT_ENDS, DOCUMENT_BEGINS: DOCUMENT_ENDS}


@dataclass
class Section:
    """A part of the file as written; `line` is where it begins."""

    kind: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    last_key: str = ""

    def add(self, number: int, text: str) -> None:
        key, equals, value = text.partition("=")
        key = key.strip()
        if equals and KEY.fullmatch(key):
            self._put(number, sys.intern(key), value.strip())
        elif self.last_key == LAST_KEY_MAY_GO_ON:  # some banks break a long purpose into lines
            self.fields[self.last_key] += f" {text}"
        else:
            raise Refused(number, _("this is not a line of a statement; is the encoding right?"))

    def _put(self, number: int, key: str, value: str) -> None:
        if self.fields.setdefault(key, value) != value and key not in REPEATED_IN_HEADER:
            raise Refused(number, _("“%(key)s” stands here a second time.") % {"key": key})
        self.last_key = key


@dataclass
class Frame:
    header: Section
    own_accounts: list[tuple[int, str]]
    accounts: list[Section]
    documents: list[Section]
    ended: bool
    last_line: int


def frame_of(lines: Iterator[tuple[int, str]]) -> Frame:
    """Every section opened and closed in its turn, or the file is refused."""
    next(lines)  # the first word, looked at already
    frame = Frame(Section("", 1), [], [], [], ended=False, last_line=1)
    current = frame.header
    for number, text in lines:
        if frame.ended:
            raise Refused(number, _("something follows the end of the file."))
        frame.last_line = number
        current = _step(frame, current, number, text)
    if current is not frame.header:
        raise NotAStatement(
            _("The file is cut off: the section begun in line %(line)d has no end.")
            % {"line": current.line}
        )
    return frame


def _step(frame: Frame, current: Section, number: int, text: str) -> Section:
    """Take one line; give the section that the next one belongs to."""
    word = text.partition("=")[0].strip()
    if current.kind:
        return _inside(frame, current, number, text)
    if word in ENDS:
        return _opened(frame, word, number)
    if text == FILE_ENDS:
        frame.ended = True
        return current
    current.add(number, text)
    if word == "РасчСчет":
        frame.own_accounts.append((number, text.partition("=")[2].strip()))
    return current


def _inside(frame: Frame, current: Section, number: int, text: str) -> Section:
    if text == ENDS[current.kind]:
        return frame.header
    if text in {*ENDS.values(), FILE_ENDS} or text.partition("=")[0].strip() in ENDS:
        raise Refused(
            number,
            _("the section begun in line %(line)d has no end.") % {"line": current.line},
        )
    current.add(number, text)
    return current


def _opened(frame: Frame, kind: str, number: int) -> Section:
    section = Section(kind, number)
    (frame.accounts if kind == ACCOUNT_BEGINS else frame.documents).append(section)
    return section
