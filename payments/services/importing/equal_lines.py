"""How many of equal lines are real by all files together, and which rows those are."""

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from common.batches import batches
from payments.models import (
    Account,
    Place,
    QueueReason,
    RepeatDecision,
    Sighting,
    Statement,
    StatementLine,
    Verdict,
)
from payments.services.ledger.entries import current
from payments.statements.claims import Claim, Doubt, FileFacts, Word, claim, with_words

AT_ONCE = 2000
HELD_BY_RULES = {QueueReason.REPEAT, QueueReason.HELD}
FILE_FACTS = ("sender", "file_number", "formed_at", "first_day", "whole_through")


@dataclass
class Plan:
    """What is to happen to rows before anything is written."""

    decide: list[StatementLine] = field(default_factory=list)
    hold: list[tuple[StatementLine, Claim]] = field(default_factory=list)
    counted: list[StatementLine] = field(default_factory=list)


@dataclass
class Files:
    """The files that show some days of an account."""

    facts: dict[int, FileFacts]

    @classmethod
    def of(cls, account: Account, days: Iterable[date]) -> "Files":
        days = list(days)
        near = Statement.objects.speaking().filter(
            account=account, first_day__lte=max(days), last_day__gte=min(days)
        )
        rows = near.values_list("pk", *FILE_FACTS)
        return cls({pk: FileFacts(*facts) for pk, *facts in rows})

    def claim(self, day: date, seen: Iterable[tuple[int, int]], *, is_judged: bool = True) -> Claim:
        """`seen` are ids of statements with how many equal lines of the day each shows.

        `is_judged`: a statement of the whole day would show them, too.
        """
        whole = is_judged and any(file.is_whole_on(day) for file in self.facts.values())
        counts = [(self.facts[pk], count) for pk, count in seen]
        return claim(day, counts, whole_day_known=whole)


def claims_of(
    account: Account, days: dict[str, date], not_judged: Container[str] = ()
) -> dict[str, Claim]:
    """By digest, for digests with their days of posting; some of them no whole day judges."""
    if not days:
        return {}
    files, seen = Files.of(account, days.values()), defaultdict(list)
    for digest, statement_id, count in _sightings(files, days):
        seen[digest].append((statement_id, count))
    return {
        digest: files.claim(day, seen[digest], is_judged=digest not in not_judged)
        for digest, day in days.items()
    }


def _sightings(files: Files, days: dict[str, date]) -> Iterable[tuple[str, int, int]]:
    rows = Sighting.objects.filter(statement_id__in=files.facts).order_by("pk")
    for some in batches(list(days), AT_ONCE):
        found = rows.filter(digest__in=some)
        yield from found.values_list("digest", "statement_id", "count")


def plan_of(account: Account, claims: dict[str, Claim]) -> Plan:
    plan, words = Plan(), words_of(claims)
    for digest, rows in _rows_of(claims).items():
        _plan_rows(plan, account, rows, with_words(claims[digest], words[digest]))
    return plan


def words_of(digests: Iterable[str]) -> dict[str, list[Word]]:
    """What staff called honest payments, by the likeness of the lines."""
    found = defaultdict(list)
    for some in batches(list(digests), AT_ONCE):
        honest = RepeatDecision.objects.of_likeness(some).filter(verdict=Verdict.PAYMENT)
        for digest, *facts in honest.values_list("line__digest", "denied", "beside"):
            found[digest].append(Word(*facts))
    return found


def _rows_of(digests: Iterable[str]) -> dict[str, list[StatementLine]]:
    found = defaultdict(list)
    for some in batches(list(digests), AT_ONCE):
        rows = StatementLine.objects.filter(digest__in=some, repeats=None, divided_into=None)
        rows = rows.order_by("digest", "occurrence")
        rows = rows.prefetch_related("placements", "repeat_decisions")
        for row in rows.defer("raw"):
            found[row.digest].append(row)
    return found


def _plan_rows(plan: Plan, account: Account, rows: list[StatementLine], claim: Claim) -> None:
    """Hold or set aside what is beyond the real ones; decide about those without a place."""
    if rows[0].posted_on <= account.counted_through:
        plan.counted += filter(is_new, rows)
        return
    rows = sorted(rows, key=_least_worth_holding)
    plan.hold += [(row, claim) for row in rows[claim.real :] if not _stays_away(row, claim)]
    plan.decide += [row for row in rows[: claim.real] if _is_open(row)]


def _least_worth_holding(row: StatementLine) -> tuple:
    """Equal rows are as good as each other: what is decided already stays, receipts first."""
    places = current(row)
    settles = any(place.receipt_id for place in places)
    counts = any(place.place == Place.MATCHED for place in places)
    decided = bool(places) and not _is_held(row)
    return (is_copy(row), not settles, not counts, not decided, row.occurrence)


def is_new(row: StatementLine) -> bool:
    return not current(row)


def _is_open(row: StatementLine) -> bool:
    """Nobody decided about it, or that it is a copy, which the files prove wrong."""
    return is_new(row) or _is_held(row) or is_copy(row)


def is_copy(row: StatementLine) -> bool:
    """Two of the staff said so, and it lies where they put it."""
    said = [one for one in row.repeat_decisions.all() if one.withdrawn_by_id is None]
    is_said = any(one.verdict == Verdict.COPY for one in said)
    return is_said and _put_away_by_staff(row, {Place.SET_ASIDE})


def _stays_away(row: StatementLine, claim: Claim) -> bool:
    """What staff put away waits for nobody because of a doubt. What was given back and is proved a
    repeat is set aside all the same: it never came."""
    if not claim.shown and _lies_in(row, {Place.SET_ASIDE}):
        return True  # its statement was annulled: no file that is believed shows it
    only = {Place.SET_ASIDE} if claim.doubt == Doubt.REPEAT else {Place.SET_ASIDE, Place.RETURNED}
    return _put_away_by_staff(row, only)


def _put_away_by_staff(row: StatementLine, places: set[Place]) -> bool:
    return _lies_in(row, places) and all(one.decided_by_id for one in current(row))


def _lies_in(row: StatementLine, places: set[Place]) -> bool:
    rows = current(row)
    return bool(rows) and all(one.place in places for one in rows)


def _is_held(row: StatementLine) -> bool:
    """Held by these rules, not by a person."""
    return any(
        place.decided_by_id is None
        and (place.place == Place.SET_ASIDE or place.queue_reason in HELD_BY_RULES)
        for place in current(row)
    )


def why_held(claim: Claim) -> str:
    if claim.doubt == Doubt.REPEAT:
        return _("A repeat: the statement of the whole day shows %d of such lines.") % claim.real
    if claim.doubt == Doubt.ABSENT:
        return _("Another file shows this line, the statement of the whole day does not.")
    return _("Maybe a repeat: the files do not say whether they are copies of each other.")
