"""Payment pages that a person opened and may have paid on: asked before more money is taken."""

import logging

from accounts.models import Person, User
from accounts.services import record
from common import clock
from common.errors import Refusal
from patents.models import Application
from payments import gateway, timeline
from payments.errors import GatewayRefused, PageOpenAtTill
from payments.models import Charge, ChargeStatus
from payments.reference import display
from payments.services.online.charge_answers import hear, refresh_charge
from payments.stop import OpenPage

logger = logging.getLogger(__name__)


def ask_about_open_pages(*, person: Person, close: bool = False) -> None:
    """Money taken a moment ago becomes known; with `close` pages are closed, where the acquirer
    lets them be. An acquirer that is away stops nobody here: whoever starts a payment hears of it
    there."""
    pages = Charge.objects.open().filter(receipt__person=person, provider_id__isnull=False)
    for charge in pages.order_by("pk"):
        try:
            charge = refresh_charge(charge=charge)
            if close:
                close_page(charge)
        except Refusal:
            logger.warning("the acquirer does not say what became of charge %s", charge.pk)


def open_pages(person: Person) -> tuple[OpenPage, ...]:
    """The pages of a person on which somebody may be paying, as far as we know: ask first."""
    pages = Charge.objects.open().filter(receipt__person=person).order_by("pk")
    return tuple(_page(charge) for charge in pages.select_related("receipt__pay_link"))


def _page(charge: Charge) -> OpenPage:
    return OpenPage(
        charge_id=charge.pk,
        reference=charge.receipt.reference,
        amount=charge.amount,
        opened_at=charge.created_at,
        closes_at=charge.closes_at,
        is_over=charge.closes_at < clock.now(),
        by_link=hasattr(charge.receipt, "pay_link"),
    )


def close_page(charge: Charge) -> None:
    """Close a page that the person left for another way; the acquirer need not agree."""
    if charge.status != ChargeStatus.PENDING:
        return
    key = f"close-{charge.idempotence_key}"
    try:
        hear(charge.pk, gateway.current().close(charge.provider_id, key))
    except GatewayRefused:
        logger.info("charge %s: its page lives on", charge.pk)


def page_in_the_way(application: Application) -> Charge | None:
    """The page on which the person may still pay for this application while cash is taken."""
    pages = Charge.objects.in_the_way().filter(application=application)
    return pages.select_related("receipt").first()


def require_no_page(application: Application) -> None:
    """Refuse cash while a page may take the same money (PageOpenAtTill)."""
    if page := page_in_the_way(application):
        raise PageOpenAtTill(page)


def leave_pages(*, application: Application, actor: User) -> None:
    """The person says that they will not pay on the page; it still lives and is asked about.

    Money that comes by it nevertheless is second money. The caller holds the application.
    """
    for charge in Charge.objects.in_the_way().filter(application=application):
        charge.left_at = clock.now()
        charge.save(update_fields=["left_at"])
        receipt = charge.receipt
        facts = {"amount": charge.amount, "receipt": display(receipt.reference)}
        record(person=receipt.person, kind=timeline.PAGE_LEFT, facts=facts, actor=actor)
