"""The format of a file is found by its content, never by its name."""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from typing import BinaryIO

from django.utils.translation import gettext as _

from payments.statements import camt, gis_gmp, one_c
from payments.statements.encodings import must_be_a_text
from payments.statements.errors import NotAStatement, Refused, UnknownFormat
from payments.statements.model import StatementHead
from payments.statements.protocol import HEAD_BYTES, Parser

AHEAD = timedelta(days=35)
PARSERS: list[Parser] = [one_c.OneC(), gis_gmp.GisGmp(), camt.Camt053()]


def parser_of(file: BinaryIO, more: Iterable[Parser] = ()) -> Parser:
    """The format of an open file, which is left at its beginning. Raises NotAStatement.

    `more` are parsers beside those that are always there: registers, as staff described them.
    """
    head = file.read(HEAD_BYTES)
    file.seek(0)
    for parser in (*PARSERS, *more):
        if parser.recognises(head):
            return parser
    must_be_a_text(head)
    raise UnknownFormat


def knows_its_end(head: bytes) -> bool:
    """Whether a file that begins so is of a format in which half of it is no whole file.

    Half of a register is a register, and whoever writes the rest would write it for nobody.
    """
    return any(parser.recognises(head) for parser in PARSERS)


def must_have_come(parsed: StatementHead, today: date) -> None:
    """A file about days far ahead is a slip of a pen: it would call years complete.

    A few days ahead are allowed: a clock that is wrong must not stop the money.
    """
    if parsed.last_day > today + AHEAD:
        words = _("this day has not come yet: %(day)s. Check the days of the file.")
        raise Refused(parsed.line, words % {"day": f"{parsed.last_day:%d.%m.%Y}"})


def must_not_be_too_big(size: int, longest: int) -> None:
    if size > longest:
        raise NotAStatement(
            _("The file is too big: %(size)d MB. A statement has at most %(longest)d MB.")
            % {"size": size // 2**20 + 1, "longest": longest // 2**20}
        )


def content_hash_of(file: BinaryIO) -> str:
    """The file is left at its beginning."""
    file.seek(0)
    found = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return found
