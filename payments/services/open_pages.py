"""Payment pages that a person opened and may have paid on: asked before more money is taken."""

import logging

from accounts.models import Person
from common import clock
from common.errors import Refusal
from payments.models import Charge
from payments.services.charge_answers import refresh_charge
from payments.stop import OpenPage

logger = logging.getLogger(__name__)


def ask_about_open_pages(*, person: Person) -> None:
    """Money taken a moment ago becomes known. An acquirer that is away stops nobody here:
    whoever starts a payment hears of it there."""
    pages = Charge.objects.open().filter(receipt__person=person, provider_id__isnull=False)
    for charge in pages.order_by("pk"):
        try:
            refresh_charge(charge=charge)
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
