"""People whom a purpose names by their full name, though the INN of the line is somebody else's."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Person
from common.batches import batches
from payments.matching import called
from payments.matching.called import Pair

AT_ONCE = 40  # names in one question
MOST = 20  # of one name: who it is, nobody says anyway


@dataclass(frozen=True, slots=True)
class ByInn:
    """A line that leads to one person, by an INN alone."""

    key: int
    purpose: str
    person_id: int
    inn: str


def others_named(lines: Iterable[ByInn]) -> dict[int, set[int]]:
    """Line → people of ours whom its purpose names beside the holder of the INN, if any.

    Most purposes name nobody, or the holder: these cost one question for all lines together.
    """
    pairs = _foreign([one for one in lines if called.pairs_of(one.purpose)])
    found = people_called({pair for some in pairs.values() for pair in some})
    named = {key: {pk for pair in some for pk in found[pair]} for key, some in pairs.items()}
    return {key: people for key, people in named.items() if people}


def _foreign(lines: list[ByInn]) -> dict[int, list[Pair]]:
    asked = Person.objects.filter(pk__in={one.person_id for one in lines})
    names = dict(asked.values_list("pk", "written")) if lines else {}
    found = {
        one.key: called.others_said(one.purpose, owner=names[one.person_id], inn=one.inn)
        for one in lines
    }
    return {key: pairs for key, pairs in found.items() if pairs}


def people_called(pairs: Iterable[Pair]) -> dict[Pair, set[int]]:
    """By the two words, in whichever order, alphabet and case they stand."""
    found = defaultdict(set)
    for some in batches(sorted(pairs), AT_ONCE):
        patterns = {pair: re.compile(called.pattern(pair)) for pair in some}
        any_of_them = "|".join(one.pattern for one in patterns.values())
        rows = Person.objects.whole().filter(written__regex=any_of_them).order_by("pk")
        for pk, written in rows.values_list("pk", "written"):
            for pair, one in patterns.items():
                if one.match(written) and len(found[pair]) < MOST:
                    found[pair].add(pk)
    return found
