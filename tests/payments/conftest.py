"""A worker with an INN and a passport on a fixed day, and an acquirer of their own."""

from datetime import date

import pytest
import time_machine

from payments.services.receipts import form_receipt
from tests.factories import (
    ApplicationFactory,
    InnFactory,
    PassportFactory,
    PatentFactory,
    PersonFactory,
    PhoneFactory,
    PlacementFactory,
    StaffFactory,
    statements_through,
)
from tests.payments.acquirer import Acquirer


@pytest.fixture
def february():
    """Tuesday 10 February 2026, noon in Moscow: five days before the second month begins."""
    with time_machine.travel("2026-02-10 09:00:00+00:00", tick=True) as traveller:
        yield traveller


@pytest.fixture
def worker(db):
    person = PersonFactory()
    PassportFactory(person=person)
    InnFactory(person=person)
    return person


@pytest.fixture
def application(worker):
    """Its patent was issued on 15 January 2026; no month is posted."""
    found = ApplicationFactory(person=worker, status="issued", ready_on=date(2026, 1, 12))
    PatentFactory(application=found, number="2600418174")
    return found


@pytest.fixture
def acquirer(httpserver, settings):
    found = Acquirer(httpserver)
    settings.YOOKASSA_URL = found.url
    settings.OUTSIDE_TIMEOUT_SECONDS = 2
    return found


@pytest.fixture
def february_20():
    with time_machine.travel("2026-02-20 09:00:00+00:00", tick=True) as traveller:
        yield traveller


@pytest.fixture
def covered(february_20, application):
    """Covered through 14 February, the Treasury is known through the 18th: not visible yet."""
    PlacementFactory(application=application)
    statements_through(date(2026, 2, 18))
    return application


@pytest.fixture
def accountant(db):
    return StaffFactory()


@pytest.fixture
def receipt(application):
    PhoneFactory(person=application.person, number="+79161234567")
    return form_receipt(application=application, months=1, on=date(2026, 2, 10))
