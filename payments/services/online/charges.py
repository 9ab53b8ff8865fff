"""Taking money online. The acquirer is asked with no transaction open; what it answers is
written under a lock and, when it is final, once.

A charge is committed with its idempotence key and its order before the acquirer hears of it, so a
lost answer, a second click and a second tab all repeat one payment and never start another.
"""

import logging
from uuid import uuid4

from django.db import transaction

from common import clock
from patents.models import Application
from payments import gateway
from payments.errors import (
    AlreadyPaid,
    GatewayRefused,
    GatewayUnavailable,
    MoneyUndecided,
    PaymentCanceled,
    PayPageOpen,
    WayTakesLess,
)
from payments.models import Charge, ChargeStatus, Method, PaymentMethod, Placement, Receipt
from payments.periods import months_to_buy
from payments.room import require_good, require_of_no_link, require_unpaid
from payments.services.online import charge_orders
from payments.services.online.charge_answers import (
    end,
    hear,
    record_taken,
    refresh_by_provider_id,
    refresh_charge,
    remember,
)
from payments.services.online.open_pages import close_page

__all__ = [
    "introduce",
    "record_taken",
    "refresh_by_provider_id",
    "refresh_charge",
    "start_charge",
]

logger = logging.getLogger(__name__)

NOT_ACCEPTED = "the acquirer did not accept it"


MOST_PAYERS = 10


def start_charge(
    *, receipt: Receipt, method: Method = Method.CARD, phone: str = "", payer: str = ""
) -> Charge:
    """The one live charge of a receipt, with the address of its payment page.

    Asked again it gives the same charge. An application has one open page at a time: another one,
    or one for another way of paying, is closed first where the acquirer allows it. With money of a
    phone number there is no page: `phone`, E.164, gets an SMS of the operator. `payer` is somebody
    else's name, as they wrote it; a link's paper is paid with one only.
    Raises a Refusal: paid already, cancelled, price changed, no months left, another page open,
    the way of paying takes less, the acquirer away.
    """
    _require_way(method, receipt)
    _look_at_open_pages(receipt, method, phone)
    charge = _claim(receipt, method, phone, payer)
    if charge.status == ChargeStatus.NEW:
        charge = introduce(charge)
    return _with_page(charge)


def _require_way(method: Method, receipt: Receipt) -> None:
    way = PaymentMethod.objects.open().filter(code=method).first()
    if way is None or not way.takes(receipt.amount):
        raise WayTakesLess(way)


def _look_at_open_pages(receipt: Receipt, method: Method, phone: str) -> None:
    """Money that was taken a moment ago must be known before more is asked for."""
    for charge in Charge.objects.open().filter(application_id=receipt.application_id):
        charge = refresh_charge(charge=charge) if charge.provider_id else introduce(charge)
        other = charge.receipt_id != receipt.pk
        if other or not charge_orders.is_same_way(charge, method, phone):
            close_page(charge)


@transaction.atomic(durable=True)
def _claim(receipt: Receipt, method: Method, phone: str, payer: str) -> Charge:
    """The live charge of this receipt, made now if there is none; committed before it is used."""
    application = Application.objects.select_for_update(of=("self",)).get(pk=receipt.application_id)
    receipt = Receipt.objects.select_for_update(of=("self",)).get(pk=receipt.pk)
    require_unpaid(receipt)
    if not payer:
        require_of_no_link(receipt)
    open_page = Charge.objects.open().filter(application=application).first()
    if open_page is None:
        _require_payable(receipt, application)
        return _named(_opened(receipt, application, method, phone), payer)
    same = charge_orders.is_same_way(open_page, method, phone)
    if open_page.receipt_id != receipt.pk or not same:
        raise PayPageOpen(open_page)
    return _named(open_page, payer)


def _named(charge: Charge, payer: str) -> Charge:
    """Whoever goes to a page may be the one who pays on it: each name is kept, none replaced."""
    if payer and payer not in charge.payers and len(charge.payers) < MOST_PAYERS:
        charge.payers = [*charge.payers, payer]
        charge.save(update_fields=["payers"])
    return charge


def _require_payable(receipt: Receipt, application: Application) -> None:
    require_good(receipt, clock.today())
    undecided = Placement.objects.queued().filter(charge__application=application)
    if row := undecided.select_related("charge").first():
        raise MoneyUndecided(clock.moscow_day(row.charge.captured_at))


def _opened(receipt: Receipt, application: Application, method: Method, phone: str) -> Charge:
    first, last = months_to_buy(application, receipt.months)
    key = uuid4()
    order = charge_orders.draft(receipt, key=str(key), method=method, phone=phone)
    return Charge.objects.create(
        receipt=receipt,
        amount=receipt.amount,
        method=method,
        first_month=first,
        last_month=last,
        idempotence_key=key,
        order=charge_orders.to_keep(order),
    )


def introduce(charge: Charge) -> Charge:
    """Tell the acquirer of a new charge; told again, it answers with the same payment."""
    try:
        payment = gateway.current().create(charge_orders.kept(charge))
    except GatewayRefused:
        logger.warning("charge %s was not accepted", charge.pk)
        end(charge.pk, NOT_ACCEPTED, only_from=ChargeStatus.NEW)
        raise
    remember(charge.pk, payment)
    return hear(charge.pk, payment)


def _with_page(charge: Charge) -> Charge:
    if charge.status == ChargeStatus.SUCCEEDED:
        raise AlreadyPaid
    if charge.status == ChargeStatus.CANCELED:
        raise PaymentCanceled
    if not charge.confirmation_url and charge.method != Method.MOBILE:
        raise GatewayUnavailable
    return charge
