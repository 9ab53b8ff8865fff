"""Nobody hears that money waits which the same file settles."""

from datetime import date

import pytest

from accounts.models import TimelineEntry
from payments.models import Placement
from payments.services.importing.completeness import open_account
from payments.services.importing.statements import import_statement
from payments.services.ledger.books import Books
from tests.factories import ApplicationFactory, InnFactory, PatentFactory, PlacementFactory
from tests.payments.statement_files import ACCOUNT, INN, order, whole

pytestmark = pytest.mark.django_db
ON_15_APRIL = date(2026, 4, 15)
SECOND = order(number="2", on=date(2026, 2, 13), posted_on=ON_15_APRIL)
THIRD = order(number="3", on=date(2026, 3, 13), posted_on=date(2026, 3, 16))
FOURTH = order(number="4", on=date(2026, 4, 13), posted_on=ON_15_APRIL)


@pytest.fixture(autouse=True)
def worker(db):
    """Covered through 14 February."""
    open_account(number=ACCOUNT, counted_through=date(2026, 1, 1))
    application = ApplicationFactory(person=InnFactory(value=INN).person, status="issued")
    PatentFactory(application=application, number="2600000001")
    PlacementFactory(application=application)
    return application


def kinds(worker) -> list[str]:
    return list(worker.person.timeline.values_list("kind", flat=True))


def take(*lines, day=ON_15_APRIL) -> None:
    import_statement(content=whole(*lines, first=day), name="file.txt")


@pytest.fixture
def third_waits(worker):
    """The third month came, the second did not: late, for all that is known."""
    take(THIRD, day=date(2026, 3, 16))
    TimelineEntry.objects.all().delete()


@pytest.mark.parametrize("lines", [[SECOND, FOURTH], [FOURTH, SECOND]], ids=["", "turned round"])
def test_money_that_the_same_file_shows_to_be_in_time_is_never_called_waiting(
    worker, third_waits, lines
):
    take(*lines)

    assert not Placement.objects.queued().exists()
    assert "payments.waits" not in kinds(worker)


def test_twin_told_at_once_it_is_called_waiting_though_it_counts(worker, third_waits, monkeypatch):
    monkeypatch.setattr(Books, "patient", property(lambda self: False, lambda self, value: None))

    take(SECOND, FOURTH)

    assert not Placement.objects.queued().exists()
    assert "payments.waits" in kinds(worker)


def test_money_that_waits_still_is_told_once(worker):
    take(FOURTH)

    assert kinds(worker).count("payments.waits") == 1
