"""Cancelling a receipt that should not be paid: wrong months, a wrong name, a mistake at the desk.

The paper stays, with who cancelled it and why. Money that still comes by it is never refused: it
counts for the person by their INN and the tariff of its day.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import record
from common.clock import now, today
from common.errors import Refusal
from journal.history import because
from notifications.services import queue
from patents.models import Application
from payments import room, timeline
from payments.errors import AlreadyPaid, CannotCancel, MoneyWaits, ReceiptCancelled
from payments.messages import RECEIPT_CANCELLED
from payments.models import Charge, Receipt, ReceiptStatus
from payments.reference import display

FIELDS = ["status", "cancelled_at", "cancelled_by", "cancel_reason"]


@transaction.atomic
def cancel_receipt(*, receipt: Receipt, reason: str, actor: User) -> Receipt:
    """End a receipt that nobody paid; the person reads why in the history of the cabinet.

    A message goes out when the paper could still have been paid. Raises CannotCancel.
    """
    reason = reason.strip()
    if not reason:
        raise CannotCancel(_("Write the reason: the person reads it."))
    receipt = _locked(receipt)
    _require_unpaid(receipt)
    could_be_paid = _could_be_paid(receipt)
    because(reason)
    _end(receipt, reason[:300], actor)
    facts = {"receipt": display(receipt.reference), "reason": receipt.cancel_reason}
    record(person=receipt.person, kind=timeline.RECEIPT_CANCELLED, facts=facts, actor=actor)
    if could_be_paid:
        queue(RECEIPT_CANCELLED, receipt.pk, key=f"receipt-cancelled:{receipt.pk}")
    return receipt


def why_not_cancelled(receipt: Receipt) -> Refusal | None:
    """Why this receipt cannot be cancelled now; None when it can."""
    try:
        _require_unpaid(receipt)
    except CannotCancel as refusal:
        return refusal
    return None


def _locked(receipt: Receipt) -> Receipt:
    """Applications before receipts, as everyone who moves money."""
    Application.objects.select_for_update(of=("self",)).get(pk=receipt.application_id)
    rows = Receipt.objects.select_for_update(of=("self",))
    return rows.select_related("person", "application").get(pk=receipt.pk)


def _require_unpaid(receipt: Receipt) -> None:
    try:
        room.require_unpaid(receipt)
    except ReceiptCancelled as refusal:
        raise CannotCancel(_("This receipt is cancelled already.")) from refusal
    except MoneyWaits as refusal:
        raise CannotCancel(
            _("The money of this receipt waits in the queue. Decide about the money first.")
        ) from refusal
    except AlreadyPaid as refusal:
        raise CannotCancel(_("This receipt is paid. Nobody cancels a paid one.")) from refusal
    if Charge.objects.open().filter(receipt=receipt).exists():
        raise CannotCancel(
            _("A payment page of this receipt is open. Wait until it closes: an hour at most.")
        )


def _could_be_paid(receipt: Receipt) -> bool:
    try:
        room.require_payable(receipt, today())
    except Refusal:
        return False
    return True


def _end(receipt: Receipt, reason: str, actor: User) -> None:
    receipt.status = ReceiptStatus.CANCELLED
    receipt.cancelled_at, receipt.cancelled_by, receipt.cancel_reason = now(), actor, reason
    receipt.save(update_fields=FIELDS)
