"""Passwords known from breaches, offline: a file of sorted hashes, five bytes each.

What it was made of and how stands in docs/decisions; `manage.py breached_list` makes it anew.
A password that is in no list is refused by chance once in a million.
"""

import hashlib
import mmap
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "breached.bin"
WIDTH = 5
LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю"
TO_LATIN = str.maketrans(RUSSIAN, LATIN)
TO_RUSSIAN = str.maketrans(LATIN, RUSSIAN)


def is_breached(password: str) -> bool:
    """As typed, or as typed with the other layout of the keyboard; capitals do not help."""
    small = password.casefold()
    spellings = {small, small.translate(TO_LATIN), small.translate(TO_RUSSIAN)}
    return any(_listed(_hash(spelling)) for spelling in spellings)


def pack(passwords: Iterable[str]) -> bytes:
    return b"".join(sorted({_hash(password.casefold()) for password in passwords}))


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode(errors="surrogatepass")).digest()[:WIDTH]


def _listed(wanted: bytes) -> bool:
    data = _file()
    low, high = 0, len(data) // WIDTH
    while low < high:
        middle = (low + high) // 2
        if data[middle * WIDTH : (middle + 1) * WIDTH] < wanted:
            low = middle + 1
        else:
            high = middle
    return data[low * WIDTH : (low + 1) * WIDTH] == wanted


@cache
def _file() -> mmap.mmap:
    with FILE.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
