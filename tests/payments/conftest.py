"""A worker with an INN and a passport on a fixed day, an acquirer of their own, and the window."""

from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import Group

from payments.services.online.charges import refresh_charge, start_charge
from payments.services.papers.receipts import form_receipt
from payments.services.tills import tills
from tests.factories import (
    ApplicationFactory,
    InnFactory,
    PassportFactory,
    PatentFactory,
    PersonFactory,
    PhoneFactory,
    PlacementFactory,
    StaffFactory,
    TillFactory,
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


# --- the window


@pytest.fixture
def paper(application):
    """The second month, formed on 10 February; the first one is posted."""
    PhoneFactory(person=application.person, number="+79161234567")
    PlacementFactory(application=application)
    return form_receipt(application=application, months=1, on=date(2026, 2, 10))


@pytest.fixture
def cashier(db):
    return StaffFactory(username="cashier")


@pytest.fixture
def till(db):
    return TillFactory()


@pytest.fixture
def take(till, cashier):
    """Cash for a paper, its own sum where nothing else is said."""

    def taken(paper, cheque="0042", **more):
        facts = {"till": till, "cheque_number": cheque, "amount": paper.amount, "actor": cashier}
        return tills.take(receipt=paper, **facts | more)

    return taken


@pytest.fixture
def operator(client):
    """A browser at the window."""
    user = StaffFactory(username="operator", is_superuser=False)
    user.groups.set(Group.objects.filter(name="operator"))
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def twice(paper, take, acquirer):
    """The page was left for the cash desk, cash was taken, and the page was paid all the same."""
    charge = start_charge(receipt=paper)
    take(paper, page_left=True)
    acquirer.pay(charge.provider_id)
    return refresh_charge(charge=charge)
