"""Money on its way on 17 February 2026, for the tests of certificates and of their codes."""

from datetime import date

import pytest
import time_machine

from payments.models import Claim
from tests.factories import (
    MONTHLY,
    ChargeFactory,
    PlacementFactory,
    ReceiptFactory,
    statements_through,
)

IN_TIME = date(2026, 2, 14)


@pytest.fixture(autouse=True)
def day():
    """Three minutes past noon in Moscow."""
    with time_machine.travel("2026-02-17 09:03:00+00:00", tick=True) as traveller:
        yield traveller


@pytest.fixture
def covered(application):
    PlacementFactory(application=application)
    statements_through(date(2026, 2, 16))
    return application


@pytest.fixture
def charge(covered):
    return ChargeFactory(receipt=ReceiptFactory(application=covered))


@pytest.fixture
def claim(covered):
    return Claim.objects.create(
        application=covered, months=1, amount=MONTHLY, paid_on=IN_TIME, bank="Сбербанк"
    )
