"""Standings of many people on one day, by the question that the home page asks for one."""

from collections.abc import Iterator, Sequence
from datetime import date

from bench.simulation.oracle import Said
from cabinet.front import QUESTION
from common.batches import batches
from common.questions import Answer
from payments.facts import facts_said
from payments.standing import standing

AT_ONCE = 1000


def answers(people: Sequence[int], day: date) -> Iterator[tuple[int, Answer]]:
    for some in batches(people, AT_ONCE):
        yield from zip(some, QUESTION.ask_of_each("person", some, day=day), strict=True)


def said(answer: Answer, day: date) -> Said:
    """What home shows, and what others are told."""
    found = standing(facts_said(answer, day), day)
    return Said(found.state.value, found.third_party.value)
