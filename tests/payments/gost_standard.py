"""GOST R 56042-2014 read a second time, from its rules and not from our writer.

It works on bytes and refuses what a strict bank may refuse. Lengths are counted in characters,
the mandatory block in bytes of the chosen encoding, without the service block before it.
"""

ENCODINGS = {"1": "windows-1251", "2": "utf-8", "3": "koi8-r"}
FIRST = ["Name", "PersonalAcc", "BankName", "BIC", "CorrespAcc"]
LONGEST = {"Name": 160, "PersonalAcc": 20, "BankName": 45, "BIC": 9, "CorrespAcc": 20}
LONGEST |= {"Sum": 18, "Purpose": 210, "PayeeINN": 12, "PayerINN": 12, "DrawerStatus": 2}
LONGEST |= {"KPP": 9, "CBC": 20, "OKTMO": 11, "PaytReason": 2, "TaxPeriod": 10, "DocNo": 15}
LONGEST |= {"DocDate": 10, "TaxPaytKind": 2}
DIGITS = {"PersonalAcc", "BIC", "CorrespAcc", "Sum", "PayeeINN", "PayerINN", "CBC", "OKTMO"}
WITHOUT_LENGTH = {"LastName", "FirstName", "MiddleName", "PayerAddress", "UIN", "TechCode"}


def strictly_read(content: bytes) -> dict[str, str]:
    """The fields in their order; AssertionError names the rule that is broken."""
    service, separator, body = content[:7], content[7:8], content[8:]
    assert service[:6] == b"ST0001", "format and version"
    encoding = ENCODINGS[service[6:7].decode("ascii")]
    assert separator not in b"="
    assert not separator.isalnum()
    assert separator < b"\x80"
    pieces = body.split(separator)
    assert b"" not in pieces, "an empty pair: the separator stands in a value"
    assert len(separator.join(pieces[:5])) <= 300, "the mandatory block"
    pairs = [tuple(piece.decode(encoding).split("=", 1)) for piece in pieces]
    _check(pairs)
    return dict(pairs)


def _check(pairs) -> None:
    keys = [key for key, _value in pairs]
    assert keys[:5] == FIRST, "mandatory keys first, in their order"
    assert len(set(keys)) == len(keys), "a key twice"
    assert set(keys) <= set(LONGEST) | WITHOUT_LENGTH, "unknown keys"
    for key, value in pairs:
        assert 1 <= len(value) <= LONGEST.get(key, 1000), key
        assert key not in DIGITS or (value.isascii() and value.isdigit()), key
        assert value.isprintable(), key
