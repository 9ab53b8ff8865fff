"""Taking money by card. The acquirer is asked with no transaction open; what it answers is
written under a lock and, when it is final, once.

A charge is committed with its idempotence key before the acquirer hears of it, so a lost answer,
a second click and a second tab all repeat one payment and never start another.
"""

import logging
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.services import record
from common import clock
from notifications.services import queue
from patents.models import Application
from patents.services import set_first_paid
from payments import gateway, pricing, timeline
from payments.errors import (
    AlreadyPaid,
    GatewayRefused,
    GatewayUnavailable,
    IllegalStep,
    PaymentCanceled,
    PayPageOpen,
    PriceChanged,
)
from payments.messages import PAYMENT_TAKEN
from payments.models import Charge, ChargeStatus, Placement, QueueReason, Receipt
from payments.reference import display
from payments.room import (
    months_being_paid,
    months_left,
    require_length,
    require_open,
    require_unpaid,
)
from payments.services.ledger import match_again

logger = logging.getLogger(__name__)

ROUBLES = "RUB"
SWEEP_AFTER = timedelta(minutes=1)  # younger charges are in the hands of their payers
SWEEP_AT_ONCE = 100
KEY_LIFE = timedelta(hours=23)  # the acquirer forgets an idempotence key after a day
FORGOTTEN_AFTER = timedelta(days=2)
NEVER_KNOWN = "the acquirer never answered"
NOT_FOUND = "the acquirer does not know it any more"
NOT_ACCEPTED = "the acquirer did not accept it"

STEPS = {
    ChargeStatus.NEW: {ChargeStatus.PENDING, ChargeStatus.CANCELED},
    ChargeStatus.PENDING: {ChargeStatus.SUCCEEDED, ChargeStatus.CANCELED},
    ChargeStatus.SUCCEEDED: set(),
    ChargeStatus.CANCELED: set(),
}


# --- starting


def start_charge(*, receipt: Receipt) -> Charge:
    """The one live charge of a receipt, with the address of its payment page.

    Asked again it gives the same charge. Raises a Refusal: paid already, cancelled, price changed,
    no months left, another page open, the acquirer away.
    """
    _ask_about_open_pages(receipt)
    charge = _claim(receipt)
    if charge.status == ChargeStatus.NEW:
        charge = _introduce(charge)
    return _with_page(charge)


def _ask_about_open_pages(receipt: Receipt) -> None:
    """Money that was taken a moment ago must be known before more is asked for."""
    pages = Charge.objects.open().filter(receipt__application_id=receipt.application_id)
    for charge in pages.filter(provider_id__isnull=False):
        refresh_charge(charge=charge)


@transaction.atomic(durable=True)
def _claim(receipt: Receipt) -> Charge:
    """The live charge of this receipt, made now if there is none; committed before it is used."""
    application = Application.objects.select_for_update(of=("self",)).get(pk=receipt.application_id)
    receipt = Receipt.objects.select_for_update(of=("self",)).get(pk=receipt.pk)
    live = receipt.charges.live().first()
    require_unpaid(receipt)
    if live:
        return live
    _require_payable(receipt, application)
    return Charge.objects.create(receipt=receipt, amount=receipt.amount, idempotence_key=uuid4())


def _require_payable(receipt: Receipt, application: Application) -> None:
    today = clock.today()
    require_open(application, today)
    monthly = pricing.tariff_on(today).monthly
    if monthly != receipt.monthly:
        raise PriceChanged(monthly)
    left = months_left(application)
    require_length(receipt, left)
    if receipt.months > left - months_being_paid(application):
        raise PayPageOpen


def _introduce(charge: Charge) -> Charge:
    """Tell the acquirer of a new charge; told again, it answers with the same payment."""
    try:
        payment = gateway.current().create(_order(charge))
    except GatewayRefused:
        logger.warning("charge %s was not accepted", charge.pk)
        _end(charge.pk, NOT_ACCEPTED, only_from=ChargeStatus.NEW)
        raise
    _remember(charge.pk, payment)
    return _hear(charge.pk, payment)


