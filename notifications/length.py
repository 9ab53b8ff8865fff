"""How many SMS a text is: operators bill by parts, and a long one comes in pieces on old phones."""

from functools import cache

import gsm0338  # registers the codec

ALPHABET = gsm0338.Codec.NAME


def segments(text: str) -> int:
    """Parts of a text: 160, then 153 septets in GSM-7; 70, then 67 units in UCS-2 (Cyrillic)."""
    if fits_gsm(text):
        return _parts([_septets(sign) for sign in text], whole=160, part=153)
    return _parts([2 if ord(sign) > 0xFFFF else 1 for sign in text], whole=70, part=67)


def fits_gsm(text: str) -> bool:
    """Whether every sign is of the phones' own alphabet: one other halves the room of all."""
    return all(map(_septets, text))


@cache  # the alphabet is small, a sign of another one costs an exception
def _septets(sign: str) -> int:
    """None at all where GSM-7 does not have the sign."""
    return len(sign.encode(ALPHABET, "ignore"))


def _parts(widths: list[int], *, whole: int, part: int) -> int:
    """A character of two units is not cut between two parts."""
    if sum(widths) <= whole:
        return 1
    count, used = 1, 0
    for width in widths:
        if used + width > part:
            count, used = count + 1, 0
        used += width
    return count
