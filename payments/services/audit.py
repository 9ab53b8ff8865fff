"""The proof that no kopeck is missing; it reads, and mends nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from django.db.models import (
    Count,
    DecimalField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from payments.models import (
    Opening,
    OpeningCorrection,
    OpeningMonths,
    Place,
    Placement,
    Receipt,
    ReceiptStatus,
    Sighting,
    Statement,
    StatementLine,
)
from payments.pricing import monthly_on

NOTHING = Value(Decimal("0.00"), DecimalField(max_digits=16, decimal_places=2))


@dataclass(frozen=True)
class Audit:
    lines: int  # of money; notices about payments stand beside
    total: Decimal
    notices: int
    places: dict[str, Decimal]  # every place, those without money too
    faults: list[str]


@dataclass(frozen=True, slots=True)
class Span:
    """Days of posting, both included; None: without an end on this side."""

    first: date | None = None
    last: date | None = None

    def of(self, column: str) -> Q:
        found = Q()
        if self.first:
            found &= Q(**{f"{column}__gte": self.first})
        if self.last:
            found &= Q(**{f"{column}__lte": self.last})
        return found

    @property
    def of_statements(self) -> Q:
        """Files that speak of one of the days at least."""
        found = Q(last_day__gte=self.first) if self.first else Q()
        return found & Q(first_day__lte=self.last) if self.last else found


def audit(span: Span = Span()) -> Audit:
    """All lines, or those that were posted within some days; the opening belongs to all."""
    lines = StatementLine.objects.filter(span.of("posted_on"))
    found = lines.money().aggregate(count=Count("pk"), total=Coalesce(Sum("amount"), NOTHING))
    places = Placement.objects.filter(span.of("line__posted_on"))
    current = places.current().money().values_list("place").annotate(total=Sum("amount"))
    sums = dict(current.order_by("place"))
    return Audit(
        lines=found["count"],
        total=found["total"],
        notices=lines.notices().count(),
        places={place: sums.get(place, Decimal("0.00")) for place in Place.values},
        faults=[
            *_lines_not_placed(lines),
            *_months_not_paid_for(places),
            *_parts_not_whole(places),
            *_receipts(span, places),
            *_files(Statement.objects.finished().filter(span.of_statements)),
            *(() if span.first or span.last else _opening()),
            *_counted_again(places),
        ],
    )


def misplaced(lines):
    """Those whose places make another sum than their own: `placed`."""
    placed = Placement.objects.current().filter(line=OuterRef("pk")).values("line")
    placed = placed.annotate(total=Sum("amount")).values("total")
    lines = lines.annotate(placed=Coalesce(Subquery(placed), NOTHING))
    return lines.exclude(placed=F("amount")).order_by("pk")


def _lines_not_placed(lines) -> Iterator[str]:
    for line in misplaced(lines):
        yield _("line %(id)d: the sum is %(amount)s, in places there is %(placed)s") % {
            "id": line.pk,
            "amount": line.amount,
            "placed": line.placed,
        }


def _months_not_paid_for(places) -> Iterator[str]:
    """The months of a receipt cost what its tariff says."""
    matched = places.matched().filter(receipt__isnull=False)
    matched = matched.exclude(pk__in=Placement.objects.joint().values("pk"))
    for row in matched.exclude(amount=F("months") * F("receipt__monthly")).order_by("pk"):
        yield _("line %(line)d: its months do not fit receipt %(receipt)d") % {
            "line": row.line_id,
            "receipt": row.receipt_id,
        }


def _parts_not_whole(places) -> Iterator[str]:
    """Months from parts cost what a month did on the day of the last of them."""
    price = cache(monthly_on)
    last = places.joint().filter(completed_by__isnull=True)
    for row in last.order_by("pk").prefetch_related("parts"):
        parts = [part for part in row.parts.all() if part.closed_at is None]
        total, monthly = row.amount + sum(part.amount for part in parts), price(row.paid_on)
        if monthly is not None and total != row.months * monthly:
            yield _(
                "line %(line)d: its months from parts cost %(price)s, the parts are %(sum)s"
            ) % {
                "line": row.line_id,
                "price": row.months * monthly,
                "sum": total,
            }


def _receipts(span: Span, places) -> Iterator[str]:
    """A receipt is posted when, and only when, a line pays it; whatever became of the money."""
    there = [Place.MATCHED, Place.CREDIT, Place.RETURNED]
    paid = Exists(Placement.objects.current().filter(receipt=OuterRef("pk"), place__in=there))
    posted = Receipt.objects.filter(span.of("posted_on"), status=ReceiptStatus.POSTED)
    for receipt in posted.filter(~paid).order_by("pk"):
        yield _("receipt %d: posted, but no line pays it") % receipt.pk
    paying = places.current().filter(place__in=there, receipt__isnull=False)
    unposted = Receipt.objects.exclude(status=ReceiptStatus.POSTED)
    for receipt in unposted.filter(pk__in=paying.values("receipt")).order_by("pk"):
        yield _("receipt %d: a line pays it, but it is not posted") % receipt.pk


def _files(statements) -> Iterator[str]:
    """Every sum that a finished file told of stands in the lines."""
    money = StatementLine.objects.money()
    one = money.filter(digest=OuterRef("digest"), occurrence=1).values("amount")
    kept = money.filter(digest=OuterRef("digest"), occurrence=OuterRef("count"))
    told = Sighting.objects.filter(Exists(kept), statement__in=statements).annotate(
        told=Subquery(one) * F("count")
    )
    sums = dict(told.values_list("statement").annotate(total=Sum("told")))
    for pk, incoming in statements.order_by("pk").values_list("pk", "incoming"):
        if sums.get(pk, Decimal("0.00")) != incoming:
            yield _("statement %(id)d: its lines make %(incoming)s, kept are %(kept)s") % {
                "id": pk,
                "incoming": incoming,
                "kept": sums.get(pk, Decimal("0.00")),
            }


def _opening() -> Iterator[str]:
    """Without their corrections the months of the opening make the totals that its file named."""
    rows = OpeningMonths.objects.aggregate(months=Sum("months"), amount=Sum("amount"))
    moved = OpeningCorrection.objects.aggregate(
        months=Sum(F("months") - F("months_before"), output_field=IntegerField()),
        amount=Sum(F("amount") - F("amount_before")),
    )
    found = {
        "months": (rows["months"] or 0) - (moved["months"] or 0),
        "amount": (rows["amount"] or Decimal("0.00")) - (moved["amount"] or Decimal("0.00")),
    }
    for opening in Opening.objects.all():
        if (opening.months, opening.amount) != (found["months"], found["amount"]):
            yield _(
                "the opening named %(named)d months for %(sum)s, kept are %(months)d for %(amount)s"
            ) % (found | {"named": opening.months, "sum": opening.amount})


def _counted_again(places) -> Iterator[str]:
    """A line of the days that an opening holds is set aside: its months are counted there."""
    before = places.matched().filter(line__posted_on__lte=F("line__account__counted_through"))
    for row in before.order_by("pk"):
        yield _("line %d: counted in the opening, and once more as paid months") % row.line_id
