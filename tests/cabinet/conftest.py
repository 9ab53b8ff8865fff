"""The person of the tests of home."""

from datetime import date

import pytest
import time_machine

from tests.cabinet.home import NOON
from tests.factories import PatentFactory, PlacementFactory, statements_through


@pytest.fixture
def patent():
    """Covered through 14 February, statements complete through the 16th."""
    patent = PatentFactory(issued_on=date(2026, 1, 15))
    PlacementFactory(application=patent.application)
    statements_through(date(2026, 2, 16))
    return patent


@pytest.fixture
def mine(client, patent):
    with time_machine.travel(NOON, tick=False):
        client.force_login(patent.application.person.user)
    return client
