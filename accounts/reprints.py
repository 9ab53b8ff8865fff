"""Papers that say what is no longer right about a person: upper apps register who finds them."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import Person


@dataclass(frozen=True)
class Paper:
    """A paper to print again: its name for people, and the page of the staff where it lies."""

    name: str
    address: str


Find = Callable[[Person], list[Paper]]
_finders: list[Find] = []


def register(find: Find) -> None:
    """`find(person)` lists an app's open papers that differ from what is known today."""
    if find not in _finders:
        _finders.append(find)


def wrong_papers(person: Person) -> list[Paper]:
    return [paper for find in _finders for paper in find(person)]
