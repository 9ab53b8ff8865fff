"""The cash desk of the demo and who stood at it today: an entry, and a link for a relative."""

from contextlib import suppress
from datetime import date

from accounts.models import Person, User
from common.errors import Refusal
from payments.models import PayLink, Till, TillPayment
from payments.offers import Offer, offer_for
from payments.services.online.links import make_link
from payments.services.papers.receipts import form_receipt
from payments.services.tills import tills

TILL = {"name": "Касса 1", "register_number": "0000000001012345"}
CHEQUE = "000041"


def visit(person: Person, today: date) -> None:
    """A month is paid at the till and another is asked of a relative; again it changes nothing.

    What a visitor of the demo did here may leave no room for either: then nothing is added.
    """
    with suppress(Refusal):
        _visit(person, today)


def _visit(person: Person, today: date) -> None:
    offer = offer_for(person)
    if not TillPayment.objects.standing().filter(taken_on=today, receipt__person=person).exists():
        _pay_at_the_till(offer, today)
    if not PayLink.objects.alive(today).filter(application=offer.application).exists():
        make_link(offer=offer_for(person), months=1)


def _pay_at_the_till(offer: Offer, today: date) -> None:
    till, _is_new = Till.objects.get_or_create(name=TILL["name"], defaults=TILL)
    receipt = form_receipt(application=offer.application, months=1, on=today)
    tills.take(
        receipt=receipt,
        till=till,
        cheque_number=CHEQUE,
        amount=receipt.amount,
        actor=User.objects.get(username="operator"),
    )
