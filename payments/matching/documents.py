"""What a payer's identifier of ГИС ГМП says of a person's paper (domain facts 7.2).

A type of two digits and a number that is filled up with noughts: which of them are its own, nobody
can say, so each reading is asked for. Numbers of different countries may be equal: a paper leads to
its holder only where the payer is called so, too.
"""

import re

from accounts import papers
from payments.matching.called import is_of, pairs_of

OF_A_PERSON = re.compile(r"1([0-9]{2})([0-9A-ZА-Я]{19})")
NO_PAPERS = {"14", "21"}  # СНИЛС and INN
SHORTEST = 6  # signs of a passport


def numbers(identifier: str) -> list[str]:
    """How the number of the paper may stand in our records; none where it is no paper."""
    found = OF_A_PERSON.fullmatch(identifier)
    if not found or found[1] in NO_PAPERS:
        return []
    padded = papers.compact(found[2])
    bare = padded.lstrip("0")
    own_zeros = range(len(padded) - len(bare) + 1) if bare.isdigit() else [0]
    readings = ["0" * zeros + bare for zeros in own_zeros]
    return [one for one in readings if SHORTEST <= len(one) <= papers.LONGEST]


def is_holder(payer_name: str, written: str) -> bool:
    """Whether the payer is called as the holder of the paper; `written` as `Person` keeps it."""
    return any(is_of(pair, written.split()) for pair in pairs_of(payer_name))
