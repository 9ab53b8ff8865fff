"""Paying for someone else: a link is made by its owner, used once by whoever has it."""

import secrets
from datetime import timedelta

from django.db import transaction

from accounts import limits
from common import clock
from common.errors import Refusal
from patents.inns import current_inn
from patents.models import Application
from payments import pricing, room
from payments.errors import GatewayUnavailable, LinkDead, LinkTooLate, NoInn, TooManyLinks
from payments.models import Charge, PayLink, Receipt
from payments.offers import Offer
from payments.services.charges import start_charge
from payments.services.receipts import form_receipt

LIFE = timedelta(days=7)
TOKEN_BYTES = 24
LINKS_A_DAY = 10
STARTS_AN_HOUR = 20


@transaction.atomic
def make_link(*, offer: Offer, months: int) -> PayLink:
    """A new link, good for a week and never past the day on which the payment is in time.

    Raises LinkTooLate, MonthsBeyondCap, TooManyLinks.
    """
    application = _held(offer.application)
    left = room.months_left(application)
    room.require_room(months, left)
    if offer.is_late:
        raise LinkTooLate
    key = limits.hashed(application.person_id)
    if not limits.take("pay-link", key, limits.DAY, LINKS_A_DAY):
        raise TooManyLinks
    last = clock.today() + LIFE
    return PayLink.objects.create(
        token=secrets.token_urlsafe(TOKEN_BYTES),
        application=application,
        months=months,
        months_before=room.months_counted(application),
        good_through=min(last, offer.deadline or last),
    )


@transaction.atomic
def revoke_link(link: PayLink) -> None:
    mine = PayLink.objects.filter(pk=link.pk, revoked_at__isnull=True)
    mine.update(revoked_at=clock.now())


def open_link(token: str) -> PayLink:
    """The link and its sum as `amount`, while it is good. Raises LinkDead, whatever the reason:
    who has a link learns nothing of the person from it."""
    links = PayLink.objects.alive(clock.today()).for_reading().with_paid()
    link = links.filter(token=token).first()
    if link is None:
        raise LinkDead
    if link.is_paid:
        return link
    try:
        _require_needed(link)
        link.amount = pricing.tariff_on(clock.today()).monthly * link.months
    except Refusal as refusal:
        raise LinkDead from refusal
    return link


def pay_by_link(*, link: PayLink, payer_name: str) -> Charge:
    """Start the payment in somebody else's name; the tax stays the person's, with their INN.

    Raises LinkDead, or GatewayUnavailable when the acquirer is away.
    """
    if not limits.take("pay-link-start", limits.hashed(link.pk), limits.HOUR, STARTS_AN_HOUR):
        raise GatewayUnavailable
    try:
        return start_charge(receipt=_receipt(link, payer_name))
    except GatewayUnavailable:
        raise
    except Refusal as refusal:
        raise LinkDead from refusal


@transaction.atomic
def _receipt(link: PayLink, payer_name: str) -> Receipt:
    """The link's own paper at the price of today: nobody pays it but by this link."""
    application = _held(link.application)
    link = PayLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    link.application = application
    if link.revoked_at:
        raise LinkDead
    _require_needed(link)
    if link.receipt is None or not _is_payable(link.receipt):
        link.receipt = form_receipt(
            application=application, months=link.months, on=clock.today(), anew=True
        )
    link.payer_name = payer_name
    link.save(update_fields=["receipt", "payer_name"])
    return link.receipt


def _is_payable(receipt: Receipt) -> bool:
    try:
        room.require_payable(receipt, clock.today())
    except Refusal:
        return False
    return True


def _require_needed(link: PayLink) -> None:
    """Refuse money for months that were paid otherwise since the link was made."""
    room.require_open(link.application, clock.today())
    if room.months_counted(link.application) > link.months_before:
        raise LinkDead
    if current_inn(link.application.person) is None:
        raise NoInn


def _held(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("person")
    return rows.get(pk=application.pk)
