"""What the acquirer says of a charge, written down under a lock and, when it is final, once."""

import logging
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.services import record
from common import clock
from notifications.services import queue
from patents.models import Application
from patents.services import set_first_paid
from payments import gateway, steps, timeline
from payments.errors import IllegalStep
from payments.messages import PAID_TWICE, PAYMENT_TAKEN
from payments.models import (
    Charge,
    ChargeCorrection,
    ChargeStatus,
    QueueReason,
    Receipt,
)
from payments.periods import bought_months
from payments.services.ledger import by_inn, twice
from payments.services.ledger.ledger import name_taker

logger = logging.getLogger(__name__)

ROUBLES = "RUB"

BY_ITS_WORD = gettext_noop("The acquirer says that the money was taken.")


@transaction.atomic
def remember(charge_id: int, payment: gateway.Payment) -> None:
    charge = locked(charge_id)
    if charge.status != ChargeStatus.NEW:
        return
    charge.status = steps.step(steps.CHARGE, charge.status, ChargeStatus.PENDING)
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
    decide_waiting_line(charge)
    return charge


def decide_waiting_line(charge: Charge) -> None:
    """The Treasury may have been faster than the acquirer's word: its line then waits for a day.

    The charge gives it one, or, given up, stands in its way no more. After our own commit, because
    the ledger's locks come before every row's.
    """
    is_living = Charge.objects.unposted().filter(pk=charge.pk).exists()
    if is_living and twice.lines_of_its_own(charge).exists():
        name_taker(placements=twice.lines_of_its_own(charge), charge=charge)
        return
    if is_living:
        by_inn.find(charge)
    elif charge.status == ChargeStatus.CANCELED:
        by_inn.try_waiting(charge, [QueueReason.DAY_UNKNOWN])


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
    """Make a final step once; the same word again is nothing new.

    Taken money that we had given up is never left aside: the step back is a logged correction.
    The other way round the acquirer is not believed: staff look.
    """
    if charge.status in (to, ChargeStatus.REFUNDED):
        return
    fields = ["status", "captured_at", "order", "is_second", "first_month", "last_month"]
    try:
        charge.status = steps.step(steps.CHARGE, charge.status, to)
    except IllegalStep:
        logger.exception("charge %s: the acquirer took its word back", charge.pk)
        if to != ChargeStatus.SUCCEEDED:
            return
        put_right(charge, to, BY_ITS_WORD)
        fields += ["correction"]
    charge.order = {}
    if to == ChargeStatus.SUCCEEDED:
        charge.captured_at = payment.captured_at or clock.now()
        mark_second(charge)
    charge.save(update_fields=fields)
    if to == ChargeStatus.SUCCEEDED:
        tell_of(charge)
    else:
        twice.count_anew(charge.application)


def put_right(charge: Charge, to: ChargeStatus, reason: str, actor: User | None = None) -> None:
    """Note a correction and change the charge in hand; the caller saves it. Raises IllegalStep."""
    after = steps.correction(charge.status, to)
    if to == ChargeStatus.SUCCEEDED:
        _give_up_months(charge)
    charge.correction = ChargeCorrection.objects.create(
        charge=charge, before=charge.status, after=after, reason=reason, made_by=actor
    )
    charge.status = after
    charge.is_second = False


def mark_second(charge: Charge) -> None:
    """Of taken money in hand, which the caller saves: two sums of one paper cannot both be its
    one, and what came second holds no months of the year."""
    charge.is_second = twice.is_second(charge)
    if charge.is_second:
        logger.error("charge %s: its receipt is paid by other money", charge.pk)
        charge.first_month = charge.last_month = None


def _give_up_months(charge: Charge) -> None:
    """Its months may be bought by another charge by now."""
    months = range(charge.first_month or 0, (charge.last_month or 0) + 1)
    if not bought_months(charge.receipt.application).isdisjoint(months):
        charge.first_month = charge.last_month = None


@transaction.atomic
def record_taken(*, receipt: Receipt, provider_id: str, captured_at: datetime) -> Charge:
    """Write down money that the acquirer is known to have taken; asked again, the same charge.

    For facts that come otherwise than by a payment page of ours: the demo, a correction by staff.
    """
    Application.objects.select_for_update(of=("self",)).get(pk=receipt.application_id)
    known = Charge.objects.filter(provider_id=provider_id).first()
    if known:
        return known
    charge = Charge(
        receipt=receipt,
        amount=receipt.amount,
        idempotence_key=uuid4(),
        provider_id=provider_id,
        status=ChargeStatus.SUCCEEDED,
        captured_at=captured_at,
    )
    mark_second(charge)
    charge.save()
    tell_of(charge)
    return charge


def tell_of(charge: Charge) -> None:
    receipt, paid_on = charge.receipt, clock.moscow_day(charge.captured_at)
    set_first_paid(application=receipt.application, paid_on=paid_on)
    facts = twice.facts_of(charge)
    again = twice.came_twice(charge)
    kind = timeline.TAKEN_AGAIN if again else timeline.TAKEN
    if charge.payers and not again:
        kind, facts["payer"] = timeline.TAKEN_BY_LINK, ", ".join(charge.payers)
    record(person=receipt.person, kind=kind, facts=facts)
    queue(PAID_TWICE if again else PAYMENT_TAKEN, charge.pk, key=f"payment-taken:{charge.pk}")


def locked(charge_id: int) -> Charge:
    """Application before charge, as everywhere: two that lock in one order never wait in a ring."""
    Application.objects.select_for_update(of=("self",)).get(receipts__charges=charge_id)
    charges = Charge.objects.select_related("receipt__person", "receipt__application")
    return charges.select_for_update(of=("self",)).get(pk=charge_id)


def end(charge_id: int, reason: str, *, only_from: ChargeStatus) -> None:
    """Give a charge up, unless somebody has moved it on since."""
    decide_waiting_line(_given_up(charge_id, reason, only_from))


@transaction.atomic
def _given_up(charge_id: int, reason: str, only_from: ChargeStatus) -> Charge:
    charge = locked(charge_id)
    if charge.status == only_from:
        charge.status = steps.step(steps.CHARGE, charge.status, ChargeStatus.CANCELED)
        charge.reason, charge.order = reason, {}
        charge.save(update_fields=["status", "reason", "order"])
        twice.count_anew(charge.application)
    return charge
