"""Which alphabet a statement is written in. Its own line about it may lie, so the bytes decide."""

import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from payments.statements.errors import NotAStatement, Refused, WrongEncoding

FIRST_WORD = b"1CClientBankExchange"
UTF8_BOM = b"\xef\xbb\xbf"
SAMPLE_BYTES = 64 * 1024
LONGEST_LINE = 64 * 1024
KNOWN_KEYS = ("ВерсияФормата=", "РасчСчет=", "ДатаНачала=", "СекцияДокумент=")
CANDIDATES = ("utf-8", "cp1251", "cp866")


def lines_of(content: bytes) -> Iterator[tuple[int, str]]:
    """Line numbers from 1 and the lines, stripped, without the blank ones.

    One line at a time is decoded, so that a big file needs no second copy of itself.
    """
    must_begin_like_a_statement(content)
    encoding = _encoding_of(content[:SAMPLE_BYTES])
    stream = io.BytesIO(content)
    stream.seek(len(UTF8_BOM) if content.startswith(UTF8_BOM) else 0)
    for number, raw in enumerate(iter(lambda: stream.readline(LONGEST_LINE), b""), start=1):
        line = _decoded(number, raw, encoding)
        if line:
            yield number, line


def begins_like_a_statement(content: bytes) -> bool:
    start = content[: len(UTF8_BOM) + 4096].removeprefix(UTF8_BOM).lstrip()
    return start.split(b"\n", 1)[0].strip() == FIRST_WORD


def must_begin_like_a_statement(content: bytes) -> None:
    if not content.removeprefix(UTF8_BOM).strip():
        raise NotAStatement(_("The file is empty."))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise WrongEncoding
    if not begins_like_a_statement(content):
        raise NotAStatement(
            _("This is not a statement: its first line is not 1CClientBankExchange.")
        )


def _encoding_of(sample: bytes) -> str:
    for encoding in CANDIDATES:
        # Half a letter at the end of the sample is no fault of the file.
        text = sample.decode(encoding, errors="ignore")
        if any(key in text for key in KNOWN_KEYS):
            return encoding
    raise WrongEncoding


def _decoded(number: int, raw: bytes, encoding: str) -> str:
    if len(raw) == LONGEST_LINE:
        raise Refused(number, _("the line is too long for a statement."))
    if b"\x00" in raw:
        raise Refused(number, _("this is not text."))
    if encoding != "utf-8" and _is_utf8(raw):
        raise Refused(number, _("the encoding changes within the file."))
    try:
        return raw.decode(encoding).strip()
    except UnicodeDecodeError:
        raise Refused(number, _("the encoding changes within the file.")) from None


def _is_utf8(raw: bytes) -> bool:
    """Russian in one-byte letters is never valid UTF-8, but for a letter or two by accident."""
    if sum(byte >= 0x80 for byte in raw) < 6:
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
