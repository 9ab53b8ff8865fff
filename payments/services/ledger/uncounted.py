"""Months that a code of another tax or region takes back: whoever read that they count hears, once,
that they do not, as where staff take money back."""

from collections.abc import Iterable

from notifications.services import queue, was_told
from payments.messages import (
    FIRST_PAYMENT_POSTED,
    LAPSE_WITHDRAWN,
    PART_POSTED,
    PAYMENT_POSTED,
    PAYMENT_UNCOUNTED,
    SECOND_POSTED,
    SECOND_WAS_ONE,
)
from payments.models import Place, Placement, SamePayment

# Their subject is the place of money that counts.
OF_MONTHS = (
    *(PAYMENT_POSTED.code, FIRST_PAYMENT_POSTED.code, PART_POSTED.code, LAPSE_WITHDRAWN.code),
    *(SECOND_POSTED.code, SECOND_WAS_ONE.code),
)


def tell(rows: Iterable[Placement]) -> None:
    """Of places that were just closed. What was promised and not sent yet says nothing any more,
    and needs no other word. The caller holds the applications."""
    for row in rows:
        if row.place == Place.MATCHED and _is_read(row):
            queue(PAYMENT_UNCOUNTED, row.pk, key=f"payment-uncounted:{row.pk}")


def _is_read(row: Placement) -> bool:
    """Of this place, or of one that left its money to it: a notice leaves it to its line."""
    person_id = row.application.person_id
    notices = SamePayment.objects.filter(line=row.line_id).values_list("notice_id", flat=True)
    same = Placement.objects.filter(
        line__in=[row.line_id, *notices], application=row.application_id
    )
    places = same.order_by("pk").values_list("pk", flat=True)
    return any(was_told(person_id, OF_MONTHS, pk) for pk in places)
