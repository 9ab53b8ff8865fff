"""Keeping cheques: they prove a payment to others and claim nothing from us."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts.models import Person
from payments.errors import NoRoomInArchive
from payments.models import KeptCheque

MOST_KEPT = 120  # ten a year's month is far more than anybody has


@transaction.atomic
def keep_cheque(
    *, person: Person, paid_on: date, amount: Decimal, cheque, bank: str = ""
) -> KeptCheque:
    """Keep a cheque of any day and any patent. The same one again gives what is kept.

    Raises NoRoomInArchive.
    """
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    kept = person.kept_cheques.all()
    same = kept.filter(paid_on=paid_on, amount=amount, bank=bank).first()
    if same is not None:
        return same
    if kept.count() >= MOST_KEPT:
        raise NoRoomInArchive
    return person.kept_cheques.create(paid_on=paid_on, amount=amount, bank=bank, cheque=cheque)
