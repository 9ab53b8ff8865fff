"""Which INN stands: a pure function, as of a course."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from patents.feed.facts import InnAssigned
from patents.feed.verdicts import KNOWN, Verdict, Verdicts, Word, bad, is_ahead
from patents.models import FeedReason


@dataclass(frozen=True, slots=True)
class KnownInn:
    """`entered` is what the desk wrote down; `taken` are INNs in use by other people."""

    today: date
    entered: str = ""
    taken: frozenset[str] = frozenset()
    undone: frozenset[Word] = frozenset()


def decide_inn(
    known: KnownInn, facts: Collection[InnAssigned]
) -> tuple[InnAssigned | None, dict[str, Verdict]]:
    """The INN recorded last stands, unless the desk wrote down another one."""
    verdicts = Verdicts()
    facts = verdicts.sift_undone(facts, known.undone)
    facts = verdicts.sift(facts, lambda fact: is_ahead(fact, known.today), bad(FeedReason.FUTURE))
    if known.entered:
        others = verdicts.sift(facts, lambda fact: fact.value == known.entered, KNOWN)
        verdicts.give(others, bad(FeedReason.NOT_AS_AT_DESK))
        return None, verdicts.of
    free = verdicts.sift(facts, lambda fact: fact.value in known.taken, bad(FeedReason.INN_TAKEN))
    return verdicts.choose(free), verdicts.of
