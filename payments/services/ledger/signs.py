"""Whom a line leads to by what else it carries than a receipt or an INN: its UIN, a paper's number.

A UIN is the number of a charge, and a charge is one person's: whose money one line of it was, that
person's is the next. Our own receipts have none («0»).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from accounts.models import Passport
from payments.matching import documents
from payments.models import Placement, StatementLine


@dataclass(frozen=True, slots=True)
class ByPaper:
    """A line with the identifier of its payer, and how that payer is called."""

    key: int
    identifier: str
    payer_name: str


def holders_of_papers(lines: Iterable[ByPaper]) -> dict[int, set[int]]:
    """Line → people of ours who have the paper and are called as the payer."""
    numbers = {one: documents.numbers(one.identifier) for one in lines}
    asked = sorted({number for some in numbers.values() for number in some})
    found = defaultdict(set)
    for number, pk, written in _holders(asked) if asked else ():
        for one in (one for one, some in numbers.items() if number in some):
            if documents.is_holder(one.payer_name, written):
                found[one.key].add(pk)
    return found


def _holders(numbers: Collection[str]) -> Iterable[tuple[str, int, str]]:
    rows = Passport.objects.filter(number__in=numbers)
    return rows.values_list("number", "person_id", "person__written")


def owners_of_uins(uins: dict[int, str]) -> dict[int, set[int]]:
    """Line → people whose months other lines of its UIN are."""
    found, asked = defaultdict(set), defaultdict(list)
    for key, uin in uins.items():
        if uin:
            asked[uin].append(key)
    for uin, line_id, person_id in _matched_by(list(asked)) if asked else ():
        for key in asked[uin]:
            if key != line_id:
                found[key].add(person_id)
    return found


def _matched_by(uins: list[str]) -> Iterable[tuple[str, int, int]]:
    """The index of UINs holds only lines that have one: the question says so, too."""
    lines = StatementLine.objects.filter(uin__in=uins).exclude(uin="").order_by()
    rows = Placement.objects.matched().filter(line__in=lines.values("pk"))
    return rows.values_list("line__uin", "line_id", "application__person_id")
