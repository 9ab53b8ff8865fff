"""Whom waiting money is like, looked up for the clerk, and by which day that person must pay.

The list of what waits is read in the order of those days: first whoever may be told something
wrong. Nothing here moves money. The points are given by `matching.likeness`, which is pure.

An import looks for its own lines before its days are complete; what it leaves, and what fails,
keeps them incomplete until the next minute (`completeness`): nobody hears in between that nothing
came.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from accounts.models import Passport, Person
from common import clock
from common.batches import batches
from common.mishaps import log_mishap
from patents.models import Application, Inn, Patent
from payments import matching
from payments.facts import standing_of
from payments.matching import scores
from payments.matching.called import pairs_of
from payments.matching.likeness import Candidate, Mark, OpenPaper, Suspect, Words, candidates
from payments.models import Account, Placement, Receipt, Statement
from payments.models.places import LOOKED_FOR
from payments.pricing import monthly_on
from payments.services.importing import completeness, now_known
from payments.services.importing.namesakes import Called, Namesakes
from payments.services.ledger import locks
from payments.services.ledger.called import people_called
from payments.services.ledger.payers import years_of
from payments.standing import State

logger = logging.getLogger(__name__)
LOCK = "weigh waiting money"
AT_ONCE = 200
MOST_IN_A_RUN = 1000
SHOWN = 5  # candidates beside a line
# Beside a line whose payer has a name of many, for the clerk to read.
CROWD = {"application": None, "receipt": None, "score": scores.NOBODY, "marks": [Mark.CROWD.value]}
STALE = timedelta(hours=1)  # by then other money may have moved the day
# Whom a wrong word may reach: of the others the patent is over, or there is none yet.
LIVING = {
    *(State.LAPSED, State.TRACING, State.IN_TRANSIT),
    *(State.UNSEEN, State.DUE, State.VALID),
}


def weigh_waiting() -> int:
    """Look for candidates where nobody has looked yet, and again where it was long ago, and post
    what has become known; returns for how many sums. Nothing while another run is at it."""
    if not locks.take(LOCK):
        return 0
    try:
        return _weigh_waiting()
    finally:
        locks.give_back(LOCK)


def _weigh_waiting() -> int:
    rows = Placement.objects.queued().select_related("line", "application")
    new = rows.filter(weighed_at=None).order_by("pk")[:MOST_IN_A_RUN]
    old = rows.filter(weighed_at__lt=clock.now() - STALE).order_by("weighed_at", "pk")
    found = [*new, *old[:AT_ONCE]]
    waited_for = {row.line.account_id for row in found if row.weighed_at is None}
    _weigh_some(found)
    now_known.post_what_is_known(found)
    _let_days_be_complete(waited_for)
    return len(found)


def weigh_lines_of(statement: Statement) -> None:
    """As much as a minute may take: of a file of strangers the rest is looked for afterwards."""
    rows = Placement.objects.unweighed().filter(line__statement=statement).order_by("pk")
    _weigh_some(list(rows.select_related("line", "application")[:MOST_IN_A_RUN]))


def weigh_what_is_left(line_id: int) -> None:
    """Of a line that staff have just decided about: what waits of it still may be somebody's, and
    nobody hears before the next minute that nothing came."""
    rows = Placement.objects.unweighed().filter(line=line_id).order_by("pk")
    _weigh_some(list(rows.select_related("line", "application")))


def _weigh_some(rows: Collection[Placement]) -> None:
    for some in batches(rows, AT_ONCE):
        try:
            with transaction.atomic():
                weigh(some)
        except Exception:
            _weigh_each(some)


def _weigh_each(rows: Iterable[Placement]) -> None:
    """One of them fails: it harms no other, and its own day goes on waiting."""
    for row in rows:
        try:
            with transaction.atomic():
                weigh([row])
        except Exception as error:
            log_mishap(logger, f"nobody can look whose the waiting money {row.pk} may be", error)


def _let_days_be_complete(account_ids: Collection[int]) -> None:
    for account in Account.objects.filter(pk__in=account_ids).order_by("pk"):
        with transaction.atomic():
            locks.hold_accounts([account.number])
            completeness.recompute(Account.objects.get(pk=account.pk))


def weigh(rows: Collection[Placement]) -> None:
    """Keep beside each waiting sum its candidates, its score and its day."""
    found = _looked_up([row for row in rows if is_looked_for(row)])
    strangers = {pk for pk, one in found.items() if one == Found()}
    _keep_strangers(strangers)
    some = [row for row in rows if row.pk not in strangers]
    days = _days({row.pk: _application_of(row, found.get(row.pk)) for row in some})
    for row in some:
        if row.pk in found:
            _keep(row, found[row.pk])
        row.urgent_on, row.weighed_at = days[row.pk], clock.now()
    fields = ["likely", "score", "may_be_of", "urgent_on", "weighed_at"]
    Placement.objects.queued().bulk_update(some, fields)


def _keep_strangers(ids: Collection[int]) -> None:
    """Most of what waits is like nobody: one statement for all of it."""
    rows = Placement.objects.queued().filter(pk__in=ids)
    rows.update(likely=[], score=0, may_be_of=[], urgent_on=None, weighed_at=clock.now())


def _keep(row: Placement, found: "Found") -> None:
    row.likely = [_kept(one) for one in found.shown[:SHOWN]]
    if found.is_crowd:
        row.likely.append(CROWD)
    row.score = max((one.score for one in found.all), default=scores.NOBODY)
    row.may_be_of = _may_be_of(found.all)


def is_looked_for(row: Placement) -> bool:
    """Money of nobody; also that of a known INN whose patents are over: it cannot be taken."""
    return row.application_id is None and row.queue_reason in LOOKED_FOR


@dataclass(frozen=True, slots=True)
class Found:
    """`shown` are the candidates for a clerk, `all` also those of a name that many have: nothing
    but their name speaks for them."""

    shown: tuple[Candidate, ...] = ()
    all: tuple[Candidate, ...] = ()
    is_crowd: bool = False


def likely(rows: Collection[Placement]) -> dict[int, tuple[Candidate, ...]]:
    """Candidates by place, the best first."""
    return {pk: found.shown for pk, found in _looked_up(rows).items()}


def _looked_up(rows: Collection[Placement]) -> dict[int, Found]:
    """By place; a few questions for all rows and some for each name."""
    said, called = {row.pk: _words(row) for row in rows}, Called()
    alike = {row.pk: called.of(row.line) for row in rows}
    people = _people(rows, said, alike)
    asked = {pk: people[pk] | alike[pk].many for pk in people}
    known = _suspects({one for some in asked.values() for one in some}, clock.today())
    monthly = {day: monthly_on(day) for day in {words.paid_on for words in said.values()}}
    return {
        row.pk: _found(
            candidates(
                said[row.pk],
                [known[one] for one in sorted(asked[row.pk]) if one in known],
                monthly[said[row.pk].paid_on],
            ),
            {known[one].application_id for one in people[row.pk] if one in known},
            alike[row.pk],
        )
        for row in rows
    }


def _found(some: list[Candidate], hinted: Collection[int], alike: Namesakes) -> Found:
    shown = tuple(one for one in some if one.application_id in hinted)
    return Found(shown, tuple(some), alike.is_crowd)


def _words(row: Placement) -> Words:
    line = row.line
    return Words.of(
        amount=row.amount,
        paid_on=row.paid_on or line.paid_on or line.posted_on,
        payer_name=line.payer_name,
        payer_inn=line.payer_inn,
        purpose=line.purpose,
    )


def _kept(one: Candidate) -> dict:
    return {
        "application": one.application_id,
        "receipt": one.receipt_id,
        "score": one.score,
        "marks": [str(mark) for mark in one.marks],
    }


def _may_be_of(found: Iterable[Candidate]) -> list[int]:
    return [one.application_id for one in found if one.score >= scores.MAY_BE]


def _application_of(row: Placement, found: Found | None) -> int | None:
    return found.shown[0].application_id if found and found.shown else row.application_id


def _days(applications: dict[int, int | None]) -> dict[int, date | None]:
    """By place, the day by which the person of its application pays."""
    keys = {key for key in applications.values() if key}
    owners = Person.objects.filter(applications__in=keys).distinct()
    by_person = {person.pk: _pays_by(person) for person in owners}
    of = dict(Application.objects.filter(pk__in=keys).values_list("pk", "person_id"))
    return {pk: by_person.get(of.get(key)) for pk, key in applications.items()}


def _pays_by(person: Person) -> date | None:
    standing = standing_of(person)
    return standing.pay_by if standing.state in LIVING else None


# --- who may be meant


def _people(
    rows: Iterable[Placement], said: dict[int, Words], alike: dict[int, Namesakes]
) -> dict[int, set[int]]:
    """Ids of people by place: whoever has a number that stands there, and whoever is called so."""
    holders = _holders(said.values())
    pairs = {row.pk: pairs_of(row.line.purpose) for row in rows}
    named = people_called({pair for some in pairs.values() for pair in some})
    found = {}
    for row in rows:
        words = said[row.pk]
        signs = words.references | words.near_references | words.numbers | words.near_inns
        mine = {person for sign in signs for person in holders[sign]}
        mine |= {person for pair in pairs[row.pk] for person in named[pair]}
        found[row.pk] = mine | alike[row.pk].few
    return found


def _holders(said: Iterable[Words]) -> dict[str, set[int]]:
    """Number → ids of people; each kind of number by its own index."""
    said, found = list(said), defaultdict(set)
    numbers = sorted({number for words in said for number in words.numbers | words.near_inns})
    papers = sorted({one for words in said for one in words.references | words.near_references})
    for asked in (
        Receipt.objects.filter(reference__in=papers).values_list("reference", "person_id"),
        Inn.objects.filter(value__in=numbers).values_list("value", "person_id"),
        Application.objects.filter(number__in=numbers).values_list("number", "person_id"),
        Passport.objects.filter(number__in=numbers).values_list("number", "person_id"),
        *_patents(numbers),
    ):
        for number, person_id in asked:
            found[number].add(person_id)
    return found


def _patents(numbers: Collection[str]) -> Iterable:
    """Their ten digits alone, or with the series of two before them."""
    tails = {number[-10:]: number for number in numbers if len(number) in (10, 12)}
    rows = Patent.objects.filter(number__in=sorted(tails))
    yield [
        (tails[number], person_id)
        for series, number, person_id in rows.values_list(
            "series", "number", "application__person_id"
        )
        if tails[number] in (number, series + number)
    ]


# --- what is known of them


def _suspects(person_ids: Collection[int], day: date) -> dict[int, Suspect]:
    people = Person.objects.whole().filter(pk__in=person_ids)
    people = people.prefetch_related("inns", "passports", "applications__patent")
    applications = {person.pk: list(person.applications.all()) for person in people}
    years = years_of([one.pk for some in applications.values() for one in some])
    papers = _papers(person_ids)
    return {
        person.pk: _suspect(
            person, _serving(person.pk, years[person.pk], applications[person.pk], day), papers
        )
        for person in people
        if applications[person.pk]
    }


def _serving(person_id: int, years, applications: list[Application], day: date) -> int:
    """Where their money would go; of people whose patents are all over, the last one."""
    serving = matching.years_for(matching.Payer(person_id, tuple(years)), day, None)
    return serving[0].application_id if serving else max(one.pk for one in applications)


def _suspect(person: Person, application_id: int, papers: dict[int, list[OpenPaper]]) -> Suspect:
    inns = sorted(person.inns.all(), key=lambda inn: inn.pk)
    patents = [one.patent for one in person.applications.all() if hasattr(one, "patent")]
    return Suspect(
        application_id,
        (person.last_name, person.first_name, person.middle_name),
        inn=next((inn.value for inn in inns if inn.valid_until is None), ""),
        former_inns=tuple(inn.value for inn in inns if inn.valid_until is not None),
        patents=tuple(form for one in patents for form in (one.number, one.series + one.number)),
        applications=tuple(one.number for one in person.applications.all()),
        passports=tuple(one.number for one in person.passports.all()),
        papers=tuple(papers[person.pk]),
    )


def _papers(person_ids: Collection[int]) -> dict[int, list[OpenPaper]]:
    found = defaultdict(list)
    rows = Receipt.objects.unpaid().filter(person__in=person_ids).order_by("pk")
    for person_id, *paper in rows.values_list("person_id", "pk", "reference", "amount"):
        found[person_id].append(OpenPaper(*paper))
    return found
