"""Paying for someone else: a link is made by its owner, used once by whoever has it."""

import secrets
from datetime import timedelta

from django.db import transaction

from accounts import limits
from accounts.models import Person
from common import clock
from common.errors import Refusal
from patents.inns import current_inn
from patents.models import Application
from payments import pricing, room
from payments.errors import (
    GatewayRefused,
    GatewayUnavailable,
    LinkDead,
    LinkRefused,
    LinkTooLate,
    TooManyLinks,
    WayTakesLess,
)
from payments.link_states import LinkState, PublicLink
from payments.models import Charge, ChargeStatus, PayLink, Placement, Receipt
from payments.offers import Offer
from payments.promises import no_inn
from payments.services.online.charges import start_charge
from payments.services.online.open_pages import ask_about_open_pages
from payments.services.papers.receipts import form_receipt
from payments.stop import WaitingLink

LIFE = timedelta(days=7)
THANKED_FOR = timedelta(days=30)  # whoever paid reads so for that long, whatever became of the link
TOKEN_BYTES = 24
LINKS_A_DAY = 10
STARTS_AN_HOUR = 20


@transaction.atomic
def make_link(*, offer: Offer, months: int, made_openly: bool = False) -> PayLink:
    """A new link, good for a week and never past the day on which the payment is in time.

    `made_openly` is one that its payer made without login: of those the service itself counts.

    Raises LinkTooLate, MonthsBeyondCap, TooManyLinks.
    """
    application = _held(offer.application)
    left = room.months_left(application)
    room.require_room(months, left)
    if offer.is_late:
        raise LinkTooLate
    key = limits.hashed(application.person_id)
    if not (made_openly or limits.take("pay-link", key, limits.DAY, LINKS_A_DAY)):
        raise TooManyLinks
    last = clock.today() + LIFE
    return PayLink.objects.create(
        token=secrets.token_urlsafe(TOKEN_BYTES),
        application=application,
        months=months,
        months_before=room.months_counted(application),
        good_through=min(last, offer.deadline or last),
        made_openly=made_openly,
    )


def revoke_link(link: PayLink) -> Charge | None:
    """Withdraw a link; answers the page that was opened by it and can still be paid.

    No transaction may be open: the acquirer is asked.
    """
    mine = PayLink.objects.filter(pk=link.pk, revoked_at__isnull=True)
    mine.update(revoked_at=clock.now())
    ask_about_open_pages(person=link.application.person)
    return Charge.objects.open().filter(receipt__pay_link=link).first()


def waiting_links(person: Person) -> tuple[WaitingLink, ...]:
    """Links that the person gave to somebody who may still pay, newest first. Who made one
    without login pays at once or not at all, and is nobody whom the person could ask."""
    given = PayLink.objects.alive(clock.today()).unopened().filter(made_openly=False)
    rows = list(given.filter(application__person=person).select_related("application__patent"))
    counted = {one: room.months_counted(one) for one in {row.application for row in rows}}
    return tuple(
        WaitingLink(row.pk, row.months, row.good_through)
        for row in rows
        if counted[row.application] <= row.months_before
    )


def look_at(token: str) -> PublicLink:
    """What a link is good for now. Raises LinkDead, whatever the reason.

    Money comes first: who paid by a link reads so, after its last day and its withdrawal, too.
    """
    link = PayLink.objects.for_reading().filter(token=token).first()
    if link is None:
        raise LinkDead
    ask_about_open_pages(person=link.application.person)
    charge = _charge_of(link)
    if charge is None:
        return _to_be_paid(link)
    if charge.captured_at is None:
        return _asked(link, charge)
    if charge.captured_at < clock.now() - THANKED_FOR:
        raise LinkDead
    taken = charge.status == ChargeStatus.SUCCEEDED
    return PublicLink(link, LinkState.PAID if taken else LinkState.RETURNED)


def _charge_of(link: PayLink) -> Charge | None:
    """The money taken by a link, or the page on which it may be taken now."""
    charges = Charge.objects.filter(receipt__pay_link=link)
    taken = charges.filter(captured_at__isnull=False).order_by("-captured_at").first()
    return taken or charges.filter(status=ChargeStatus.PENDING).first()


def _asked(link: PayLink, page: Charge) -> PublicLink:
    """The page may be finished as long as the link is good."""
    amount = page.amount if link.is_alive(clock.today()) else None
    payee = link.receipt.snapshot["payee"]
    return PublicLink(link, LinkState.ASKED, amount=amount, payee=payee, page=page)


def _to_be_paid(link: PayLink) -> PublicLink:
    today, application = clock.today(), link.application
    if not link.is_alive(today):
        raise LinkDead
    try:
        _require_takable(application)
        amount = pricing.tariff_on(today).monthly * link.months
        payee = pricing.requisites_on(today).payee
    except Refusal as refusal:
        raise LinkDead from refusal
    if _is_paid_otherwise(link):
        return PublicLink(link, LinkState.NOT_NEEDED)
    other = Charge.objects.open().filter(application=application)
    if page := other.exclude(receipt__pay_link=link).first():
        return PublicLink(link, LinkState.BUSY, page=page)
    return PublicLink(link, LinkState.OPEN, amount=amount, payee=payee)


def pay_by_link(*, link: PayLink, payer_name: str) -> Charge:
    """Start the payment in somebody else's name; the tax stays the person's, with their INN.

    Raises LinkDead; LinkRefused; GatewayUnavailable when the acquirer is away; another Refusal
    where the link, looked at again, says what has happened meanwhile.
    """
    if not limits.take("pay-link-start", limits.hashed(link.pk), limits.HOUR, STARTS_AN_HOUR):
        raise GatewayUnavailable
    try:
        return start_charge(receipt=_receipt(link), payer=payer_name)
    except (GatewayRefused, WayTakesLess) as refusal:
        raise LinkRefused from refusal


@transaction.atomic
def _receipt(link: PayLink) -> Receipt:
    """The link's own paper at the price of today: nobody pays it but by this link."""
    application = _held(link.application)
    link = PayLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    link.application = application
    if not link.is_alive(clock.today()):
        raise LinkDead
    if link.receipt and link.receipt.charges.live().exists():
        return link.receipt  # its money or its open page: never a second paper beside it
    _require_takable(application)
    if _is_paid_otherwise(link):
        raise LinkDead
    if link.receipt is None or not _is_payable(link.receipt):
        link.receipt = form_receipt(
            application=application, months=link.months, on=clock.today(), anew=True
        )
        link.save(update_fields=["receipt"])
    return link.receipt


def _is_payable(receipt: Receipt) -> bool:
    try:
        room.require_unpaid(receipt)
        room.require_good(receipt, clock.today())
    except Refusal:
        return False
    return True


def _require_takable(application: Application) -> None:
    room.require_open(application, clock.today())
    if current_inn(application.person) is None:
        raise no_inn(application)


def _is_paid_otherwise(link: PayLink) -> bool:
    """More months are spoken for since it was made, or taken money waits for staff."""
    waits = Placement.objects.queued().filter(charge__application=link.application)
    return room.months_counted(link.application) > link.months_before or waits.exists()


def _held(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("person")
    return rows.get(pk=application.pk)
