"""What staff do for a person at the window: what the person could do alone, and can see."""

from datetime import date

from django.db import transaction

from accounts.models import User
from accounts.services import record
from patents.models import Application
from payments import timeline
from payments.models import Charge, Receipt
from payments.reference import display
from payments.services.online.charges import start_charge
from payments.services.papers.receipts import form_receipt


@transaction.atomic
def form_receipt_for(*, application: Application, months: int, on: date, actor: User) -> Receipt:
    """A receipt as the person would form it. Raises what `form_receipt` does."""
    receipt = form_receipt(application=application, months=months, on=on)
    _note_once(receipt, timeline.RECEIPT_ASSISTED, actor)
    return receipt


def start_charge_for(*, receipt: Receipt, actor: User) -> Charge:
    """The payment page that the person opens on their own phone. Raises what `start_charge` does.

    No transaction may be open here: the acquirer is asked outside of any.
    """
    charge = start_charge(receipt=receipt)
    _note_once(receipt, timeline.PAYMENT_ASSISTED, actor)
    return charge


def _note_once(receipt: Receipt, kind: str, actor: User) -> None:
    facts = {"amount": receipt.amount, "receipt": display(receipt.reference)}
    said = receipt.person.timeline.filter(kind=kind, facts__receipt=facts["receipt"])
    if not said.exists():
        record(person=receipt.person, kind=kind, facts=facts, actor=actor)
