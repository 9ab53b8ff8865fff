"""What became of the lines that a statement shows, and how far its import has come."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from payments.models import Placement, Said, Statement, StatementLine
from payments.reconciliation import Sums, ways


@dataclass(frozen=True, slots=True)
class Outcome:
    """`first_here` lines stand under this statement, the others came by an earlier file, too."""

    lines: int
    kept: int
    first_here: int
    placed: int
    notices: int  # of the kept ones; they bring no money
    amount: Decimal
    ways: tuple[Sums, ...]

    @property
    def percent(self) -> int:
        """How far the import has come."""
        return 100 if not self.lines else min(100, self.placed * 100 // self.lines)


def of(statement: Statement) -> Outcome:
    """Three questions, however many lines."""
    lines = lines_of(statement)
    brought = Sum("amount", filter=Q(said=Said.NEW), default=Decimal(0))
    notices = Count("pk", filter=~Q(said=Said.NEW))
    found = lines.aggregate(count=Count("pk"), amount=brought, notices=notices)
    places = Placement.objects.current().filter(line__in=lines)
    return Outcome(
        lines=statement.line_count,
        kept=found["count"],
        first_here=statement.lines.count(),
        placed=places.values("line").distinct().count(),
        notices=found["notices"],
        amount=found["amount"],
        ways=ways(places.money()),
    )


def lines_of(statement: Statement) -> QuerySet[StatementLine]:
    """All that look as one that the file shows, copies included."""
    shown = statement.sightings.values("digest")
    return StatementLine.objects.filter(account=statement.account_id, digest__in=shown)
