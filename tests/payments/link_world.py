"""A link for a payer on a fixed day, for the tests of what becomes of it."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from payments.models import Charge
from payments.offers import offer_for
from payments.services.online.links import make_link, pay_by_link
from tests.factories import PlacementFactory, statements_through

ENGLISH = {"accept-language": "en"}
TODAY = date(2026, 2, 10)


@pytest.fixture(autouse=True)
def day():
    """Tuesday 10 February 2026; the second month is to be paid through the 14th."""
    with time_machine.travel("2026-02-10 09:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def covered(application):
    PlacementFactory(application=application)
    statements_through(date(2026, 2, 9))
    return application


@pytest.fixture
def link(covered, acquirer):
    return make_link(offer=offer_for(covered.person), months=1)


@pytest.fixture
def opened(link) -> Charge:
    """Somebody went to the payment page and has not paid yet."""
    return pay_by_link(link=link, payer_name="Иванов Иван")


def address(link) -> str:
    return reverse("payments:pay_link", args=[link.token])


def paid(acquirer, charge: Charge, at: str = "2026-02-10T09:05:00.000Z") -> None:
    acquirer.pay(charge.provider_id, at)
