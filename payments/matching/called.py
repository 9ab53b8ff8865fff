"""Whether a purpose names another person than the one whose INN the line has.

A relative pays by their own INN and writes whose tax it is: then the INN does not say whose money
this is. Names are compared as `accounts.names` writes them, in whichever alphabet and case.
"""

import re
from collections.abc import Collection, Iterable

from accounts import names
from payments.matching import near

Pair = tuple[str, ...]

# What a case of Russian grammar puts at the end of a name, and what stood there before.
CASES = (
    *(("ОГО", "ИЙ"), ("ОМУ", "ИЙ"), ("ОЙ", "А"), ("ЕЙ", "Я"), ("ОМ", ""), ("ЫМ", ""), ("ЕМ", "Й")),
    *(("А", ""), ("У", ""), ("У", "А"), ("Е", ""), ("Е", "А"), ("Ы", "А"), ("И", "А"), ("И", "Я")),
    *(("Я", "Й"), ("Я", "Ь"), ("Ю", "Й"), ("Ю", "Ь"), ("Ю", "Я"), ("Е", "Я")),
)
SHORTEST_STEM = 3


def others_said(purpose: str, *, owner: str, inn: str) -> list[Pair]:
    """Two words side by side that may be somebody's name and are not the owner's.

    `owner` is the name of whoever has the INN, as `Person.written` keeps it. Where the purpose
    has both their name and the INN itself, it says whose money this is: none then.
    """
    pairs = pairs_of(purpose)
    of_owner = set(owner.split())
    foreign = [pair for pair in pairs if not is_of(pair, of_owner)]
    says_both = len(foreign) < len(pairs) and inn and inn in purpose
    return [] if says_both else foreign


def pairs_of(purpose: str) -> list[Pair]:
    return [pair for pair in near.names_said("", purpose) if len(pair) == 2]


def pattern(pair: Pair) -> str:
    """A regular expression of `Person.written`: both words are the last and the first name."""
    one, other = ("|".join(map(re.escape, sorted(forms(word)))) for word in pair)
    return f"^ (({one}) ({other})|({other}) ({one})) "


def forms(word: str) -> set[str]:
    """How the name that is said so may be written, whatever case the word stands in."""
    return {form for one in nominatives(word) for form in names.forms_of(one)}


def nominatives(word: str) -> Iterable[str]:
    word = word.upper()
    said = [word]
    for ending, before in CASES:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= SHORTEST_STEM:
            said.append(stem + before)
    return said


def is_of(pair: Pair, written: Collection[str]) -> bool:
    return all(not forms(word).isdisjoint(written) for word in pair)
