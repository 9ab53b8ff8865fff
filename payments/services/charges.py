"""Taking money by card. The acquirer is asked with no transaction open; what it answers is
written under a lock and, when it is final, once.

A charge is committed with its idempotence key before the acquirer hears of it, so a lost answer,
a second click and a second tab all repeat one payment and never start another.
"""

import logging
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from common import clock
from patents.models import Application
from payments import gateway
from payments.errors import (
    AlreadyPaid,
    GatewayRefused,
    GatewayUnavailable,
    PaymentCanceled,
    PayPageOpen,
)
from payments.models import Charge, ChargeStatus, Receipt
from payments.returning import payer_address
from payments.room import (
    months_being_paid,
    months_left,
    require_length,
    require_open,
    require_price,
    require_unpaid,
)
from payments.services.charge_answers import (
    end,
    hear,
    record_taken,
    refresh_by_provider_id,
    refresh_charge,
    remember,
)

__all__ = [
    "record_taken",
    "refresh_by_provider_id",
    "refresh_charge",
    "start_charge",
    "sweep_charges",
]

logger = logging.getLogger(__name__)

SWEEP_AFTER = timedelta(minutes=1)  # younger charges are in the hands of their payers
SWEEP_AT_ONCE = 100
KEY_LIFE = timedelta(hours=23)  # the acquirer forgets an idempotence key after a day
FORGOTTEN_AFTER = timedelta(days=2)
NEVER_KNOWN = "the acquirer never answered"
NOT_FOUND = "the acquirer does not know it any more"
NOT_ACCEPTED = "the acquirer did not accept it"


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
    require_price(receipt, today)
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
        end(charge.pk, NOT_ACCEPTED, only_from=ChargeStatus.NEW)
        raise
    remember(charge.pk, payment)
    return hear(charge.pk, payment)


def _order(charge: Charge) -> gateway.Order:
    """The order as the receipt has it: the same at every repetition, whatever changed since."""
    receipt, payer = charge.receipt, charge.receipt.snapshot["payer"]
    names = (payer["last_name"], payer["first_name"], payer["middle_name"])
    back = payer_address(receipt)
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
            end(charge.pk, NEVER_KNOWN, only_from=ChargeStatus.NEW)
    except GatewayRefused:
        logger.warning("the acquirer refuses to speak of charge %s", charge.pk)
        if charge.provider_id and age > FORGOTTEN_AFTER:
            end(charge.pk, NOT_FOUND, only_from=ChargeStatus.PENDING)
