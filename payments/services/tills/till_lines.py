"""Lines of the Treasury behind an entry of the cash desk whose day two of the staff put right.

The line stays as it was sent. Its place is closed and opened with the right entry, and it is
decided anew whether the money was in time.
"""

from django.utils.translation import gettext as _

from payments.errors import TillPosted
from payments.models import (
    Place,
    Placement,
    QueueReason,
    Receipt,
    ReceiptStatus,
    StatementLine,
    TillPayment,
)
from payments.services.ledger import joining
from payments.services.ledger.books import Books, as_it_is
from payments.services.ledger.ledger import place_lines
from payments.services.ledger.locks import hold_accounts


def hold(taken: TillPayment) -> None:
    hold_accounts(_places(taken).values_list("line__account__number", flat=True))


def is_posted(taken: TillPayment) -> bool:
    return _places(taken).exists()


def require_movable(taken: TillPayment) -> None:
    """Refuse where more is known of the line than this entry: an accountant decides.

    Raises TillPosted.
    """
    lines = _places(taken).values("line")
    if Placement.objects.current().filter(line__in=lines).count() > 1:
        raise TillPosted
    if _places(taken).exclude(place__in=[Place.MATCHED, Place.QUEUE]).exists():
        raise TillPosted


def follow(taken: TillPayment, right: TillPayment) -> list[StatementLine]:
    """The place of its money names the right entry and waits; the caller decides the lines."""
    books, rows = Books(), list(_places(taken).select_related("line"))
    joining.let_go(rows)
    for row in rows:
        books.instead(row, [as_it_is(row, **_waiting(right))])
    books.write()
    settled = [row.receipt_id for row in rows if row.place == Place.MATCHED and row.receipt_id]
    posted = Receipt.objects.filter(pk__in=settled, status=ReceiptStatus.POSTED)
    posted.update(status=ReceiptStatus.FORMED, posted_on=None)
    return [row.line for row in rows]


def _waiting(right: TillPayment) -> dict:
    return {
        "place": Place.QUEUE,
        "queue_reason": QueueReason.DAY_UNKNOWN,
        "reason": _("The day of the cash desk was put right."),
        "till_payment_id": right.pk,
        "months": 0,
    }


def decide_anew(lines: list[StatementLine]) -> None:
    fresh = StatementLine.objects.filter(pk__in=[line.pk for line in lines])
    if lines:
        place_lines(list(fresh.prefetch_related("placements")))


def _places(taken: TillPayment):
    return Placement.objects.current().filter(till_payment=taken)
