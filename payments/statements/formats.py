"""The format of a file is found by its content, never by its name."""

import hashlib
import io
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import BinaryIO

from django.utils.translation import gettext as _

from payments.statements import camt, gis_gmp, one_c
from payments.statements.encodings import must_be_a_text
from payments.statements.errors import NotAStatement, UnknownFormat
from payments.statements.model import Line, ParsedStatement, StatementHead
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


def parse(
    content: bytes,
    *,
    longest: int,
    acquirers: Collection[str] = (),
    more: Iterable[Parser] = (),
) -> ParsedStatement:
    """A small file about one account at once. Raises NotAStatement; `longest` is in bytes.

    `acquirers` are accounts and INNs whose orders gather many workers: such an order has no day
    of its own for each of them.
    """
    must_not_be_too_big(len(content), longest)
    file = io.BytesIO(content)
    found = list(parser_of(file, more).lines(file))
    heads = [one for one in found if isinstance(one, StatementHead)]
    if len(heads) > 1:
        raise NotAStatement(_("The file is about several accounts. Send one file per account."))
    lines = [one for one in found if isinstance(one, Line) and not one.outgoing]
    return ParsedStatement(
        **{one.name: getattr(heads[0], one.name) for one in fields(StatementHead)},
        lines=tuple(_without_shared_days(lines, frozenset(acquirers))),
    )


def _without_shared_days(lines: list[Line], acquirers: frozenset[str]) -> list[Line]:
    """A consolidated order's dates say when the order was made, not when a worker paid."""
    likes = defaultdict(set)
    for line in lines:
        likes[_order(line)].add(line.digest)
    return [
        replace(line, paid_on=None)
        if (line.document_number and not line.own_day and len(likes[_order(line)]) > 1)
        or acquirers & {line.payer_account, line.payer_inn, *line.also_named}
        else line
        for line in lines
    ]


def _order(line: Line) -> tuple:
    return line.document_number, line.document_date, line.payer_account


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
