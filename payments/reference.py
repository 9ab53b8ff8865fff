"""The number of a receipt: eight characters that survive being read aloud and typed again.

Seven are random, the eighth checks them. Without 0, O, 1 and I nothing reads as something else.
"""

import re
from random import Random

from common.lookalikes import LOOKALIKES

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 8
PREFIX = "MMC"

_PLACES = {character: place for place, character in enumerate(ALPHABET)}
_SIGNS = frozenset(ALPHABET)
_GAP = r"[\s\-\u2010-\u2015\u2212_.]*"
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212_.]+")
_CODE = _GAP.join([f"[{ALPHABET}]"] * LENGTH)
_HALF = f"[{ALPHABET}]" * (LENGTH // 2)
_AFTER_PREFIX = re.compile(_GAP.join(["M", "M", "[CЦ]", f"(?=({_CODE}))"]))
_ALONE = re.compile(rf"(?<!\w)({_HALF}[\s\-\u2010-\u2015\u2212]?{_HALF})(?!\w)")


def _doubled(element: int) -> int:
    """Times x in GF(32), modulo the primitive polynomial x⁵ + x² + 1."""
    element <<= 1
    return element ^ 0b100101 if element & 0b100000 else element


_DOUBLED = tuple(map(_doubled, range(len(ALPHABET))))


def new(random: Random) -> str:
    """A number nobody can guess, if `random` is `secrets.SystemRandom()`."""
    body = "".join(random.choice(ALPHABET) for _place in range(LENGTH - 1))
    return body + check_character(body)


def check_character(body: str) -> str:
    """Finds every single wrong character and every two that changed places.

    A polynomial over the field of 32 elements: each place has its own weight, so a wrong
    character or an exchange of two different ones cannot leave the sum as it was.
    """
    total = 0
    for character in body:
        total = _DOUBLED[total ^ _PLACES[character]]
    return ALPHABET[total]


def is_valid(reference: str) -> bool:
    """Whether it is a whole normalised number whose check character agrees."""
    known = len(reference) == LENGTH and _SIGNS.issuperset(reference)
    return known and check_character(reference[:-1]) == reference[-1]


def normalise(text: str) -> str:
    """What a person typed, as we store it: Latin capitals, no prefix, no spaces or dashes."""
    plain = _SEPARATORS.sub("", _latin(text))
    return re.sub("^MM[CЦ](?=.{8}$)", "", plain)


def display(reference: str) -> str:
    """«7KQ4-MX2P»."""
    return f"{reference[:4]}-{reference[4:]}"


def find_in(text: str) -> list[str]:
    """All valid numbers in a purpose of payment, each once, in the order they appear.

    After the prefix anything may be glued on or broken apart; without it the number must stand
    alone, in one piece or in two halves.
    """
    latin = _latin(text)
    found = [
        (match.start(1), _SEPARATORS.sub("", match.group(1)))
        for pattern in (_AFTER_PREFIX, _ALONE)
        for match in pattern.finditer(latin)
    ]
    codes = dict.fromkeys(code for _place, code in sorted(found))
    return [code for code in codes if is_valid(code)]


def _latin(text: str) -> str:
    """Several times as quick as `translate`, and a statement has a million purposes."""
    text = text.upper()
    for cyrillic, latin in zip(*LOOKALIKES, strict=True):
        text = text.replace(cyrillic, latin)
    return text
