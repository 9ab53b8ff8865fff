"""Which facts stand: a pure function of everything that is known, whatever order it came in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from patents.feed.facts import Annulled, Fact, Issued, Ready, Refused, Sent
from patents.feed.verdicts import KNOWN, Verdict, Verdicts, Word, bad, is_ahead, waits
from patents.models import FeedReason


@dataclass(frozen=True, slots=True)
class Handed:
    """A patent as the desk entered it."""

    on: date
    series: str
    number: str


@dataclass(frozen=True, slots=True)
class Known:
    """What stands without the feed: entered by the desk or brought by the opening.

    `ready` is the day of readiness. `taken` are series and number of patents of other applications.
    """

    today: date
    accepted_on: date
    sent: bool = False
    ready: date | None = None
    refused: bool = False
    handed: Handed | None = None
    annulled_on: date | None = None
    taken: frozenset[tuple[str, str]] = frozenset()
    undone: frozenset[Word] = frozenset()


@dataclass(frozen=True, slots=True)
class Course:
    """The facts of the feed that stand; None where it says nothing, or the desk's word stands."""

    sent: Sent | None = None
    ready: Ready | None = None
    refused: Refused | None = None
    issued: Issued | None = None
    annulled: Annulled | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    course: Course
    verdicts: dict[str, Verdict]


def decide(known: Known, facts: Collection[Fact]) -> Decision:
    """Of several words about one thing the last recorded stands; a stronger step bounds the others.

    What was granted stands against a refusal. What the desk entered stands.
    """
    verdicts = Verdicts()
    facts = _possible(known, facts, verdicts)
    issued = _issue(known, _of(Issued, facts), verdicts)
    handed = known.handed or (issued and Handed(issued.occurred, issued.series, issued.number))
    bound = handed.on if handed else None
    ready = _readiness(known, _of(Ready, facts), bound, verdicts)
    granted = bool(handed or ready or known.ready)
    course = Course(
        issued=issued,
        ready=ready,
        sent=_step(known.sent, _of(Sent, facts), ready.occurred if ready else bound, verdicts),
        refused=_refusal(known, _of(Refused, facts), granted, verdicts),
        annulled=_annulment(known, _of(Annulled, facts), handed, verdicts),
    )
    return Decision(course, verdicts.of)


def _of(kind: type[Fact], facts: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in facts if type(fact) is kind]


def _possible(known: Known, facts: Collection[Fact], verdicts: Verdicts) -> list[Fact]:
    """Facts whose day has come, and is not before the application itself."""
    facts = verdicts.sift_undone(facts, known.undone)
    come = verdicts.sift(facts, lambda fact: is_ahead(fact, known.today), bad(FeedReason.FUTURE))
    return verdicts.sift(
        come, lambda fact: fact.occurred < known.accepted_on, bad(FeedReason.BEFORE_ACCEPTED)
    )


def _issue(known: Known, facts: list[Fact], verdicts: Verdicts) -> Issued | None:
    if known.refused:
        verdicts.give(facts, bad(FeedReason.REFUSED_AT_DESK))
        return None
    if known.handed:
        return _as_at_the_desk(facts, lambda fact: _handed(fact) == known.handed, verdicts)
    free = verdicts.sift(
        facts, lambda fact: (fact.series, fact.number) in known.taken, bad(FeedReason.PATENT_TAKEN)
    )
    in_order = verdicts.sift(
        free,
        lambda fact: known.ready is not None and fact.occurred < known.ready,
        bad(FeedReason.OUT_OF_ORDER),
    )
    return verdicts.choose(in_order)


def _handed(fact: Issued) -> Handed:
    return Handed(fact.occurred, fact.series, fact.number)


def _as_at_the_desk(facts: list[Fact], agrees, verdicts: Verdicts) -> None:
    """The desk's word stands: the Ministry says the same, or staff look at both."""
    others = verdicts.sift(facts, agrees, KNOWN)
    verdicts.give(others, bad(FeedReason.NOT_AS_AT_DESK))


def _step(told: bool, facts: list[Fact], bound: date | None, verdicts: Verdicts) -> Fact | None:
    """A day of dispatch or of readiness, at the latest on `bound`; the desk knows its own day."""
    if told:
        verdicts.give(facts, KNOWN)
        return None
    in_order = verdicts.sift(
        facts, lambda fact: bound and fact.occurred > bound, bad(FeedReason.OUT_OF_ORDER)
    )
    return verdicts.choose(in_order)


def _readiness(
    known: Known, facts: list[Fact], bound: date | None, verdicts: Verdicts
) -> Ready | None:
    if known.refused:
        verdicts.give(facts, bad(FeedReason.REFUSED_AT_DESK))
        return None
    return _step(known.ready is not None, facts, bound, verdicts)


def _refusal(known: Known, facts: list[Fact], granted: bool, verdicts: Verdicts) -> Refused | None:
    if granted:
        verdicts.give(facts, bad(FeedReason.REFUSED_THOUGH_GRANTED))
        return None
    if known.refused:
        verdicts.give(facts, KNOWN)
        return None
    return verdicts.choose(facts)


def _annulment(
    known: Known, facts: list[Fact], handed: Handed | None, verdicts: Verdicts
) -> Annulled | None:
    if handed is None:
        verdicts.give(facts, waits(FeedReason.NOT_ISSUED_YET))
        return None
    if known.annulled_on:
        return _as_at_the_desk(facts, lambda fact: fact.occurred == known.annulled_on, verdicts)
    ours = verdicts.sift(
        facts, lambda fact: _is_another(fact, handed), bad(FeedReason.OTHER_PATENT)
    )
    in_order = verdicts.sift(
        ours, lambda fact: fact.occurred < handed.on, bad(FeedReason.OUT_OF_ORDER)
    )
    return verdicts.choose(in_order)


def _is_another(fact: Annulled, handed: Handed) -> bool:
    named = (fact.series, fact.number)
    return named not in (("", ""), (handed.series, handed.number))
