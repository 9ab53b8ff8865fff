"""What the acquirer says of a charge, written down under a lock and, when it is final, once."""

import logging
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from accounts.services import record
from common import clock
from notifications.services import queue
from patents.models import Application
from patents.services import set_first_paid
from payments import gateway, timeline
from payments.errors import IllegalStep
from payments.messages import PAYMENT_TAKEN
from payments.models import Charge, ChargeStatus, Placement, QueueReason, Receipt
from payments.reference import display
from payments.services.ledger import match_again

logger = logging.getLogger(__name__)

ROUBLES = "RUB"

STEPS = {
    ChargeStatus.NEW: {ChargeStatus.PENDING, ChargeStatus.CANCELED},
    ChargeStatus.PENDING: {ChargeStatus.SUCCEEDED, ChargeStatus.CANCELED},
    ChargeStatus.SUCCEEDED: set(),
    ChargeStatus.CANCELED: set(),
}


@transaction.atomic
def remember(charge_id: int, payment: gateway.Payment) -> None:
    charge = locked(charge_id)
    if charge.status != ChargeStatus.NEW:
        return
    charge.status = step(charge, ChargeStatus.PENDING)
    charge.provider_id, charge.confirmation_url = payment.id, payment.confirmation_url
    charge.save(update_fields=["status", "provider_id", "confirmation_url"])


def refresh_charge(*, charge: Charge) -> Charge:
    """Ask the acquirer how a charge stands and write it down; called any number of times."""
    return hear(charge.pk, gateway.current().find(charge.provider_id))


def refresh_by_provider_id(provider_id: str) -> Charge | None:
    """As `refresh_charge`, by the acquirer's number; None when it is not ours."""
    charge = Charge.objects.filter(provider_id=provider_id).first()
    return refresh_charge(charge=charge) if charge else None


def hear(charge_id: int, payment: gateway.Payment) -> Charge:
    charge = _take_word(charge_id, payment)
    _decide_waiting_line(charge)
    return charge


def _decide_waiting_line(charge: Charge) -> None:
    """The Treasury may have been faster than the acquirer's word: its line then waits for a day.

    The charge gives it one, or, given up, stands in its way no more. After our own commit, because
    the ledger's locks come before every row's.
    """
    paper = charge.receipt
    waiting = Placement.objects.queued().filter(application__person_id=paper.person_id)
    unposted = Charge.objects.unposted().filter(pk=charge.pk)
    rows = list(waiting.filter(queue_reason=QueueReason.DAY_UNKNOWN, amount=charge.amount))
    if rows and (charge.status == ChargeStatus.CANCELED or unposted.exists()):
        match_again(placements=rows)


@transaction.atomic
def _take_word(charge_id: int, payment: gateway.Payment) -> Charge:
    charge = locked(charge_id)
    if not _is_ours(charge, payment):
        logger.error("charge %s: the acquirer told of another payment", charge.pk)
    elif payment.status == "succeeded" and payment.paid:
        _move(charge, ChargeStatus.SUCCEEDED, payment)
    elif payment.status == "canceled":
        _move(charge, ChargeStatus.CANCELED, payment)
    return charge


def _is_ours(charge: Charge, payment: gateway.Payment) -> bool:
    return (
        payment.id == charge.provider_id
        and payment.amount == charge.amount
        and payment.currency == ROUBLES
        and payment.metadata.get("receipt") == charge.receipt.reference
    )


def _move(charge: Charge, to: ChargeStatus, payment: gateway.Payment) -> None:
    """Make a final step once; the same word again is nothing new, another one is an alarm."""
    if charge.status == to:
        return
    try:
        charge.status = step(charge, to)
    except IllegalStep:
        logger.exception("charge %s: the acquirer took its word back", charge.pk)
        return
    if to == ChargeStatus.SUCCEEDED:
        _succeed(charge, payment)
    else:
        charge.save(update_fields=["status"])


def step(charge: Charge, to: ChargeStatus) -> ChargeStatus:
    if to not in STEPS[ChargeStatus(charge.status)]:
        raise IllegalStep(f"{charge.status} → {to}")
    return to


def _succeed(charge: Charge, payment: gateway.Payment) -> None:
    """The money is taken: the months live from now on, and the person is told."""
    charge.captured_at = payment.captured_at or clock.now()
    charge.save(update_fields=["status", "captured_at"])
    _tell_of(charge)


@transaction.atomic
def record_taken(*, receipt: Receipt, provider_id: str, captured_at: datetime) -> Charge:
    """Write down money that the acquirer is known to have taken; asked again, the same charge.

    For facts that come otherwise than by a payment page of ours: the demo, a correction by staff.
    """
    Application.objects.select_for_update(of=("self",)).get(pk=receipt.application_id)
    known = Charge.objects.filter(provider_id=provider_id).first()
    if known:
        return known
    charge = Charge.objects.create(
        receipt=receipt,
        amount=receipt.amount,
        idempotence_key=uuid4(),
        provider_id=provider_id,
        status=ChargeStatus.SUCCEEDED,
        captured_at=captured_at,
    )
    _tell_of(charge)
    return charge


def _tell_of(charge: Charge) -> None:
    receipt, paid_on = charge.receipt, clock.moscow_day(charge.captured_at)
    set_first_paid(application=receipt.application, paid_on=paid_on)
    facts = {"amount": charge.amount, "paid_on": paid_on, "receipt": display(receipt.reference)}
    record(person=receipt.person, kind=timeline.TAKEN, facts=facts)
    queue(PAYMENT_TAKEN, charge.pk, key=f"payment-taken:{charge.pk}")


def locked(charge_id: int) -> Charge:
    """Application before charge, as everywhere: two that lock in one order never wait in a ring."""
    Application.objects.select_for_update(of=("self",)).get(receipts__charges=charge_id)
    charges = Charge.objects.select_related("receipt__person", "receipt__application")
    return charges.select_for_update(of=("self",)).get(pk=charge_id)


def end(charge_id: int, reason: str, *, only_from: ChargeStatus) -> None:
    """Give a charge up, unless somebody has moved it on since."""
    _decide_waiting_line(_given_up(charge_id, reason, only_from))


@transaction.atomic
def _given_up(charge_id: int, reason: str, only_from: ChargeStatus) -> Charge:
    charge = locked(charge_id)
    if charge.status == only_from:
        charge.status, charge.reason = step(charge, ChargeStatus.CANCELED), reason
        charge.save(update_fields=["status", "reason"])
    return charge
