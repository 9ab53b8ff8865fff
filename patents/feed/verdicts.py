"""What becomes of an item, and how one word is chosen among several about the same thing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from patents.feed.facts import Fact
from patents.models import FeedReason, FeedStatus


@dataclass(frozen=True, slots=True)
class Verdict:
    status: FeedStatus
    reason: FeedReason | None = None


APPLIED = Verdict(FeedStatus.APPLIED)
KNOWN = Verdict(FeedStatus.KNOWN)
SUPERSEDED = Verdict(FeedStatus.SUPERSEDED)


def bad(reason: FeedReason) -> Verdict:
    return Verdict(FeedStatus.BAD, reason)


def waits(reason: FeedReason) -> Verdict:
    return Verdict(FeedStatus.WAITING, reason)


Word = tuple[type[Fact], tuple]


def word_of(fact: Fact) -> Word:
    """What is said, and about what: whoever says it again says the same."""
    return (type(fact), fact.word)


def is_ahead(fact: Fact, today: date) -> bool:
    """A day that has not come, or a stamp that would outlive every later word."""
    return fact.occurred > today or fact.recorded_at.date() > today + timedelta(days=1)


@dataclass
class Verdicts:
    """Verdicts by the key of their item. Whoever has one is out of the choice."""

    of: dict[str, Verdict] = field(default_factory=dict)

    def give(self, facts: Iterable[Fact], verdict: Verdict) -> None:
        self.of.update((fact.key, verdict) for fact in facts)

    def sift(self, facts: Iterable[Fact], spoils, verdict: Verdict) -> list[Fact]:
        """The facts that are left when the spoilt ones have their verdict."""
        facts = list(facts)
        self.give((fact for fact in facts if spoils(fact)), verdict)
        return [fact for fact in facts if fact.key not in self.of]

    def sift_undone(self, facts: Iterable[Fact], undone: Collection[Word]) -> list[Fact]:
        """A word that two of the staff undid does not come back by being said again."""
        spoils = bad(FeedReason.UNDONE_BEFORE)
        return self.sift(facts, lambda fact: word_of(fact) in undone, spoils)

    def choose(self, facts: Iterable[Fact]) -> Fact | None:
        """The word recorded last stands; who said it first is applied, the others are told why.

        Two different words of one instant cannot both be the last: one of them goes to the staff.
        """
        facts = sorted(facts, key=lambda fact: fact.age)
        if not facts:
            return None
        last = facts[-1]
        agreeing = [fact for fact in facts if fact.word == last.word]
        for fact in facts:
            self.of[fact.key] = _beside(last, fact)
        self.give(agreeing, KNOWN)
        self.of[agreeing[0].key] = APPLIED
        return agreeing[0]


def _beside(last: Fact, fact: Fact) -> Verdict:
    if fact.recorded_at == last.recorded_at:
        return bad(FeedReason.SAME_INSTANT)
    return SUPERSEDED