def _order(charge: Charge) -> gateway.Order:
    """The order as the receipt has it: the same at every repetition, whatever changed since."""
    receipt, payer = charge.receipt, charge.receipt.snapshot["payer"]
    names = (payer["last_name"], payer["first_name"], payer["middle_name"])
    back = reverse("payments:back", args=[receipt.reference])
    return gateway.Order(
        key=str(charge.idempotence_key),
        amount=charge.amount,
        description=f"Патент: налог (НДФЛ), месяцев {receipt.months}, MMC-{receipt.reference}",
        return_url=settings.PORTAL_URL + back,
        metadata={
            "receipt": receipt.reference,
            "login": receipt.snapshot["application"],
            "inn": payer["inn"],
            "payer": " ".join(filter(None, names)),
        },
    )


def _with_page(charge: Charge) -> Charge:
    if charge.status == ChargeStatus.SUCCEEDED:
        raise AlreadyPaid
    if charge.status == ChargeStatus.CANCELED:
        raise PaymentCanceled
    if not charge.confirmation_url:
        raise GatewayUnavailable
    return charge


@transaction.atomic
def _remember(charge_id: int, payment: gateway.Payment) -> None:
    charge = _locked(charge_id)
    if charge.status != ChargeStatus.NEW:
        return
    charge.status = _step(charge, ChargeStatus.PENDING)
    charge.provider_id, charge.confirmation_url = payment.id, payment.confirmation_url
    charge.save(update_fields=["status", "provider_id", "confirmation_url"])


# --- hearing how it ended


def refresh_charge(*, charge: Charge) -> Charge:
    """Ask the acquirer how a charge stands and write it down; called any number of times."""
    return _hear(charge.pk, gateway.current().find(charge.provider_id))


def refresh_by_provider_id(provider_id: str) -> Charge | None:
    """As `refresh_charge`, by the acquirer's number; None when it is not ours."""
    charge = Charge.objects.filter(provider_id=provider_id).first()
    return refresh_charge(charge=charge) if charge else None


def _hear(charge_id: int, payment: gateway.Payment) -> Charge:
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
    charge = _locked(charge_id)
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
        charge.status = _step(charge, to)
    except IllegalStep:
        logger.exception("charge %s: the acquirer took its word back", charge.pk)
        return
    if to == ChargeStatus.SUCCEEDED:
        _succeed(charge, payment)
    else:
        charge.save(update_fields=["status"])


def _step(charge: Charge, to: ChargeStatus) -> ChargeStatus:
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


def _locked(charge_id: int) -> Charge:
    """Application before charge, as everywhere: two that lock in one order never wait in a ring."""
    Application.objects.select_for_update(of=("self",)).get(receipts__charges=charge_id)
    charges = Charge.objects.select_related("receipt__person", "receipt__application")
    return charges.select_for_update(of=("self",)).get(pk=charge_id)


# --- finding the lost


def sweep_charges() -> int:
    """Ask about every open charge that is over a minute old; returns how many were asked about.

    What a webhook, a return page or a crash left open ends here. In random order, so that a long
    queue has no tail that is never reached.
    """
    old = Charge.objects.open().filter(created_at__lt=clock.now() - SWEEP_AFTER).order_by("?")
    asked = 0
    for charge in old.select_related("receipt")[:SWEEP_AT_ONCE]:
        try:
            _ask_again(charge)
        except GatewayUnavailable:
            logger.warning("the acquirer is away, charge %s waits", charge.pk)
            break
        asked += 1
    return asked


def _ask_again(charge: Charge) -> None:
    age = clock.now() - charge.created_at
    try:
        if charge.provider_id:
            refresh_charge(charge=charge)
        elif age < KEY_LIFE:
            _introduce(charge)
        else:
            # Nobody ever saw its payment page, so no money can come by it.
            _end(charge.pk, NEVER_KNOWN, only_from=ChargeStatus.NEW)
    except GatewayRefused:
        logger.warning("the acquirer refuses to speak of charge %s", charge.pk)
        if charge.provider_id and age > FORGOTTEN_AFTER:
            _end(charge.pk, NOT_FOUND, only_from=ChargeStatus.PENDING)


def _end(charge_id: int, reason: str, *, only_from: ChargeStatus) -> None:
    """Give a charge up, unless somebody has moved it on since."""
    _decide_waiting_line(_given_up(charge_id, reason, only_from))


@transaction.atomic
def _given_up(charge_id: int, reason: str, only_from: ChargeStatus) -> Charge:
    charge = _locked(charge_id)
    if charge.status == only_from:
        charge.status, charge.reason = _step(charge, ChargeStatus.CANCELED), reason
        charge.save(update_fields=["status", "reason"])
    return charge
