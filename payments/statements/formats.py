"""The format of a file is found by its content, never by its name."""

import hashlib
from collections.abc import Collection
from datetime import date, timedelta
from typing import BinaryIO

from django.utils.translation import gettext as _

from payments.statements import one_c
from payments.statements.encodings import must_begin_like_a_statement
from payments.statements.errors import NotAStatement
from payments.statements.model import ParsedStatement
from payments.statements.protocol import HEAD_BYTES, Parser

AHEAD = timedelta(days=35)
PARSERS: list[Parser] = [one_c.OneC()]


def parser_of(file: BinaryIO) -> Parser:
    """The format of an open file, which is left at its beginning. Raises NotAStatement."""
    head = file.read(HEAD_BYTES)
    file.seek(0)
    for parser in PARSERS:
        if parser.recognises(head):
            return parser
    must_begin_like_a_statement(head)
    raise NotAStatement


def parse(content: bytes, *, longest: int, acquirers: Collection[str] = ()) -> ParsedStatement:
    """One format so far. Raises NotAStatement with a sentence; `longest` is in bytes."""
    must_not_be_too_big(len(content), longest)
    return one_c.parse(content, acquirers=acquirers)


def must_have_come(parsed: ParsedStatement, today: date) -> None:
    """A file about days far ahead is a slip of a pen: it would call years complete.

    A few days ahead are allowed: a clock that is wrong must not stop the money.
    """
    if parsed.last_day > today + AHEAD:
        words = _("This day has not come yet: %(day)s. Check the days of the file (ДатаКонца).")
        raise NotAStatement(words % {"day": f"{parsed.last_day:%d.%m.%Y}"})


def must_not_be_too_big(size: int, longest: int) -> None:
    if size > longest:
        raise NotAStatement(
            _("The file is too big: %(size)d MB. A statement has at most %(longest)d MB.")
            % {"size": size // 2**20 + 1, "longest": longest // 2**20}
        )


def content_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
