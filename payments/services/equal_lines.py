"""How many of equal lines are real by all files together, and which rows those are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from common.batches import batches
from payments.models import Account, Place, QueueReason, Sighting, Statement, StatementLine
from payments.services.entries import current
from payments.statements.claims import Claim, Doubt, FileFacts, claim

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

    def claim(self, day: date, seen: Iterable[tuple[int, int]]) -> Claim:
        """`seen` are ids of statements with how many equal lines of the day each shows."""
        whole = any(file.is_whole_on(day) for file in self.facts.values())
        counts = [(self.facts[pk], count) for pk, count in seen]
        return claim(day, counts, whole_day_known=whole)


def claims_of(account: Account, days: dict[str, date]) -> dict[str, Claim]:
    """By digest, for digests with their days of posting."""
    if not days:
        return {}
    files, seen = Files.of(account, days.values()), defaultdict(list)
    for digest, statement_id, count in _sightings(files, days):
        seen[digest].append((statement_id, count))
    return {digest: files.claim(day, seen[digest]) for digest, day in days.items()}


def _sightings(files: Files, days: dict[str, date]) -> Iterable[tuple[str, int, int]]:
    rows = Sighting.objects.filter(statement_id__in=files.facts).order_by("pk")
    for some in batches(list(days), AT_ONCE):
        found = rows.filter(digest__in=some)
        yield from found.values_list("digest", "statement_id", "count")


def plan_of(account: Account, claims: dict[str, Claim]) -> Plan:
    plan = Plan()
    for digest, rows in _rows_of(claims).items():
        _plan_rows(plan, account, rows, claims[digest])
    return plan


def _rows_of(digests: Iterable[str]) -> dict[str, list[StatementLine]]:
    found = defaultdict(list)
    for some in batches(list(digests), AT_ONCE):
        rows = StatementLine.objects.filter(digest__in=some).order_by("digest", "occurrence")
        for row in rows.defer("raw").prefetch_related("placements"):
            found[row.digest].append(row)
    return found


def _plan_rows(plan: Plan, account: Account, rows: list[StatementLine], claim: Claim) -> None:
    """Hold or set aside what is beyond the real ones; decide about those without a place."""
    if rows[0].posted_on <= account.counted_through:
        plan.counted += filter(is_new, rows)
        return
    rows = sorted(rows, key=_least_worth_holding)
    plan.hold += [(row, claim) for row in rows[claim.real :]]
    plan.decide += [row for row in rows[: claim.real] if is_new(row) or _is_held(row)]


def _least_worth_holding(row: StatementLine) -> tuple:
    """Equal rows are as good as each other: what is decided already stays, receipts first."""
    places = current(row)
    settles = any(place.receipt_id for place in places)
    counts = any(place.place == Place.MATCHED for place in places)
    decided = bool(places) and not _is_held(row)
    return (not settles, not counts, not decided, row.occurrence)


def is_new(row: StatementLine) -> bool:
    return not current(row)


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
