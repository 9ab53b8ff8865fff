"""The money of a record that turned out to be about somebody written down before."""

from accounts.models import Person
from payments.models import KeptCheque, Receipt


def follow(keep: Person, gone: Person) -> None:
    """Receipts and kept cheques belong to the kept record; placements and claims follow their
    applications."""
    Receipt.objects.filter(person=gone).update(person=keep)
    KeptCheque.objects.filter(person=gone).update(person=keep)
