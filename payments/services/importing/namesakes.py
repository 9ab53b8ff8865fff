"""Whom the payer of waiting money is called as, where few are called so and where many are.

A name of many is no hint for the clerk, but each of them may have paid: while staff have not
decided, nobody of them may read that nothing came (decision 028).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from accounts import search
from payments.matching import near
from payments.models import StatementLine

FEW = 20  # more people of one name are no hint
MOST_HELD = 300  # so many of one name are looked at; a name of more holds nobody


@dataclass(frozen=True, slots=True)
class Namesakes:
    """Ids of people. `few` are candidates; `many` may have paid as well as anybody of their name;
    `is_crowd` also where there are too many to look at."""

    few: frozenset[int]
    many: frozenset[int] = frozenset()
    is_crowd: bool = False


class Called:
    """Who is called as the payers of some lines: each name is asked for once."""

    def __init__(self):
        self._few, self._many = cache(_few), cache(_many)

    def of(self, line: StatementLine) -> Namesakes:
        """Where too many have a pair of these names, whoever has all that the payer has."""
        said, whole = (
            near.names_said(line.payer_name, line.purpose),
            near.whole_name(line.payer_name),
        )
        pairs = {name for name in said if self._few(name) is None}
        names = {whole if whole and set(name) <= set(whole) else name for name in pairs}
        crowds = [name for name in names if self._few(name) is None]
        few = (self._few(name) for name in {*said, *names})
        return Namesakes(_all(filter(None, few)), _all(map(self._many, crowds)), bool(crowds))


def _all(some: Iterable[frozenset[int]]) -> frozenset[int]:
    return frozenset().union(*some)


def _few(name: tuple[str, ...]) -> frozenset[int] | None:
    """None where so many are called so that it is no hint."""
    return _up_to(FEW, name)


def _many(name: tuple[str, ...]) -> frozenset[int]:
    return _up_to(MOST_HELD, name) or frozenset()


def _up_to(most: int, name: tuple[str, ...]) -> frozenset[int] | None:
    asked = search.called(name).order_by("pk").values_list("pk", flat=True)
    some = frozenset(asked[: most + 1])
    return some if len(some) <= most else None
