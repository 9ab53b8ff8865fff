"""Lines that named the worker alone, and that we heard of before what took their money.

They were counted by themselves, or wait; the same money must not count once more as money on its
way. Decided anew they find it. After the commit of whoever heard of it: the ledger's locks come
before every row's.
"""

from collections.abc import Collection
from datetime import date
from functools import cache

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation

from common.clock import moscow_day
from payments import matching
from payments.matching import Part
from payments.matching.facts import CLOCKS_DIFFER
from payments.models import Charge, Place, Placement, QueueReason, TillPayment
from payments.models.payer_banks import by_own_bank
from payments.pricing import monthly_on
from payments.services.ledger.books import Books
from payments.services.ledger.entries import Entry, entries_of
from payments.services.ledger.ledger import match_again
from payments.services.ledger.locks import hold_accounts
from payments.services.ledger.payers import as_if_without, locked_payer
from payments.shown import ORDER_DAYS

# Why money of a known person waits that may turn out to be what was taken.
MAY_BE_TAKEN = [
    *(QueueReason.DAY_UNKNOWN, QueueReason.AMOUNT, QueueReason.NO_ROOM, QueueReason.LATE),
]


def find(taken: Charge | TillPayment) -> None:
    """Give what was taken the line that told of it, where there is one.

    Two honest payments stay two: one line is taken at most, and it tells of nothing else then.
    """
    try_waiting(taken, MAY_BE_TAKEN)
    if _is_living(taken):
        any(_is_decided_anew(row.pk, taken) for row in _counted(taken))


def try_waiting(taken: Charge | TillPayment, why: Collection[QueueReason]) -> None:
    """Lines of the person that wait with this sum are decided anew."""
    waiting = Placement.objects.queued().filter(
        application__person_id=taken.receipt.person_id,
        queue_reason__in=why,
        amount=taken.amount,
    )
    rows = list(waiting)
    if rows:
        match_again(placements=rows)


def _is_living(taken: Charge | TillPayment) -> bool:
    return type(taken).objects.unposted().filter(pk=taken.pk).exists()


def _counted(taken: Charge | TillPayment) -> list[Placement]:
    """Months of the person's for this sum that nothing of ours took and no receipt named, of a
    line with a day near the one on which it was taken."""
    first, last = _day(taken) - CLOCKS_DIFFER, _day(taken) + ORDER_DAYS
    rows = Placement.objects.matched().filter(
        application__person_id=taken.receipt.person_id,
        amount=taken.amount,
        line__amount=taken.amount,
        receipt=None,
        charge=None,
        till_payment=None,
        decided_by=None,
        claims=None,
    )
    rows = rows.exclude(pk__in=Placement.objects.joint().values("pk"))
    near = Q(line__paid_on__range=(first, last), line__shared=None)
    no_day = Q(line__paid_on=None) | Q(line__shared__isnull=False)
    without = no_day & Q(line__posted_on__range=(first, last))
    return list(
        rows.filter(near | without).exclude(by_own_bank("line__")).order_by("paid_on", "pk")
    )


def _day(taken: Charge | TillPayment) -> date:
    return moscow_day(taken.captured_at) if isinstance(taken, Charge) else taken.taken_on


@transaction.atomic
def _is_decided_anew(pk: int, taken: Charge | TillPayment) -> bool:
    """Whether the line is what was taken; otherwise everything stays as it is."""
    row = Placement.objects.select_related("line__account").get(pk=pk)
    hold_accounts([row.line.account.number])
    payer = locked_payer(taken.receipt.person_id)
    [entry] = entries_of([row.line])
    if entry.references or [one.pk for one in entry.before] != [pk]:
        return False
    parts = _parts(entry, as_if_without(payer, [row]))
    if not _are_of(taken, parts):
        return False
    books = Books()
    books.move(entry, parts, payer)
    books.write()
    return True


def _parts(entry: Entry, payer: matching.Payer) -> tuple[Part, ...]:
    # A stored reason is read by the centre's staff, whoever runs this.
    with translation.override(settings.LANGUAGE_CODE):
        price = cache(monthly_on)
        return matching.decide(entry.money, papers=[], payers=[payer], price=price)


def _are_of(taken: Charge | TillPayment, parts: tuple[Part, ...]) -> bool:
    if any(part.place != Place.MATCHED for part in parts):
        return False
    found = parts[0].charge_id if isinstance(taken, Charge) else parts[0].till_payment_id
    return found == taken.pk
