"""Lines about which something is to be decided: what matters of them, and whom they name."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.db.models.fields.json import KeyTextTransform

from patents.models import Inn
from payments.matching import MoneyIn
from payments.models import Placement, Receipt, StatementLine
from payments.models.payer_banks import came_by_own_bank
from payments.services.ledger import elsewhere
from payments.services.ledger.called import ByInn, others_named
from payments.services.ledger.signs import ByPaper, holders_of_papers, owners_of_uins


class Incoming(Protocol):
    """A line as it is kept, or as it stands in a file."""

    amount: Decimal
    posted_on: date
    day: date | None
    order_day: date | None
    purpose: str
    payer_account: str
    payer_inn: str
    said: str
    notice: "Incoming | None"


@dataclass(frozen=True, slots=True)
class Entry:
    """`people` own its receipts or, where it names none that we know, its INNs, with those whom the
    purpose names beside the owner of the only INN; `before` are the places of its money now."""

    line_id: int
    money: MoneyIn
    references: Sequence[str]
    people: Collection[int]
    before: Sequence[Placement] = ()


def entries_of(lines: Collection[StatementLine]) -> list[Entry]:
    """Costs less where the places were read together with the lines."""
    prefetch_related_objects(list(lines), "shared", "told_by__notice")
    astray = elsewhere.of_lines([line.pk for line in lines])
    moneys = {line.pk: replace(money_in(line), **astray.get(line.pk, {})) for line in lines}
    named = {pk: (money.references, money.inns) for pk, money in moneys.items()}
    people = _people(moneys, named, _by_other_signs(lines, named))
    return [
        Entry(line.pk, moneys[line.pk], named[line.pk][0], people[line.pk], current(line))
        for line in lines
    ]


def as_they_are_now(entries: Collection[Entry]) -> list[Entry]:
    """With the places of this moment; the caller holds the people."""
    rows, found = Placement.objects.current(), defaultdict(list)
    rows = rows.filter(line__any_of=[one.line_id for one in entries])
    for row in rows.select_related("application", "line").defer("line__raw"):
        found[row.line_id].append(row)
    return [replace(one, before=found[one.line_id]) for one in entries]


def current(line: StatementLine) -> list[Placement]:
    return [row for row in line.placements.all() if row.closed_at is None]


def money_in(line: Incoming) -> MoneyIn:
    return MoneyIn(
        line.amount,
        line.posted_on,
        line.day,
        line.purpose,
        line.payer_inn or _inn_of_notice(line),
        line.said,
        of_till=_of_till(line),
        of_bank=came_by_own_bank(line),
    )


def _of_till(line: Incoming) -> bool | None:
    """None where no setting, or no account in the line, says who brought the money."""
    tills = settings.TILL_PAYERS
    if not tills:
        return None
    if not {line.payer_account, line.payer_inn}.isdisjoint(tills):
        return True
    return False if line.payer_account else None


def _inn_of_notice(line: Incoming) -> str:
    return line.notice.payer_inn if line.notice else ""


def _by_other_signs(
    lines: Collection[StatementLine], named: dict[int, tuple]
) -> dict[int, set[int]]:
    """Costs nothing where no line has a UIN or a notice of ГИС ГМП without an INN."""
    owners = owners_of_uins({line.pk: line.uin for line in lines})
    told = [line.pk for line in lines if line.payment_id and not named[line.pk][1]]
    for pk, people in (holders_of_papers(_papers(told)) if told else {}).items():
        owners[pk] |= people
    return owners


def _papers(keys: list[int]) -> list[ByPaper]:
    identifier = KeyTextTransform("Payer.payerIdentifier", "raw")
    rows = StatementLine.objects.filter(pk__in=keys).annotate(identifier=identifier)
    return [ByPaper(*row) for row in rows.values_list("pk", "identifier", "payer_name") if row[1]]


def _people(
    moneys: dict[int, MoneyIn], named: dict[int, tuple], signs: dict[int, set[int]]
) -> dict[int, set[int]]:
    owners = _owners_of({number for numbers, _inns in named.values() for number in numbers})
    holders = _holders_of({inn for _numbers, inns in named.values() for inn in inns})
    people, by_inn = {}, []
    for pk, (numbers, inns) in named.items():
        people[pk] = {owners[one] for one in numbers if one in owners}
        found = dict.fromkeys(signs.get(pk, ()), "")
        found |= {holders[one]: one for one in inns if one in holders}
        if found and not people[pk]:
            people[pk] = set(found)
            by_inn += [ByInn(pk, moneys[pk].purpose, *one) for one in _alone(found)]
    for pk, others in others_named(by_inn).items():
        people[pk] |= others
    return people


def _alone(found: dict[int, str]) -> Iterable[tuple[int, str]]:
    return found.items() if len(found) == 1 else ()


def _owners_of(references: set[str]) -> dict[str, int]:
    found = Receipt.objects.filter(reference__in=references)
    return dict(found.values_list("reference", "person_id"))


def _holders_of(inns: set[str]) -> dict[str, int]:
    return dict(Inn.objects.current().filter(value__in=inns).values_list("value", "person_id"))
