"""The frame of a 1CClientBankExchange file: header, account sections, documents, end."""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from payments.statements.encodings import DOS_END
from payments.statements.errors import FieldRefused, NotAStatement, Refused

KEY = re.compile(r"[A-Za-zА-Яа-яЁё0-9_]{1,40}")
LAST_KEY_MAY_GO_ON = "НазначениеПлатежа"
OWN_ACCOUNT, LAST_DAY = "РасчСчет", "ДатаКонца"
MOST_WORDS = 1024  # that are remembered
MOST_KEYS = 300  # of a section; real ones have 20 to 60
MOST_ACCOUNTS = 100
LONGEST_VALUE = 64 * 1024
REPEATED_IN_HEADER = {OWN_ACCOUNT, "Документ"}
ACCOUNT_BEGINS, ACCOUNT_ENDS = "СекцияРасчСчет", "КонецРасчСчет"
DOCUMENT_BEGINS, DOCUMENT_ENDS = "СекцияДокумент", "КонецДокумента"
FILE_ENDS = "КонецФайла"
HEADER_LINE = 1
ENDS = {ACCOUNT_BEGINS: ACCOUNT_ENDS, DOCUMENT_BEGINS: DOCUMENT_ENDS}


class PlainKeys(dict[str, str]):
    """One string for all the lines that begin with this key; empty when the line needs a look."""

    def __missing__(self, word: str) -> str:
        if len(self) >= MOST_WORDS:
            self.clear()
        special = word in {*ENDS, *REPEATED_IN_HEADER, LAST_DAY} or not KEY.fullmatch(word)
        self[word] = "" if special else sys.intern(word)
        return self[word]


@dataclass(slots=True)
class Section:
    """A part of the file as written; `line` is where it begins."""

    kind: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    last_key: str = ""
    last_day_at: int = 0  # the line that says its last day

    def add(self, number: int, text: str) -> None:
        key, equals, value = text.partition("=")
        key = key.strip()
        if equals and KEY.fullmatch(key):
            self._put(number, sys.intern(key), value.strip())
        elif self.last_key == LAST_KEY_MAY_GO_ON:  # some banks break a long purpose into lines
            self.fields[self.last_key] += f" {text}"
            self.must_stay_small(number, len(self.fields[self.last_key]) > LONGEST_VALUE)
        else:
            raise Refused(number, _("this is not a line of a statement; is the encoding right?"))

    def _put(self, number: int, key: str, value: str) -> None:
        if self.fields.setdefault(key, value) != value and key not in REPEATED_IN_HEADER:
            raise Refused(number, _("“%(key)s” stands here a second time.") % {"key": key})
        self.last_key = key
        if key == LAST_DAY:
            self.last_day_at = number
        self.must_stay_small(number, len(self.fields) > MOST_KEYS)

    def refused(self, key: str, why) -> Refused:
        """At the line of the key, or at the section's own when it does not have the key."""
        if key in self.fields:
            return FieldRefused(self.line, key, why)
        return Refused(self.line, why)

    def must_stay_small(self, number: int, is_too_big: bool) -> None:
        if is_too_big:
            words = _("the section begun in line %(line)d is too long for a statement.")
            raise Refused(number, words % {"line": self.line})


def line_of(lines: Iterable[tuple[int, str]], begins: int, wanted: str) -> int:
    """The line of a key within the section that begins there; the header begins with the file."""
    within = HEADER_LINE
    for number, text in lines:
        word = text.partition("=")[0].strip()
        if word in ENDS:
            within = number
        elif text in ENDS.values():
            within = HEADER_LINE
        elif (word, within) == (wanted, begins):
            return number
    return begins


class Frame:
    """The sections of a file, one by one: every one opened and closed in its turn, or a refusal.

    `header` and `own_accounts` (with their lines) know what was read so far.
    """

    def __init__(self, lines: Iterator[tuple[int, str]]):
        self.header = Section("", HEADER_LINE)
        self.own_accounts: list[tuple[int, str]] = []
        self.ended = False
        self.last_line = HEADER_LINE
        self._lines = lines

    def sections(self) -> Iterator[Section]:
        next(self._lines, None)  # the first word, looked at already
        current, number = self.header, HEADER_LINE
        keys, key, fields = PlainKeys(), "", current.fields
        for number, text in self._lines:  # a million lines have twenty times as many of these
            word, equals, value = text.partition("=")
            known = keys[word]
            if equals and known and known not in fields and len(fields) < MOST_KEYS:
                key = known
                fields[key] = value.strip()
                continue
            current.last_key = key or current.last_key
            before, current = current, self._step(current, number, text)
            key, fields = "", current.fields
            if before.kind and not current.kind:
                yield before
            if self.ended:
                break
        self.last_line = number
        self._must_be_over(current)

    def _step(self, current: Section, number: int, text: str) -> Section:
        """Take one line; give the section that the next one belongs to."""
        if current.kind:
            return self._inside(current, number, text)
        word, _equals, value = text.partition("=")
        if word.strip() in ENDS:
            return Section(word.strip(), number)
        text = text.rstrip(DOS_END).rstrip()
        self.ended = text == FILE_ENDS
        if self.ended or not text:
            return current
        current.add(number, text)
        if word.strip() == OWN_ACCOUNT:
            self.own_accounts.append((number, value.strip()))
            current.must_stay_small(number, len(self.own_accounts) > MOST_ACCOUNTS)
        return current

    def _inside(self, current: Section, number: int, text: str) -> Section:
        if text == ENDS[current.kind]:
            return self.header
        if text in {*ENDS.values(), FILE_ENDS} or text.partition("=")[0].strip() in ENDS:
            raise Refused(
                number,
                _("the section begun in line %(line)d has no end.") % {"line": current.line},
            )
        current.add(number, text)
        return current

    def _must_be_over(self, current: Section) -> None:
        for number, text in self._lines:
            if text.strip(DOS_END):
                raise Refused(number, _("something follows the end of the file."))
        if current.kind:
            raise NotAStatement(
                _("The file is cut off: the section begun in line %(line)d has no end.")
                % {"line": current.line}
            )
