"""The text of a bank's QR by GOST R 56042-2014, written strictly and read leniently."""

import re
from collections.abc import Mapping

MANDATORY = ("Name", "PersonalAcc", "BankName", "BIC", "CorrespAcc")
MANDATORY_BYTES = 300
# There is no escaping: the delimiter is a character that no value has.
DELIMITERS = "|#;:^_~{}!$%&()*+,/@"

# Every key we write, in the order we write it, with what its value must look like. Accounts of
# the Treasury begin with 0 and have no check digit by the banks' rule, so only digits count.
FORMATS = {
    "Name": r".{1,160}",
    "PersonalAcc": r"\d{20}",
    "BankName": r".{1,45}",
    "BIC": r"\d{9}",
    "CorrespAcc": r"\d{20}|0",
    "Sum": r"[1-9]\d{0,17}",
    "Purpose": r".{1,210}",
    "PayeeINN": r"\d{10}|\d{12}",
    "PayerINN": r"\d{10}|\d{12}|0",
    "DrawerStatus": r"\d{2}",
    "KPP": r"\d{4}[0-9A-Z]{2}\d{3}",
    "CBC": r"\d{20}",
    "OKTMO": r"\d{8}|\d{11}",
    "PaytReason": r".{1,2}",
    "TaxPeriod": r".{1,10}",
    "DocNo": r".{1,15}",
    "DocDate": r"0|\d{2}\.\d{2}\.\d{4}",
    "TaxPaytKind": r".{1,2}",
    "LastName": r".+",
    "FirstName": r".+",
    "MiddleName": r".+",
    "PayerAddress": r".+",
    "UIN": r"0|\d{20}|\d{25}",
    "TechCode": r"\d{2}",
}

_ENCODINGS = {b"1": "cp1251", b"2": "utf-8", b"3": "koi8-r"}
_LOOKALIKES = str.maketrans("АВЕКМНОРСТХаеорсх", "ABEKMHOPCTXaeopcx")
_CANONICAL = {key.casefold(): key for key in FORMATS}
_ENOUGH_TO_TELL = 4


class PayloadError(ValueError):
    """The text of a QR cannot be written from these fields, or read from these bytes."""


def payload(fields: Mapping[str, str]) -> bytes:
    """The bytes for the QR; windows-1251 where it can, which halves Russian, else UTF-8.

    Empty additional values are left out, spaces and line breaks become single spaces; nothing is
    ever cut. Raises PayloadError naming the key that does not fit.
    """
    values = _checked(fields)
    delimiter = _free_delimiter(values.values())
    encoding, digit = _encoding_of("".join(values.values()))
    _check_mandatory_size(values, delimiter, encoding)
    pairs = [f"{key}={value}" for key, value in values.items()]
    return f"ST0001{digit}{delimiter}{delimiter.join(pairs)}".encode(encoding)


def parse(content: bytes | str) -> dict[str, str]:
    """Fields of a QR, ours or anybody's; keys in our spelling, unknown ones as they came.

    Raises PayloadError when it is no such text at all.
    """
    text = content if isinstance(content, str) else _decoded(content)
    if not re.match(r"ST\d{4}[123].", text, re.DOTALL):
        raise PayloadError("no ST header of GOST R 56042")
    delimiter, body = text[7], text[8:]
    pairs = (pair.split("=", 1) for pair in body.split(delimiter) if "=" in pair)
    return {_canonical(key): value for key, value in pairs}


def _checked(fields: Mapping[str, str]) -> dict[str, str]:
    unknown = set(fields) - set(FORMATS)
    if unknown:
        raise PayloadError(f"unknown keys: {', '.join(sorted(unknown))}")
    plain = {key: " ".join(fields.get(key, "").split()) for key in FORMATS}
    for key, value in plain.items():
        _check(key, value)
    return {key: value for key, value in plain.items() if value}


def _check(key: str, value: str) -> None:
    if not value and key not in MANDATORY:
        return
    if not re.fullmatch(FORMATS[key], value, re.ASCII):
        raise PayloadError(f"{key} does not fit: {len(value)} characters, expected {FORMATS[key]}")


def _free_delimiter(values) -> str:
    used = set("".join(values))
    for delimiter in DELIMITERS:
        if delimiter not in used:
            return delimiter
    raise PayloadError("every possible delimiter occurs in a value")


def _encoding_of(text: str) -> tuple[str, int]:
    try:
        text.encode("cp1251")
    except UnicodeEncodeError:
        return "utf-8", 2
    return "cp1251", 1


def _check_mandatory_size(values: Mapping[str, str], delimiter: str, encoding: str) -> None:
    block = delimiter.join(f"{key}={values[key]}" for key in MANDATORY)
    size = len(block.encode(encoding))
    if size > MANDATORY_BYTES:
        raise PayloadError(f"the mandatory fields take {size} bytes of {MANDATORY_BYTES}")


def _decoded(content: bytes) -> str:
    """The declared encoding can lie: UTF-8 under another's name is recognised by its bytes."""
    for encoding in (_ENCODINGS.get(content[6:7], "utf-8"), "utf-8", "cp1251"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if encoding == "utf-8" else _mended(content, text)
    raise PayloadError("the text is in no known encoding")


def _mended(content: bytes, text: str) -> str:
    try:
        as_utf8 = content.decode("utf-8")
    except UnicodeDecodeError:
        return text
    # No Russian in one byte a letter is by chance valid UTF-8 for several letters on end.
    return as_utf8 if sum(not letter.isascii() for letter in as_utf8) >= _ENOUGH_TO_TELL else text


def _canonical(key: str) -> str:
    """Keys come in any case and with Cyrillic letters in them («СВС»)."""
    plain = key.strip().translate(_LOOKALIKES)
    return _CANONICAL.get(plain.casefold(), key)
