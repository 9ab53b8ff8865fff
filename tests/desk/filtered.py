"""Cases of the lists' filters: what makes a row that stays and one that goes."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.factories import ApplicationFactory


@dataclass(frozen=True)
class Case:
    """`makes` gives the row that stays and the one that goes."""

    query: dict
    makes: Callable[[], tuple]


def pair(make, stays: dict, goes: dict) -> Callable[[], tuple]:
    return lambda: (make(**stays), make(**goes))


def of_new(make) -> Callable:
    """A row about an application of its own."""
    return lambda **facts: make(ApplicationFactory(), **facts)
