"""Payment pages that a person opened and may have paid on: asked before more money is taken."""

import logging

from accounts.models import Person
from common.errors import Refusal
from payments.models import Charge
from payments.services.charge_answers import refresh_charge

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
